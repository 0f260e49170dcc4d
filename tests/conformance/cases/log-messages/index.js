const pulumi = require("@pulumi/pulumi");
const { Thing, step } = require("../../lib/acme");

const thing = new Thing("thing", {});
pulumi.log.debug("a debug message");
pulumi.log.info("an info message", thing);
pulumi.log.warn("a warning message");
console.log("to standard output");
console.error("to standard error");
pulumi.log.error("an error message");
