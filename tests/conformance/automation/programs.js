// The inline programs of the script.
const pulumi = require("@pulumi/pulumi");
const { Thing } = require("../lib/acme");

/** Two things, one after the other, and outputs of each kind. */
async function usual() {
    const config = new pulumi.Config();
    const first = new Thing("first", { size: Number(config.get("size") ?? 1) });
    new Thing("second", { peer: first.address });
    return {
        address: first.address,
        secret: config.requireSecret("password"),
        nested: { open: "yes", closed: pulumi.secret("hush-automation-nested") },
        list: [1, 2, 3],
        nothing: null,
    };
}

/** Holds the stack's lock for a while. */
const slow = (milliseconds) => async () => {
    new Thing("slow", { delay: milliseconds });
};

const throwing = async () => {
    throw new Error("the inline program gives up");
};

const refused = async () => {
    new Thing("refused", { failOn: "create" });
};

module.exports = { usual, slow, throwing, refused };
