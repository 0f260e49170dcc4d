const pulumi = require("@pulumi/pulumi");
const { Thing, step } = require("../../lib/acme");

const config = new pulumi.Config();
const password = config.requireSecret("password");
const object = config.requireSecretObject("object");
new Thing("safe", { password, mixed: { open: "yes", closed: pulumi.secret("hush-inner") }, joined: pulumi.interpolate`user:${password}` });
password.apply((text) => pulumi.log.info(`it is ${text}`));
console.log("printed: hush-config-password");
exports.password = password;
exports.inner = { deep: pulumi.secret({ key: "hush-deep" }) };
exports.plain = object.apply((it) => it.open);
