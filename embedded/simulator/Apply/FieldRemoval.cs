using FogInfra.Embedded.Simulator.Schema;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Apply;

/// <summary>Removes fields from a value.</summary>
internal static class FieldRemoval
{
    /// <summary>The value without the fields; null when nothing of it is left.</summary>
    public static JsonData? Remove(JsonData value, FieldSet fields, FieldSchema schema)
    {
        if (fields.IsEmpty || schema.IsAtomic) return value;
        return (schema, value) switch
        {
            (StructSchema type, JsonMap map) => Members(map, fields, name => type[name] ?? AnySchema.Granular),
            (MapSchema type, JsonMap map) => Members(map, fields, _ => type.Values),
            (AnySchema, JsonMap map) => Members(map, fields, _ => AnySchema.Granular),
            (ListSchema type, JsonList list) => Items(list, fields, type),
            _ => value,
        };
    }

    /// <summary>The set with the declared members on the way to each field: who owns <c>spec.replicas</c> has a part in <c>spec</c>.</summary>
    public static FieldSet WithDeclaredMembers(FieldSet fields, FieldSchema schema)
    {
        if (fields.Children.Count == 0) return fields;
        return FieldSet.Of(fields.IsMember, fields.Children.Select(child =>
        {
            var (isDeclared, below) = Descend(schema, child.Key);
            var set = WithDeclaredMembers(child.Value, below);
            return KeyValuePair.Create(child.Key, isDeclared ? set.WithMember() : set);
        }));
    }

    private static (bool IsDeclared, FieldSchema Schema) Descend(FieldSchema schema, string element) => schema switch
    {
        StructSchema type when element.StartsWith("f:", StringComparison.Ordinal) && type.Members.TryGetValue(element[2..], out var member) => (true, member.Schema),
        MapSchema type => (false, type.Values),
        ListSchema type => (false, type.Items),
        _ => (false, AnySchema.Granular),
    };

    private static JsonMap? Members(JsonMap map, FieldSet fields, Func<string, FieldSchema> schemaOf)
    {
        var left = map.Change((name, value) =>
        {
            var below = fields[PathElements.Field(name)];
            return below.IsMember ? null : Remove(value, below, schemaOf(name));
        });
        return left.Count == 0 ? null : left;
    }

    private static JsonList? Items(JsonList list, FieldSet fields, ListSchema schema)
    {
        var left = new List<JsonData>(list.Count);
        for (var i = 0; i < list.Count; i++)
        {
            var below = fields[PathElements.Item(schema, list[i], i)];
            if (!below.IsMember && Remove(list[i], below, schema.Items) is { } item) left.Add(item);
        }
        return left.Count == 0 ? null : JsonList.From(left);
    }
}
