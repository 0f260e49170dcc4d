const pulumi = require("@pulumi/pulumi");

pulumi.requirePulumiVersion(Number(process.env.STEP) === 1 ? ">=3.100.0 <4.0.0" : ">=99.0.0");
exports.fine = true;
