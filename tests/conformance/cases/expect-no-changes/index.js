const { Thing, step } = require("../../lib/acme");

new Thing("a", { size: step });
