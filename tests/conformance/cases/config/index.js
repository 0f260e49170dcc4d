const pulumi = require("@pulumi/pulumi");

const config = new pulumi.Config();
exports.size = config.requireNumber("size");
exports.names = config.requireObject("names");
exports.given = config.get("given");
exports.other = new pulumi.Config("elsewhere").get("key");
exports.stack = `${pulumi.getProject()}/${pulumi.getStack()}/${pulumi.getOrganization()}`;
