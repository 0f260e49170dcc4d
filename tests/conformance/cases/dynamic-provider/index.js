const pulumi = require("@pulumi/pulumi");

// The provider's code travels with the resource; its world is the folder that the case looks at.
const step = Number(process.env.STEP);
const provider = {
    async check(olds, news) {
        return { inputs: { flavour: "plain", ...news } };
    },
    async diff(id, olds, news) {
        const changed = ["size", "kind", "flavour"].filter((key) => olds[key] !== news[key]);
        return { changes: changed.length > 0, replaces: changed.filter((key) => key === "kind"), deleteBeforeReplace: false };
    },
    async create(inputs) {
        const fs = require("node:fs");
        const id = `dyn-${inputs.kind}`;
        fs.writeFileSync(`${process.env.ACME_CLOUD}/${id}.json`, JSON.stringify({ inputs: { size: inputs.size } }));
        return { id, outs: { ...inputs, made: `by create of ${id}` } };
    },
    async update(id, olds, news) {
        const fs = require("node:fs");
        fs.writeFileSync(`${process.env.ACME_CLOUD}/${id}.json`, JSON.stringify({ inputs: { size: news.size } }));
        return { outs: { ...news, made: olds.made } };
    },
    async read(id, props) {
        const fs = require("node:fs");
        const file = `${process.env.ACME_CLOUD}/${id}.json`;
        return fs.existsSync(file) ? { id, props: { ...props, size: JSON.parse(fs.readFileSync(file, "utf8")).inputs.size } } : {};
    },
    async delete(id) {
        const fs = require("node:fs");
        fs.rmSync(`${process.env.ACME_CLOUD}/${id}.json`);
    },
};

class Dynamic extends pulumi.dynamic.Resource {
    constructor(name, args, options) {
        super(provider, name, { made: undefined, flavour: undefined, ...args }, options);
    }
}

const kind = step < 4 ? "oak" : "ash";
if (step < 5) {
    const it = new Dynamic("it", { size: step < 2 ? 1 : 2, kind });
    exports.made = it.made;
    exports.flavour = it.flavour;
}
