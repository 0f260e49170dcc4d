using FogInfra.Embedded.Simulator.Schema;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Apply;

/// <summary>
/// The parts that every object of a built-in kind has even when they are empty. Kubernetes keeps built-in objects as records, in which such parts are always
/// there, so that writing fields into them does not count as adding the parts themselves.
/// </summary>
internal static class ObjectSkeleton
{
    private static readonly HashSet<string> AlwaysThere = new(StringComparer.Ordinal)
    {
        "containers", "jobTemplate", "loadBalancer", "metadata", "names", "spec", "status", "strategy", "template", "updateStrategy",
    };

    /// <summary>The empty parts of a type.</summary>
    public static JsonMap Of(StructSchema type) => JsonMap.From(type.Members
        .Where(member => AlwaysThere.Contains(member.Key))
        .Select(member => KeyValuePair.Create(member.Key, member.Value.Schema switch
        {
            StructSchema { IsAtomic: false } inner => Of(inner),
            ListSchema { IsAtomic: false } => JsonList.Empty,
            _ => (JsonData?)null,
        }))
        .Where(member => member.Value is not null)
        .Select(member => KeyValuePair.Create(member.Key, member.Value!)));

    /// <summary>An object with the parts that it lacks.</summary>
    public static JsonMap Complete(JsonMap value, JsonMap skeleton) => skeleton.Aggregate(value, (result, part) => result[part.Key] switch
    {
        null => result.With(part.Key, part.Value),
        JsonMap inner when part.Value is JsonMap innerPart => result.With(part.Key, Complete(inner, innerPart)),
        _ => result,
    });
}
