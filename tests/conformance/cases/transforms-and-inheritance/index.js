const pulumi = require("@pulumi/pulumi");
const { Thing, Group, step } = require("../../lib/acme");

pulumi.runtime.registerResourceTransform(({ props, opts }) => ({ props, opts }));
const group = new Group("group", { protect: true });
new Thing("guarded", {}, { parent: group });
new Thing("exclusive", { exclusive: true, kind: String(step) });
new Thing("replaced", { kind: String(step) });
