const { Thing, Group, step } = require("../../lib/acme");

const first = new Thing("first", {});
const group = new Group("group");
new Thing("second", { target: first, owner: group });
exports.first = first.id;
