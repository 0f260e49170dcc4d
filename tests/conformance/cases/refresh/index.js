const { Thing, step } = require("../../lib/acme");

const drifts = new Thing("drifts", { size: 1 });
const gone = new Thing("gone", {});
new Thing("stays", { peer: drifts.address }, { dependsOn: gone });
