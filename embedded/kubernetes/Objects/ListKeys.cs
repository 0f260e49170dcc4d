using System.Collections.Immutable;
using System.Text.Json;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Kubernetes.Objects;

/// <summary>Tells the items of a list apart by what they are called, as server-side apply does, and not by where they stand.</summary>
internal static class ListKeys
{
    /// <summary>The keys of a list's items, in their order; null when the items have none or two have the same.</summary>
    public static ImmutableArray<string>? Of(PropertyValue.List list, SchemaNode schema)
    {
        if (schema.Property is not { ListType: "map", ListMapKeys: { Count: > 0 } names })
        {
            return null;
        }

        var keys = ImmutableArray.CreateBuilder<string>(list.Items.Length);
        foreach (var item in list.Items)
        {
            if (item.Unwrap() is not PropertyValue.Map map || Key(map.Properties, names, schema.Item()) is not { } key)
            {
                return null;
            }

            keys.Add(key);
        }

        return keys.Distinct(StringComparer.Ordinal).Count() == keys.Count ? keys.ToImmutable() : null;
    }

    /// <summary>
    /// The object with the keys filled in by which the items of its lists are told apart, where the schema has defaults for them. API
    /// servers before 1.22 or so refuse to apply, for example, a port without a protocol.
    /// </summary>
    public static PropertyValue WithDefaults(PropertyValue value, SchemaNode schema) => value.Unwrap() switch
    {
        PropertyValue.Map map when schema.IsKnown =>
            new PropertyMap(map.Properties.Select(member => KeyValuePair.Create(member.Key, WithDefaults(member.Value, schema.Member(member.Key))))),
        PropertyValue.List list when schema.IsKnown =>
            new PropertyValue.List([.. list.Items.Select(item => WithDefaultKeys(WithDefaults(item, schema.Item()), schema))]),
        _ => value,
    };

    private static PropertyValue WithDefaultKeys(PropertyValue item, SchemaNode list)
    {
        if (item is not PropertyValue.Map map || list.Property is not { ListType: "map" } property)
        {
            return item;
        }

        var missing = property.ListMapKeys
            .Where(name => !map.Properties.Contains(name))
            .Select(name => (name, Default: Default(list.Item(), name)))
            .Where(key => key.Default is not null)
            .Select(key => (key.name, ObjectJson.Read(key.Default!.Value)));
        return map.Properties.With(PropertyMap.Of(missing));
    }

    private static string? Key(PropertyMap item, IReadOnlyList<string> names, SchemaNode schema)
    {
        var parts = new List<string>(names.Count);
        foreach (var name in names)
        {
            var part = item[name]?.Unwrap() switch
            {
                PropertyValue.Text text => text.Value,
                PropertyValue.Number number => number.Value.ToString(System.Globalization.CultureInfo.InvariantCulture),
                null => Default(schema, name)?.ToString() ?? "",
                _ => null, // Unknown, or of a wrong type: the item cannot be found by it.
            };
            if (part is null)
            {
                return null;
            }

            parts.Add(part);
        }

        return string.Join('\0', parts);
    }

    private static JsonElement? Default(SchemaNode item, string name) => item.Type?.Properties.GetValueOrDefault(name)?.Default;
}
