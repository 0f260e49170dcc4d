const pulumi = require("@pulumi/pulumi");

const provider = {
    async create(inputs) {
        return { id: "dynamic-secret", outs: { ...inputs, echo: inputs.password } };
    },
    async read(id) {
        return { id, props: { size: 11 } };
    },
};

class Dynamic extends pulumi.dynamic.Resource {
    constructor(name, args, options) {
        super(provider, name, { echo: undefined, size: undefined, ...args }, options);
    }
}

const made = new Dynamic("made", { password: pulumi.secret("hush-dynamic") }, { additionalSecretOutputs: ["echo"] });
const found = new Dynamic("found", {}, { id: "there-before" });
exports.size = found.size;
exports.echo = made.echo;
