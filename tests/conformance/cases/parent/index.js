const { Thing, Group, step } = require("../../lib/acme");

const outer = new Group("outer");
const inner = new Group("inner", { parent: outer });
const leaf = new Thing("leaf", {}, { parent: inner });
new Thing("below", {}, { parent: leaf });
exports.urn = leaf.urn;
