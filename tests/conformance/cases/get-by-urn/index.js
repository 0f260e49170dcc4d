const pulumi = require("@pulumi/pulumi");
const { Thing, step } = require("../../lib/acme");

const first = new Thing("first", { size: 4 });
exports.size = first.urn.apply((urn) => new Thing("again", { size: undefined }, { urn }).size);
exports.address = first.urn.apply((urn) => pulumi.runtime.invoke("pulumi:pulumi:getResource", { urn })).apply((it) => it.state.address);
