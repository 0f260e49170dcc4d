using FogInfra.Embedded.Kubernetes.Schema;
using FogInfra.Embedded.Simulator.Schema;

namespace FogInfra.Embedded.Simulator.Kinds;

/// <summary>The kinds that every cluster has.</summary>
internal sealed class BuiltInKinds
{
    // Abbreviations and categories are not part of the published schema; these are the ones of Kubernetes' own discovery documents.
    private static readonly Dictionary<string, string[]> ShortNames = new(StringComparer.Ordinal)
    {
        ["certificatesigningrequests"] = ["csr"],
        ["configmaps"] = ["cm"],
        ["cronjobs"] = ["cj"],
        ["customresourcedefinitions"] = ["crd", "crds"],
        ["daemonsets"] = ["ds"],
        ["deployments"] = ["deploy"],
        ["endpoints"] = ["ep"],
        ["events"] = ["ev"],
        ["horizontalpodautoscalers"] = ["hpa"],
        ["ingresses"] = ["ing"],
        ["limitranges"] = ["limits"],
        ["namespaces"] = ["ns"],
        ["networkpolicies"] = ["netpol"],
        ["nodes"] = ["no"],
        ["persistentvolumeclaims"] = ["pvc"],
        ["persistentvolumes"] = ["pv"],
        ["poddisruptionbudgets"] = ["pdb"],
        ["pods"] = ["po"],
        ["priorityclasses"] = ["pc"],
        ["replicasets"] = ["rs"],
        ["replicationcontrollers"] = ["rc"],
        ["resourcequotas"] = ["quota"],
        ["serviceaccounts"] = ["sa"],
        ["services"] = ["svc"],
        ["statefulsets"] = ["sts"],
        ["storageclasses"] = ["sc"],
    };

    private static readonly HashSet<string> InAll = new(StringComparer.Ordinal)
    {
        "cronjobs", "daemonsets", "deployments", "horizontalpodautoscalers", "jobs", "pods", "replicasets", "replicationcontrollers", "services", "statefulsets",
    };

    private static readonly HashSet<string> WithGeneration = new(StringComparer.Ordinal)
    {
        "cronjobs", "customresourcedefinitions", "daemonsets", "deployments", "ingresses", "ingressclasses", "jobs", "mutatingadmissionpolicies",
        "mutatingadmissionpolicybindings", "mutatingwebhookconfigurations", "networkpolicies", "poddisruptionbudgets", "pods", "priorityclasses", "replicasets",
        "replicationcontrollers", "statefulsets", "validatingadmissionpolicies", "validatingadmissionpolicybindings", "validatingwebhookconfigurations",
    };

    // Streams and proxies into containers have nothing behind them here.
    private static readonly HashSet<string> NotServed = new(StringComparer.Ordinal)
    {
        "approval", "attach", "ephemeralcontainers", "exec", "portforward", "proxy", "resize", "token",
    };

    private BuiltInKinds(KubernetesSchema schema)
    {
        Schemas = new BuiltInSchemas(schema);
        All = [.. schema.Kinds.Select(Convert)];
    }

    /// <summary>The kinds of the schema that comes with the program. Immutable.</summary>
    public static BuiltInKinds Instance { get; } = new(KubernetesSchema.BuiltIn);

    /// <summary>The schemas of all built-in types.</summary>
    public BuiltInSchemas Schemas { get; }

    /// <summary>The kinds, in the order of the schema.</summary>
    public IReadOnlyList<ResourceKind> All { get; }

    private ResourceKind Convert(KubernetesKind kind) => new()
    {
        Group = kind.Group,
        Version = kind.Version,
        Kind = kind.Kind,
        ListKind = kind.Kind + "List",
        Plural = kind.Plural,
        Singular = kind.Kind.ToLowerInvariant(),
        Namespaced = kind.Namespaced,
        Schema = Schemas[kind.Type],
        StorageVersion = kind.Group == "autoscaling" ? "v2" : kind.Version,
        ShortNames = ShortNames.GetValueOrDefault(kind.Plural, []),
        Categories = InAll.Contains(kind.Plural) ? ["all"] : kind.Plural is "customresourcedefinitions" ? ["api-extensions"] : [],
        Subresources = [.. kind.Subresources.Where(name => !NotServed.Contains(name))],
        HasGeneration = WithGeneration.Contains(kind.Plural),
    };
}
