const { Thing, step } = require("../../lib/acme");

const big = new Thing("big", { kind: step === 1 ? "oak" : "ash" });
new Thing("small", { peer: big.address });
