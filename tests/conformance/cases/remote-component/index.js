const pulumi = require("@pulumi/pulumi");

const { Pair, step } = require("../../lib/acme");

const pair = new Pair("pair", { size: step });
exports.addresses = pair.addresses;
