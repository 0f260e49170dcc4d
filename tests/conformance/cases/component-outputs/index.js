const pulumi = require("@pulumi/pulumi");
const { Thing, Group, step } = require("../../lib/acme");

class Office extends Group {
    constructor(name) {
        super(name);
        this.desk = new Thing("desk", { size: step }, { parent: this });
        this.registerOutputs({ desk: this.desk.address, key: pulumi.secret("hush-office"), nothing: null });
    }
}

const office = new Office("office");
exports.office = office.desk.address;
exports.nested = { list: [1, "two", { three: office.desk.id }], "odd & <key>": true };
