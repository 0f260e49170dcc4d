using System.Collections.Immutable;
using FogInfra.Embedded.Kubernetes.Objects;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Kubernetes.Diffs;

/// <summary>Which objects may have their data changed in place.</summary>
/// <param name="ConfigMaps">ConfigMaps may.</param>
/// <param name="Secrets">Secrets may.</param>
internal sealed record MutableData(bool ConfigMaps, bool Secrets);

/// <summary>Tells which fields cannot be changed in place, so that a change of them replaces the object.</summary>
internal static class ReplacementRules
{
    private static readonly ImmutableArray<PropertyPath> EveryKind = Paths("metadata.name", "metadata.namespace");

    /// <summary>
    /// Fields that the API server refuses to change, beyond those for which pulumi-kubernetes replaces. With these an update could only
    /// fail, so replacing takes nothing away.
    /// </summary>
    private static readonly ImmutableDictionary<string, ImmutableArray<PropertyPath>> Immutable = new Dictionary<string, ImmutableArray<PropertyPath>>
    {
        ["ReplicaSet"] = Paths("spec.selector"),
        ["Job"] = Paths("spec.completionMode"),
        ["PersistentVolumeClaim"] = Paths("spec.volumeMode", "spec.dataSource", "spec.dataSourceRef"),
        ["StorageClass"] = Paths("reclaimPolicy", "volumeBindingMode"),
        ["IngressClass"] = Paths("spec.controller"),
        ["PriorityClass"] = Paths("value", "preemptionPolicy"),
        ["RuntimeClass"] = Paths("handler"),
        ["CustomResourceDefinition"] = Paths("spec.group", "spec.scope", "spec.names.kind", "spec.names.plural"),
    }.ToImmutableDictionary(StringComparer.Ordinal);

    /// <summary>The paths whose change replaces the object.</summary>
    /// <param name="type">The object's type.</param>
    /// <param name="inputs">Its new inputs.</param>
    /// <param name="mutable">Which data may be changed in place.</param>
    public static ImmutableArray<PropertyPath> For(ResourceType type, PropertyMap inputs, MutableData mutable)
    {
        if (type.Known is not { } kind)
        {
            return EveryKind;
        }

        return
        [
            .. EveryKind,
            .. kind.ForceNew.Select(PropertyPath.Parse),
            .. kind.ForceNewConditional is { } conditional && !MayChangeData(type, inputs, mutable) ? conditional.Paths.Select(PropertyPath.Parse) : [],
            .. Immutable.GetValueOrDefault(kind.Kind, []),
        ];
    }

    private static bool MayChangeData(ResourceType type, PropertyMap inputs, MutableData mutable) =>
        (type.IsSecret ? mutable.Secrets : mutable.ConfigMaps) && inputs.At("immutable") is not PropertyValue.Bool { Value: true };

    private static ImmutableArray<PropertyPath> Paths(params IEnumerable<string> paths) => [.. paths.Select(PropertyPath.Parse)];
}
