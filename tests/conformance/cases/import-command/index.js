const { Thing, step } = require("../../lib/acme");

if (step > 1) new Thing("found", { size: 5, zone: "south" }, { protect: true });
