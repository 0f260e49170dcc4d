const pulumi = require("@pulumi/pulumi");
const k8s = require("@pulumi/kubernetes");
const step = Number(process.env.STEP);

const labels = { app: "web" };
const namespace = new k8s.core.v1.Namespace("workload", { metadata: { name: "workload" } });
const metadata = { namespace: namespace.metadata.name, name: "web" };
const deployment = new k8s.apps.v1.Deployment("web", {
    metadata,
    spec: { replicas: step < 3 ? 1 : 2, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers: [{ name: "web", image: "web:1" }] } } },
});
const service = new k8s.core.v1.Service("web", { metadata, spec: { selector: labels, ports: [{ port: 80 }] } }, { dependsOn: deployment });
exports.ready = deployment.status.readyReplicas;
exports.address = service.spec.clusterIP;
