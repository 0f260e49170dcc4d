const pulumi = require("@pulumi/pulumi");
const k8s = require("@pulumi/kubernetes");
const step = Number(process.env.STEP);

const text = `
apiVersion: v1
kind: ConfigMap
metadata: { name: from-yaml-a, namespace: default }
data: { key: a }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: from-yaml-b, namespace: default }
data: { key: b }
`;
pulumi.runtime.registerResourceTransform(({ type, props, opts }) =>
    type === "kubernetes:core/v1:ConfigMap" ? { props: { ...props, metadata: { ...props.metadata, labels: { team: "blue" } } }, opts } : undefined);
new k8s.yaml.ConfigGroup("group", { yaml: text });
