using FogInfra.Embedded.Simulator.Api;
using FogInfra.Embedded.Simulator.Kinds;
using FogInfra.Embedded.Simulator.Network;
using FogInfra.Embedded.Simulator.Objects;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Clusters;

/// <summary>What a new cluster has from the start.</summary>
internal sealed class ClusterContents(ClusterKinds kinds, ObjectWriter writer, ClusterNetwork network, TimeProvider time)
{
    private static readonly string[] Namespaces = ["default", "kube-node-lease", "kube-public", "kube-system"];

    /// <summary>Creates it all.</summary>
    public void Create(ClusterSpec spec)
    {
        foreach (var name in Namespaces) Create("v1", "Namespace", name);
        foreach (var node in spec.Nodes) CreateNode(node);
        Create("v1", "Service", "kubernetes", "default",
            ("spec", JsonMap.Of(("type", "ClusterIP"), ("clusterIP", "10.96.0.1"), ("ports", JsonList.Of([
                JsonMap.Of(("name", "https"), ("port", 443), ("protocol", "TCP"), ("targetPort", 6443))])))));
        Create("storage.k8s.io/v1", "StorageClass", "standard", "",
            ("provisioner", "rancher.io/local-path"), ("volumeBindingMode", "WaitForFirstConsumer"), ("reclaimPolicy", "Delete"));
        Update("storage.k8s.io/v1", "StorageClass", "standard", current => current.Set("true", "metadata", "annotations", "storageclass.kubernetes.io/is-default-class"));
        Create("scheduling.k8s.io/v1", "PriorityClass", "system-cluster-critical", "", ("value", 2_000_000_000), ("description", "Used for system critical pods that must run in the cluster, but can be moved to another node if necessary."));
        Create("scheduling.k8s.io/v1", "PriorityClass", "system-node-critical", "", ("value", 2_000_001_000), ("description", "Used for system critical pods that must not be moved from their current node."));
    }

    private void CreateNode(NodeSpec node)
    {
        var architecture = node.Architecture ?? ServerVersion.Architecture;
        var (address, podRange) = network.TakeNodeAddress();
        var labels = JsonMap.Of(
            ("beta.kubernetes.io/arch", architecture), ("beta.kubernetes.io/os", "linux"), ("kubernetes.io/arch", architecture), ("kubernetes.io/hostname", node.Name),
            ("kubernetes.io/os", "linux")).WithAll(JsonMap.FromTexts(node.Labels));
        var taints = JsonList.From(node.Taints.Select(taint => JsonMap.Of(("key", taint.Key), ("value", taint.Value.Length == 0 ? null : taint.Value), ("effect", taint.Effect))));
        var resources = JsonMap.Of(("cpu", node.Cpu), ("ephemeral-storage", "100Gi"), ("hugepages-1Gi", "0"), ("hugepages-2Mi", "0"), ("memory", node.Memory), ("pods", $"{node.Pods}"));
        var now = KubernetesTime.Format(time.GetUtcNow());
        JsonMap Condition(string type, string status, string reason, string message) => JsonMap.Of(
            ("type", type), ("status", status), ("lastHeartbeatTime", now), ("lastTransitionTime", now), ("reason", reason), ("message", message));
        Create("v1", "Node", node.Name, "",
            ("spec", JsonMap.Of(("podCIDR", podRange), ("podCIDRs", JsonList.FromTexts([podRange])), ("providerID", $"simulated://{node.Name}"), ("taints", taints.Count == 0 ? null : taints))),
            ("status", JsonMap.Of(
                ("addresses", JsonList.Of([JsonMap.Of(("type", "InternalIP"), ("address", address)), JsonMap.Of(("type", "Hostname"), ("address", node.Name))])),
                ("capacity", resources),
                ("allocatable", resources),
                ("conditions", JsonList.Of([
                    Condition("MemoryPressure", "False", "KubeletHasSufficientMemory", "kubelet has sufficient memory available"),
                    Condition("DiskPressure", "False", "KubeletHasNoDiskPressure", "kubelet has no disk pressure"),
                    Condition("PIDPressure", "False", "KubeletHasSufficientPID", "kubelet has sufficient PID available"),
                    Condition("Ready", "True", "KubeletReady", "kubelet is posting ready status"),
                ])),
                ("daemonEndpoints", JsonMap.Of(("kubeletEndpoint", JsonMap.Of(("Port", 10250))))),
                ("nodeInfo", JsonMap.Of(
                    ("architecture", architecture), ("bootID", ""), ("containerRuntimeVersion", "containerd://2.1.0"), ("kernelVersion", "6.1.0"),
                    ("kubeProxyVersion", ""), ("kubeletVersion", ServerVersion.Kubelet), ("machineID", ""), ("operatingSystem", "linux"), ("osImage", "FogInfra simulator"), ("systemUUID", ""))))));
        Update("v1", "Node", node.Name, current => current.Set(labels, "metadata", "labels"));
    }

    private void Create(string apiVersion, string kind, string name, string space = "", params ReadOnlySpan<(string, JsonData?)> members)
    {
        var metadata = JsonMap.Of(("name", name), ("namespace", space.Length == 0 ? null : space));
        writer.Create(KindOf(apiVersion, kind), space, JsonMap.Of(("apiVersion", apiVersion), ("kind", kind), ("metadata", metadata)).WithAll(JsonMap.Of(members)), new WriteOptions("kubeadm"));
    }

    private void Update(string apiVersion, string kind, string name, Func<JsonMap, JsonMap> change) =>
        writer.Update(KindOf(apiVersion, kind), new ObjectKey("", name), new WriteOptions("kubeadm"), change);

    private ResourceKind KindOf(string apiVersion, string kind) =>
        kinds.Current.FindKind(apiVersion, kind) ?? throw new InvalidOperationException($"The schema lacks {apiVersion} {kind}.");
}
