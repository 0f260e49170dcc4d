const pulumi = require("@pulumi/pulumi");
const k8s = require("@pulumi/kubernetes");
const step = Number(process.env.STEP);

const fs = require("node:fs");

const provider = new k8s.Provider("cluster", { kubeconfig: fs.readFileSync(process.env.KUBECONFIG, "utf8"), namespace: "default", enableServerSideApply: true });

class App extends pulumi.ComponentResource {
    constructor(name, options) {
        super("test:index:App", name, {}, options);
        this.map = new k8s.core.v1.ConfigMap(`${name}-map`, { data: { step: String(step) } }, { parent: this });
        this.registerOutputs({ name: this.map.metadata.name });
    }
}

const app = new App("app", { providers: { kubernetes: provider } });
exports.name = app.map.metadata.name;
if (step > 1) new k8s.core.v1.Namespace("known", { metadata: { name: "kube-public" } }, { import: "kube-public", provider, retainOnDelete: true });
