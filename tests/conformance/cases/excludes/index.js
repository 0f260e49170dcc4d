const { Thing, step } = require("../../lib/acme");

const a = new Thing("a", { size: step });
new Thing("b", { size: step, peer: a.address });
new Thing("c", { size: step });
