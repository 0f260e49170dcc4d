const { Thing, step } = require("../../lib/acme");

const bad = new Thing("bad", { failOn: "create" });
new Thing("needs-bad", { peer: bad.address });
const good = new Thing("good", { delay: 300 });
new Thing("needs-good", { peer: good.address });
