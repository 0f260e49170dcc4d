const { Thing, step } = require("../../lib/acme");

const a = new Thing("a", { size: step });
const b = new Thing("b", { size: step, peer: a.address });
new Thing("c", { size: step });
if (step > 1) new Thing("fresh", { size: step });
