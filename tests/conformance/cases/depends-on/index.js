const { Thing, Group, step } = require("../../lib/acme");

const first = new Thing("first", { delay: 200 });
const group = new Group("group");
new Thing("member", { delay: 200 }, { parent: group });
new Thing("last", {}, { dependsOn: [first, group] });
