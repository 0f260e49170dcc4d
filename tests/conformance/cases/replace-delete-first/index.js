const { Thing, step } = require("../../lib/acme");

const options = { deleteBeforeReplace: true };
const big = new Thing("big", { kind: step === 1 ? "oak" : "ash" }, options);
// Its kind depends on what is replaced, so it has to go first and come again; that of the other does not.
new Thing("heir", { kind: big.token });
new Thing("friend", { note: "of nobody" }, { dependsOn: big });
