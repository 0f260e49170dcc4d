const { Thing, step } = require("../../lib/acme");

const first = new Thing("first", { size: 1 });
new Thing("second", { size: 2 });
