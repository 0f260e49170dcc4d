const { Thing, step } = require("../../lib/acme");

new Thing("shaky", { size: step, ...(step === 2 ? { failOn: "init" } : {}) }, { replaceOnChanges: ["#initerror"] });
