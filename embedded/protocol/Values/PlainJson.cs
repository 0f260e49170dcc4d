using System.Text.Json;
using System.Text.Json.Nodes;

namespace FogInfra.Embedded.Protocol.Values;

/// <summary>Property values as ordinary JSON: without marks. Secrets appear as what they hold, so the result must be handled with care.</summary>
public static class PlainJson
{
    /// <summary>Writes an object. Unknown values are left out of objects and become null in lists.</summary>
    public static JsonObject ToJson(PropertyMap map)
    {
        var json = new JsonObject();
        foreach (var (name, value) in map)
        {
            if (value.Unwrap() is not PropertyValue.UnknownValue)
            {
                json[name] = ToJson(value);
            }
        }

        return json;
    }

    /// <summary>Writes a value.</summary>
    public static JsonNode? ToJson(PropertyValue value) => value.Unwrap() switch
    {
        PropertyValue.Bool item => JsonValue.Create(item.Value),
        // Whole numbers are written without a fraction, so that a receiver may read them as integers.
        PropertyValue.Number { Value: var number } when number == Math.Floor(number) && Math.Abs(number) < 1L << 53 => JsonValue.Create((long)number),
        PropertyValue.Number item => JsonValue.Create(item.Value),
        PropertyValue.Text item => JsonValue.Create(item.Value),
        PropertyValue.List item => new JsonArray([.. item.Items.Select(ToJson)]),
        PropertyValue.Map item => ToJson(item.Properties),
        PropertyValue.Reference item => JsonValue.Create(item.Id ?? item.Urn),
        PropertyValue.Asset { Kind: PropertyValue.ContentKind.Text } item => JsonValue.Create(item.Content),
        _ => null,
    };

    /// <summary>Reads an object.</summary>
    public static PropertyMap FromJson(JsonObject json) =>
        new(json.Select(pair => KeyValuePair.Create(pair.Key, FromJson(pair.Value))));

    /// <summary>Reads a value.</summary>
    public static PropertyValue FromJson(JsonNode? json) => json switch
    {
        null => PropertyValue.Null,
        JsonObject item => FromJson(item),
        JsonArray item => new PropertyValue.List([.. item.Select(FromJson)]),
        JsonValue item => FromScalar(item),
        _ => throw new InvalidOperationException($"The JSON node {json.GetType().Name} is not known."),
    };

    private static PropertyValue FromScalar(JsonValue json) => json.GetValueKind() switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => json.GetValue<string>(),
        // A number may have been made from any type of number; its text is what they have in common.
        JsonValueKind.Number => double.Parse(json.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture),
        _ => PropertyValue.Null,
    };
}
