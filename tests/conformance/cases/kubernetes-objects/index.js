const pulumi = require("@pulumi/pulumi");
const k8s = require("@pulumi/kubernetes");
const step = Number(process.env.STEP);

const namespace = new k8s.core.v1.Namespace("space", { metadata: { name: "objects", labels: { level: step === 1 ? "low" : "high" } } });
const metadata = { namespace: namespace.metadata.name };
const settings = new k8s.core.v1.ConfigMap("settings", { metadata: { ...metadata, name: "settings" }, data: { level: step === 1 ? "low" : "high" } });
if (step < 3) new k8s.core.v1.ConfigMap("frozen", { metadata, immutable: true, data: { level: String(step) } });
new k8s.core.v1.Secret("key", { metadata: { ...metadata, name: "key" }, stringData: { token: pulumi.secret("hush-kubernetes") } });
exports.version = settings.metadata.resourceVersion;
exports.name = settings.metadata.name;
