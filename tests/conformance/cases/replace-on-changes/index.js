const { Thing, step } = require("../../lib/acme");

new Thing("lookout", { size: step, other: { deep: step } }, { replaceOnChanges: ["other.deep"] });
new Thing("plain", { size: step }, { replaceOnChanges: ["label"] });
new Thing("triggered", { label: "same" }, { replacementTrigger: step });
