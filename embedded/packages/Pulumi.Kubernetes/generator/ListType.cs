using FogInfra.Embedded.Kubernetes.Schema;

namespace FogInfra.Embedded.Kubernetes.SdkGenerator;

/// <summary>The types of lists, which all have the same form and are therefore not in the schema.</summary>
internal static class ListType
{
    /// <summary>The full name of the metadata of lists.</summary>
    public const string MetaName = "io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta";

    /// <summary>The metadata of lists.</summary>
    public static KubernetesType Meta { get; } = new()
    {
        Cs = "Meta.V1.ListMeta",
        Properties = new Dictionary<string, KubernetesProperty>
        {
            ["continue"] = new() { Type = "string" },
            ["remainingItemCount"] = new() { Type = "integer", Format = "int64" },
            ["resourceVersion"] = new() { Type = "string" },
            ["selfLink"] = new() { Type = "string" },
        },
    };

    /// <summary>The full name of the list of a kind.</summary>
    public static string NameOf(KubernetesKind kind) => kind.Type + "List";

    /// <summary>The list of a kind.</summary>
    public static KubernetesType Of(KubernetesKind kind, KubernetesType type) => new()
    {
        Cs = type.Cs + "List",
        Properties = new Dictionary<string, KubernetesProperty>
        {
            ["apiVersion"] = new() { Type = "string" },
            ["items"] = new() { Type = "array", Items = new KubernetesProperty { Ref = kind.Type }, Required = true },
            ["kind"] = new() { Type = "string" },
            ["metadata"] = new() { Ref = MetaName },
        },
    };
}
