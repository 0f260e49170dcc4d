const { Thing, Group, Provider, step } = require("../../lib/acme");

const own = new Provider("own");
const other = new Provider("other");
const group = new Group("group", { providers: { acme: own } });
new Thing("inherits", {}, { parent: group });
new Thing("differs", {}, { parent: group, provider: other });
const inner = new Group("inner", { parent: group });
new Thing("deep", {}, { parent: inner });
new Thing("default-one", {});
