const { Thing, step } = require("../../lib/acme");

new Thing("a", { size: 1 });
new Thing("b", { size: 1 });
