const { Thing, step } = require("../../lib/acme");

new Thing("found", { size: 5, zone: "south" }, { import: "there" });
if (step > 1) new Thing("other", { size: 1, zone: "south" }, { import: "elsewhere" });
if (step > 2) new Thing("missing", {}, { import: "nowhere" });
