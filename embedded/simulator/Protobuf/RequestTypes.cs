using FogInfra.Embedded.Simulator.Kinds;
using FogInfra.Embedded.Simulator.Schema;

namespace FogInfra.Embedded.Simulator.Protobuf;

/// <summary>The types of what clients send: the built-in kinds, and those that only subresources know.</summary>
internal static class RequestTypes
{
    private const string Meta = "io.k8s.apimachinery.pkg.apis.meta.v1.";
    private const string Core = "io.k8s.api.core.v1.";

    private static readonly Dictionary<(string ApiVersion, string Kind), StructSchema> Known = Build();

    /// <summary>The type of a kind; null when it is unknown.</summary>
    public static StructSchema? Find(string apiVersion, string kind) => Known.GetValueOrDefault((apiVersion, kind));

    private static Dictionary<(string ApiVersion, string Kind), StructSchema> Build()
    {
        var schemas = BuiltInKinds.Instance.Schemas;
        var preconditions = Struct(Meta + "Preconditions", ("uid", Text()), ("resourceVersion", Text()));
        var deleteOptions = Struct(Meta + "DeleteOptions",
            ("gracePeriodSeconds", Whole()), ("preconditions", preconditions), ("orphanDependents", new ScalarSchema(ScalarType.Flag)),
            ("propagationPolicy", Text()), ("dryRun", new ListSchema(Text(), ListType.Atomic, [])));
        var metadata = schemas[Meta + "ObjectMeta"];
        var types = BuiltInKinds.Instance.All.ToDictionary(kind => (kind.ApiVersion, kind.Kind), kind => kind.Schema);
        types[("v1", "DeleteOptions")] = deleteOptions;
        foreach (var version in BuiltInKinds.Instance.All.Select(kind => kind.ApiVersion).Distinct()) types[(version, "DeleteOptions")] = deleteOptions;
        types[("policy/v1", "Eviction")] = Struct("io.k8s.api.policy.v1.Eviction", ("metadata", metadata), ("deleteOptions", deleteOptions));
        types[("v1", "Binding")] = Struct(Core + "Binding", ("metadata", metadata), ("target", schemas[Core + "ObjectReference"]));
        types[("autoscaling/v1", "Scale")] = Struct("io.k8s.api.autoscaling.v1.Scale",
            ("metadata", metadata),
            ("spec", Struct("io.k8s.api.autoscaling.v1.ScaleSpec", ("replicas", Whole()))),
            ("status", Struct("io.k8s.api.autoscaling.v1.ScaleStatus", ("replicas", Whole()), ("selector", Text()))));
        return types;
    }

    private static ScalarSchema Text() => new(ScalarType.Text);

    private static ScalarSchema Whole() => new(ScalarType.Whole);

    private static StructSchema Struct(string name, params (string Name, FieldSchema Schema)[] members) => new(name, isAtomic: false,
        () => members.ToDictionary(member => member.Name, member => new StructMember(member.Schema, Required: false, Default: null), StringComparer.Ordinal));
}
