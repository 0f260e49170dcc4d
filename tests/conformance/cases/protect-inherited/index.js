const { Thing, Group, step } = require("../../lib/acme");

const group = new Group("group", { protect: true });
new Thing("inside", {}, { parent: group });
new Thing("free", {}, { parent: group, protect: false });
new Thing("outside", {});
