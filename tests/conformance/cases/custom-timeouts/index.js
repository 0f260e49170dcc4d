const { Thing, step } = require("../../lib/acme");

new Thing("patient", {}, { customTimeouts: { create: "5m", update: "1h30m", delete: "20s" } });
