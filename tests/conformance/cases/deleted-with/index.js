const { Thing, step } = require("../../lib/acme");

const host = new Thing("host", {});
new Thing("guest", {}, { deletedWith: host });
new Thing("neighbour", {}, { dependsOn: host });
