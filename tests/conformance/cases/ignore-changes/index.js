const { Thing, step } = require("../../lib/acme");

new Thing("stubborn", { size: step, labels: { a: step, b: step }, list: [step, step] }, { ignoreChanges: ["size", "labels.a", "list[1]"] });
new Thing("deaf", { size: step }, { ignoreChanges: ["*"] });
