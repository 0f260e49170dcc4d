const { Thing, step } = require("../../lib/acme");

const slow = new Thing("slow", { delay: 1500 });
new Thing("later", { peer: slow.address });
