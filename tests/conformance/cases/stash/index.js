const pulumi = require("@pulumi/pulumi");

const stash = new pulumi.Stash("memory", { input: `value of step ${process.env.STEP}` });
exports.kept = stash.output;
