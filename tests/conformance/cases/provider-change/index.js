const { Thing, Provider, step } = require("../../lib/acme");

const own = new Provider("own");
new Thing("mover", {}, step === 1 ? {} : { provider: own });
