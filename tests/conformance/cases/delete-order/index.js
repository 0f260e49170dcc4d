const { Thing, step } = require("../../lib/acme");

if (step === 1) {
    const a = new Thing("a", {});
    const b = new Thing("b", { peer: a.address });
    new Thing("c", { peer: b.address });
    new Thing("d", {}, { parent: b });
}
new Thing("stays", {});
