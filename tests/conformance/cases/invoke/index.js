const pulumi = require("@pulumi/pulumi");

const { Thing, double, step } = require("../../lib/acme");

const thing = new Thing("thing", { size: 4 });
exports.promised = double(4).then((it) => it.result);
exports.lifted = pulumi.runtime.invokeOutput("acme:index:lookup", { id: thing.id }, { dependsOn: [thing] }).apply((it) => it.size);
exports.secret = pulumi.runtime.invokeOutput("acme:index:double", { number: pulumi.secret(21) }).apply((it) => it.result);
if (step === 2) pulumi.runtime.invokeOutput("acme:index:lookup", { id: "nobody" }).apply((it) => it);
