const pulumi = require("@pulumi/pulumi");
const { Thing, step } = require("../../lib/acme");

const fs = require("node:fs");
const refuse = new pulumi.ResourceHook("refuse", () => { throw new Error("the hook says no"); });
const complain = new pulumi.ResourceHook("complain", () => { throw new Error("the hook is not pleased"); });
if (step === 1) new Thing("refused", {}, { hooks: { beforeCreate: [refuse] } });
if (step === 2) new Thing("unloved", {}, { hooks: { afterCreate: [complain] } });
if (step === 3) {
    let tries = 0;
    const again = new pulumi.ErrorHook("again", (args) => ++tries < 3 && args.failedOperation === "create");
    new Thing("hopeless", { failOn: "create" }, { hooks: { onError: [again] } });
}
