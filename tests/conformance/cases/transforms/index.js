const pulumi = require("@pulumi/pulumi");
const { Thing, Group, step } = require("../../lib/acme");

pulumi.runtime.registerResourceTransform((args) => (args.type === "acme:index:Thing" ? { props: { ...args.props, trail: [...(args.props.trail ?? []), "stack"] }, opts: args.opts } : undefined));
const group = new Group("group", { transforms: [async (args) => ({ props: { ...args.props, trail: [...(args.props.trail ?? []), "group"] }, opts: pulumi.mergeOptions(args.opts, { protect: false, ignoreChanges: ["label"] }) })] });
const other = new Thing("other", {});
new Thing("inside", { label: String(step) }, {
    parent: group,
    transforms: [({ props, opts }) => ({ props: { ...props, trail: ["own"], peer: other.address }, opts: pulumi.mergeOptions(opts, { additionalSecretOutputs: ["token"] }) })],
});
