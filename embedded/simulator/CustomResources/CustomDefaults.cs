using FogInfra.Embedded.Simulator.Schema;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.CustomResources;

/// <summary>Fills in the defaults of a custom resource definition's schema.</summary>
internal static class CustomDefaults
{
    /// <summary>The object with the values that it leaves out.</summary>
    public static JsonMap Apply(JsonMap value, StructSchema schema)
    {
        var result = value;
        foreach (var (name, member) in schema.Members)
        {
            if (result[name] is null && member.Default is { } given) result = result.With(name, given);
        }
        return result.Change((name, inner) => schema[name] is { } type ? Apply(inner, type) : inner);
    }

    private static JsonData Apply(JsonData value, FieldSchema schema) => (schema, value) switch
    {
        (StructSchema type, JsonMap map) => Apply(map, type),
        (MapSchema type, JsonMap map) => map.Change((_, inner) => Apply(inner, type.Values)),
        (ListSchema type, JsonList list) => list.Change(item => Apply(item, type.Items)),
        _ => value,
    };
}
