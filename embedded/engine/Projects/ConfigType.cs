using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FogInfra.Embedded.Engine.Projects;

/// <summary>The type of a declared configuration value.</summary>
/// <param name="Name">string, integer, boolean, object or array.</param>
/// <param name="Items">The type of an array's items; null for the others.</param>
internal sealed record ConfigType(string Name, ConfigType? Items = null)
{
    /// <summary>The names that a type may have.</summary>
    public static IReadOnlyCollection<string> Names { get; } = ["string", "integer", "boolean", "array", "object"];

    /// <summary>Whether a value as a config file holds it is of this type. Texts count as what they spell.</summary>
    public bool Accepts(JsonNode? value) => Name switch
    {
        "string" => value is JsonValue,
        "integer" => value is JsonValue number && IsInteger(number),
        "boolean" => value is JsonValue flag && flag.ToString() is "true" or "false",
        "object" => Parsed(value) is JsonObject,
        "array" => Parsed(value) is JsonArray list && list.All(Items!.Accepts),
        _ => false,
    };

    /// <inheritdoc/>
    public override string ToString() => Items is null ? Name : $"{Name}<{Items}>";

    private static bool IsInteger(JsonValue value) =>
        double.TryParse(value.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number == Math.Floor(number);

    private static JsonNode? Parsed(JsonNode? value)
    {
        if (value is not JsonValue text || text.GetValueKind() != JsonValueKind.String)
        {
            return value;
        }

        try
        {
            return JsonNode.Parse(text.GetValue<string>());
        }
        catch (JsonException)
        {
            return null; // A text that is no JSON is no list or object either.
        }
    }
}
