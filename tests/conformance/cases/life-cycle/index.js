const { Thing, step } = require("../../lib/acme");

// 1: created; 2: nothing changes; 3: one is changed in place; 4: one is left out; then everything is destroyed.
const first = new Thing("first", { size: step < 3 ? 1 : 2 });
if (step < 4) new Thing("second", { peer: first.address });

exports.address = first.address;
