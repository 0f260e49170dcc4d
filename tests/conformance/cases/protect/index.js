const { Thing, step } = require("../../lib/acme");

if (step === 1) new Thing("gem", { size: 1 }, { protect: true });
if (step === 2) new Thing("gem", { kind: "other" }, { protect: true });
