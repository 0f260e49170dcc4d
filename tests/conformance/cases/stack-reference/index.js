const pulumi = require("@pulumi/pulumi");

// The stack base gives; the stack dev takes.
if (pulumi.getStack() === "base") {
    exports.place = "harbour";
    exports.key = pulumi.secret("hush-from-base");
} else {
    const base = new pulumi.StackReference("organization/stack-reference/base");
    exports.place = base.getOutput("place");
    exports.key = base.requireOutput("key");
    exports.missing = base.getOutput("missing").apply((value) => value === undefined);
}
