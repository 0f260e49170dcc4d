// A program of its own folder, as the Automation API's local programs are.
const pulumi = require("@pulumi/pulumi");
const { Thing } = require("../../lib/acme");

const config = new pulumi.Config();
new Thing("local-thing", { size: config.requireNumber("size") });
exports.size = config.requireNumber("size");
exports.key = config.requireSecret("key");
