const pulumi = require("@pulumi/pulumi");
const { Thing, step } = require("../../lib/acme");

const thing = new Thing("thing", {});
const answer = thing.greet("good day");
exports.greeting = pulumi.output(answer).apply((it) => it.greeting);
