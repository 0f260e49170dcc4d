const { Thing, step } = require("../../lib/acme");

if (step < 3) new Thing("kept", { kind: String(step) }, { retainOnDelete: true });
