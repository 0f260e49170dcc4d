using FogInfra.Embedded.Simulator.Schema;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Apply;

/// <summary>Lays an applied value over the live one.</summary>
internal static class FieldMerge
{
    /// <summary>The live value with all fields of the applied one set. Parts that stay the same are shared with the live value.</summary>
    public static JsonData Apply(JsonData? live, JsonData applied, FieldSchema schema)
    {
        if (live is null || ReferenceEquals(live, applied)) return applied;
        if (live.Equals(applied)) return live;
        if (schema.IsAtomic) return applied;
        return (schema, live, applied) switch
        {
            (StructSchema type, JsonMap left, JsonMap right) => Members(left, right, name => type[name] ?? AnySchema.Granular),
            (MapSchema type, JsonMap left, JsonMap right) => Members(left, right, _ => type.Values),
            (AnySchema, JsonMap left, JsonMap right) => Members(left, right, _ => AnySchema.Granular),
            (ListSchema type, JsonList left, JsonList right) => Items(left, right, type),
            _ => applied,
        };
    }

    private static JsonMap Members(JsonMap live, JsonMap applied, Func<string, FieldSchema> schemaOf) =>
        applied.Aggregate(live, (result, member) => result.With(member.Key, Apply(live[member.Key], member.Value, schemaOf(member.Key))));

    // The applied items keep their order; items of others stay where they were between them.
    private static JsonList Items(JsonList live, JsonList applied, ListSchema schema)
    {
        var (left, right) = (KeyedList.Of(live, schema), KeyedList.Of(applied, schema));
        var merged = new List<JsonData>(live.Count + applied.Count);
        var done = new HashSet<string>(StringComparer.Ordinal);
        var (l, r) = (0, 0);
        while (l < left.Elements.Count || r < right.Elements.Count)
        {
            if (l < left.Elements.Count && done.Contains(left.Elements[l]))
            {
                l++;
            }
            else if (l < left.Elements.Count && right[left.Elements[l]] is null)
            {
                merged.Add(left[left.Elements[l++]]!);
            }
            else
            {
                var element = right.Elements[r++];
                merged.Add(Apply(left[element], right[element]!, schema.Items));
                done.Add(element);
            }
        }
        var result = JsonList.From(merged);
        return result.Equals(live) ? live : result;
    }
}
