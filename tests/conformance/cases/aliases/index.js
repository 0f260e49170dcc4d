const pulumi = require("@pulumi/pulumi");
const { Thing, Group, step } = require("../../lib/acme");

class Renamed extends pulumi.CustomResource {
    constructor(name, args, options) {
        super("acme:index:Object", name, { address: undefined, ...args }, options);
    }
}

const group = step === 1 ? undefined : new Group("group");
if (step === 1) {
    new Thing("old-name", {});
    new Thing("typed", {});
    new Thing("orphan", {});
    new Thing("by-urn", {});
    const home = new Group("home");
    new Thing("child", {}, { parent: home });
} else {
    new Thing("new-name", {}, { aliases: [{ name: "old-name" }] });
    new Renamed("typed", {}, { aliases: [{ type: "acme:index:Thing" }] });
    new Thing("orphan", {}, { parent: group, aliases: [{ parent: pulumi.rootStackResource }] });
    new Thing("named", {}, { aliases: [pulumi.createUrn("by-urn", "acme:index:Thing")] });
    const house = new Group("house", { aliases: [{ name: "home" }] });
    new Thing("child", {}, { parent: house });
}
