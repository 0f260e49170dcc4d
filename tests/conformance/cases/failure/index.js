const { Thing, step } = require("../../lib/acme");

const good = new Thing("good", { size: step });
if (step < 4) new Thing("bad", { size: step, peer: good.address, stubborn: true, ...(step === 1 ? { failOn: "create" } : {}), ...(step === 3 ? { failOn: "update" } : {}) });
