const pulumi = require("@pulumi/pulumi");

const { double } = require("../../lib/acme");

pulumi.runtime.registerInvokeTransform((args) => ({ args: { ...args.args, number: 100 }, opts: args.opts }));
exports.result = double(1).then((it) => it.result);
