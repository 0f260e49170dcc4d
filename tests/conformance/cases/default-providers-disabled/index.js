const { Thing, step } = require("../../lib/acme");

new Thing("any", {});
