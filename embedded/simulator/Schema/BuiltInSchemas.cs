using System.Collections.Concurrent;
using FogInfra.Embedded.Kubernetes.Schema;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Schema;

/// <summary>The schemas of the built-in types.</summary>
internal sealed class BuiltInSchemas(KubernetesSchema source)
{
    private readonly ConcurrentDictionary<string, StructSchema> _types = new(StringComparer.Ordinal);

    /// <summary>The schema of a type by its full name.</summary>
    public StructSchema this[string type] => _types.GetOrAdd(type, Convert);

    private StructSchema Convert(string type)
    {
        var definition = source.Types[type];
        return new StructSchema(type, definition.MapType == "atomic", () => definition.Properties.ToDictionary(
            property => property.Key,
            property => new StructMember(Convert(property.Value), property.Value.Required, Default(property.Value)),
            StringComparer.Ordinal));
    }

    private FieldSchema Convert(KubernetesProperty property)
    {
        if (property.Ref is { } type) return property.MapType is { } mapType ? this[type].WithAtomic(mapType == "atomic") : this[type];
        if (property.IntOrString) return new ScalarSchema(ScalarType.WholeOrText);
        return property.Type switch
        {
            "string" => new ScalarSchema(ScalarType.Text, property.Format) { Enum = property.Enum },
            "integer" => new ScalarSchema(ScalarType.Whole, property.Format),
            "number" => new ScalarSchema(ScalarType.Number, property.Format),
            "boolean" => new ScalarSchema(ScalarType.Flag),
            "array" => ConvertList(property),
            "object" when property.AdditionalProperties is { } values => new MapSchema(Convert(values), property.MapType == "atomic"),
            _ => AnySchema.Atomic,
        };
    }

    private ListSchema ConvertList(KubernetesProperty property)
    {
        var strategy = property.PatchStrategy?.Split(',') ?? [];
        var type = property.ListType switch { "set" => ListType.Set, "map" => ListType.Map, _ => ListType.Atomic };
        return new ListSchema(property.Items is { } items ? Convert(items) : AnySchema.Atomic, type, property.ListMapKeys)
        {
            PatchMerges = strategy.Contains("merge"),
            PatchRetainsKeys = strategy.Contains("retainKeys"),
            PatchKey = property.PatchMergeKey,
        };
    }

    private static JsonData? Default(KubernetesProperty property) =>
        property.Default is { } value ? JsonReading.Parse(value.GetRawText()) : null;
}
