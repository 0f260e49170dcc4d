const { Thing, step } = require("../../lib/acme");

new Thing("slow", { delay: step === 1 ? 60000 : 0 });
