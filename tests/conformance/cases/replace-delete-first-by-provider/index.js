const { Thing, step } = require("../../lib/acme");

// The provider deletes first. In the second step the new one cannot be created; in the third it can.
new Thing("only", { exclusive: true, kind: step === 1 ? "oak" : "ash", ...(step === 2 ? { failOn: "create" } : {}) });
