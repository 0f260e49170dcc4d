// What a program needs to use the provider of the folder provider.
const pulumi = require("@pulumi/pulumi");

const outputs = { address: undefined, token: undefined, zone: undefined };

/** A thing; its inputs are free, and those with a meaning are in the provider. */
class Thing extends pulumi.CustomResource {
    static get(name, id, args, options) {
        return new Thing(name, args ?? {}, { ...options, id });
    }

    constructor(name, args, options) {
        super("acme:index:Thing", name, { ...outputs, ...args }, options);
    }

    greet(word) {
        return pulumi.runtime.call("acme:index:Thing/greet", { __self__: this, word }, this);
    }
}

/** A component that the provider makes: two things. */
class Pair extends pulumi.ComponentResource {
    constructor(name, args, options) {
        super("acme:index:Pair", name, { addresses: undefined, ...args }, options, true);
    }
}

/** A component of the program. */
class Group extends pulumi.ComponentResource {
    constructor(name, options) {
        super("test:index:Group", name, {}, options);
    }
}

class Provider extends pulumi.ProviderResource {
    constructor(name, args, options) {
        super("acme", name, args ?? {}, options);
    }
}

const double = (number, options) => pulumi.runtime.invoke("acme:index:double", { number }, options);

/** Which step of the case runs, from 1. */
const step = Number(process.env.STEP);

module.exports = { Thing, Pair, Group, Provider, double, step };
