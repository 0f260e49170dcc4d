const { Thing, step } = require("../../lib/acme");

new Thing("any", {});
new Thing("versioned", {}, { version: "1.2.0" });
