const { Thing, step } = require("../../lib/acme");

new Thing("good", { size: step });
if (step < 4) new Thing("bad", { size: step, stubborn: true, ...(step === 1 ? { failOn: "create" } : {}), ...(step === 3 ? { failOn: "update" } : {}) });
