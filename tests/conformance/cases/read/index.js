const pulumi = require("@pulumi/pulumi");
const { Thing, step } = require("../../lib/acme");

if (step < 3) {
    const there = Thing.get("there", "anchor");
    exports.size = there.size;
    new Thing("user", { peer: there.address });
}
if (step === 3) Thing.get("lost", "nowhere");
