using FogInfra.Embedded.Simulator.Schema;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Apply;

/// <summary>Which fields differ between two values.</summary>
/// <param name="Added">Those that only the new value has.</param>
/// <param name="Modified">Those that both have, with different values.</param>
/// <param name="Removed">Those that only the old value has.</param>
internal sealed record FieldComparison(FieldSet Added, FieldSet Modified, FieldSet Removed)
{
    private static readonly FieldComparison Same = new(FieldSet.Empty, FieldSet.Empty, FieldSet.Empty);
    private static readonly FieldComparison New = new(FieldSet.Member, FieldSet.Empty, FieldSet.Empty);
    private static readonly FieldComparison Changed = new(FieldSet.Empty, FieldSet.Member, FieldSet.Empty);
    private static readonly FieldComparison Gone = new(FieldSet.Empty, FieldSet.Empty, FieldSet.Member);

    /// <summary>The fields that are new or have a new value.</summary>
    public FieldSet Written => Added.Union(Modified);

    /// <summary>Compares two values; at least one must be there.</summary>
    public static FieldComparison Of(JsonData? before, JsonData? after, FieldSchema schema)
    {
        if (ReferenceEquals(before, after)) return Same;
        var parts = schema.IsAtomic ? null : Parts(before, after, schema);
        if (parts is null) return before is null ? New : after is null ? Gone : before.Equals(after) ? Same : Changed;
        return new FieldComparison(
            FieldSet.Of(before is null, parts.Select(part => KeyValuePair.Create(part.Element, part.Comparison.Added))),
            FieldSet.Of(false, parts.Select(part => KeyValuePair.Create(part.Element, part.Comparison.Modified))),
            FieldSet.Of(after is null, parts.Select(part => KeyValuePair.Create(part.Element, part.Comparison.Removed))));
    }

    // Null when the values have no parts that are compared one by one. Two empty maps count as a value without parts, so that empty and absent differ.
    private static List<(string Element, FieldComparison Comparison)>? Parts(JsonData? before, JsonData? after, FieldSchema schema)
    {
        if (schema is ListSchema list) return before is JsonList or null && after is JsonList or null ? Items((JsonList?)before, (JsonList?)after, list) : null;
        if (before is not (JsonMap or null) || after is not (JsonMap or null)) return null;
        var (left, right) = ((JsonMap?)before ?? JsonMap.Empty, (JsonMap?)after ?? JsonMap.Empty);
        if (left.Count == 0 && right.Count == 0) return null;
        return [.. left.Keys.Union(right.Keys).Select(name => (PathElements.Field(name), Of(left[name], right[name], MemberOf(schema, name))))];
    }

    private static List<(string Element, FieldComparison Comparison)> Items(JsonList? before, JsonList? after, ListSchema schema)
    {
        var (left, right) = (KeyedList.Of(before ?? JsonList.Empty, schema), KeyedList.Of(after ?? JsonList.Empty, schema));
        return [.. left.Elements.Union(right.Elements).Select(element => (element, Of(left[element], right[element], schema.Items)))];
    }

    private static FieldSchema MemberOf(FieldSchema schema, string name) => schema switch
    {
        StructSchema type => type[name] ?? AnySchema.Granular,
        MapSchema type => type.Values,
        _ => AnySchema.Granular,
    };
}
