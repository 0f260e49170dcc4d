const { Thing, step } = require("../../lib/acme");

new Thing("twin", {});
new Thing("twin", {});
