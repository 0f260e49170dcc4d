const pulumi = require("@pulumi/pulumi");
const { Thing, step } = require("../../lib/acme");

const first = new Thing("first", { size: step < 3 ? 1 : 2 });
const second = new Thing("second", { peer: first.address, nested: { deep: [first.id, "known"] } });
first.address.apply((address) => pulumi.log.info(`the address is ${address}`));
exports.address = first.address;
exports.known = second.zone;
exports.dry = pulumi.runtime.isDryRun();
