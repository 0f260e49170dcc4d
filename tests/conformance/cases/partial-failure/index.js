const { Thing, step } = require("../../lib/acme");

new Thing("shaky", { size: 1, ...(step === 1 ? { failOn: "init" } : {}) });
