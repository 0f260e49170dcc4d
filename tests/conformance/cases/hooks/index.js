const pulumi = require("@pulumi/pulumi");
const { Thing, step } = require("../../lib/acme");

const fs = require("node:fs");
const note = (text) => fs.appendFileSync(`${process.env.ACME_CLOUD}/calls.log`, `${text}\n`);
const hook = (when) => new pulumi.ResourceHook(when, (args) => note(`hook ${when} ${args.name} ${args.newInputs?.size} ${args.oldInputs?.size} ${args.newOutputs?.address}`));
const hooks = { beforeCreate: [hook("bc")], afterCreate: [hook("ac")], beforeUpdate: [hook("bu")], afterUpdate: [hook("au")], beforeDelete: [hook("bd")], afterDelete: [hook("ad")] };
if (step < 3) new Thing("hooked", { size: step }, { hooks });
