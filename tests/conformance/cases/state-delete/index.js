const { Thing, step } = require("../../lib/acme");

const a = new Thing("a", {});
new Thing("b", { peer: a.address });
