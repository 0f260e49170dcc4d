const { Thing, step } = require("../../lib/acme");

new Thing("wrong", { size: -1 });
