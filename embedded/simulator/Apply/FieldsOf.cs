using FogInfra.Embedded.Simulator.Schema;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Apply;

/// <summary>The fields that a value has: what an applier of that value owns.</summary>
internal static class FieldsOf
{
    /// <summary>The set of the fields of a value.</summary>
    /// <exception cref="ApplyException">An item of a list lacks its key, or two items have the same.</exception>
    public static FieldSet Value(JsonData value, FieldSchema schema)
    {
        if (schema.IsAtomic) return FieldSet.Member;
        return (schema, value) switch
        {
            (StructSchema type, JsonMap map) => Members(map, name => type[name] ?? AnySchema.Granular, name => type.Members.ContainsKey(name)),
            (MapSchema type, JsonMap map) => Members(map, _ => type.Values, _ => false),
            (AnySchema, JsonMap map) => Members(map, _ => AnySchema.Granular, _ => false),
            (ListSchema type, JsonList list) => Items(list, type),
            _ => FieldSet.Member,
        };
    }

    private static FieldSet Members(JsonMap map, Func<string, FieldSchema> schemaOf, Func<string, bool> isDeclared) => FieldSet.Of(false, map.Select(member =>
    {
        var below = Value(member.Value, schemaOf(member.Key));
        // Names that the user chose belong to the set themselves; declared members only through what is below them.
        var itself = !isDeclared(member.Key) || member.Value is JsonMap { Count: 0 };
        return KeyValuePair.Create(PathElements.Field(member.Key), itself ? below.WithMember() : below);
    }));

    private static FieldSet Items(JsonList list, ListSchema schema)
    {
        var items = new Dictionary<string, FieldSet>(list.Count, StringComparer.Ordinal);
        for (var i = 0; i < list.Count; i++)
        {
            var element = PathElements.Item(schema, list[i], i);
            if (!items.TryAdd(element, Value(list[i], schema.Items).WithMember()))
            {
                throw new ApplyException($"duplicate entries for key {PathElements.ToText([element])}");
            }
        }
        return FieldSet.Of(false, items);
    }
}
