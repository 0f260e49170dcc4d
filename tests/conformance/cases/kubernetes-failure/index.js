const pulumi = require("@pulumi/pulumi");
const k8s = require("@pulumi/kubernetes");
const step = Number(process.env.STEP);

const labels = { app: "broken" };
new k8s.apps.v1.Deployment("broken", {
    metadata: { name: "broken", namespace: "default" },
    spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers: [{ name: "c", image: step === 1 ? "does-not-exist:1" : "web:1" }] } } },
}, { customTimeouts: { create: "4s", update: "60s" } });
