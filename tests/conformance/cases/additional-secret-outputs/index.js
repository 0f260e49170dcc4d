const { Thing, step } = require("../../lib/acme");

const thing = new Thing("vault", { label: "x" }, { additionalSecretOutputs: ["token"] });
new Thing("reader", { label: thing.token });
exports.token = thing.token;
exports.address = thing.address;
