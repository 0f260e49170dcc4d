const pulumi = require("@pulumi/pulumi");
const { Thing, step } = require("../../lib/acme");

const values = { nothing: null, yes: true, no: false, zero: 0, number: -1.5e-7, big: 9007199254740991, empty: "", text: "ä <&> \u2028 \"quoted\"", list: [], object: {}, nested: [[], [null, { "key with.dots[0]": 1 }]] };
const first = new Thing("first", { values });
exports.values = pulumi.output(first.values);
exports.undefinedIsLeftOut = undefined;
