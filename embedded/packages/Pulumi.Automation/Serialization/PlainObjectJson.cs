using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pulumi.Automation.Serialization;

/// <summary>
/// JSON of any form as plain objects: booleans, <see cref="long"/> or <see cref="double"/>, strings or, where they look like one,
/// <see cref="DateTime"/>, arrays and dictionaries of such objects.
/// </summary>
internal sealed class PlainObjectJson : JsonConverter<object>
{
    public override object? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        JsonTokenType.Number => reader.TryGetInt64(out var integer) ? (object)integer : reader.GetDouble(),
        JsonTokenType.String => reader.TryGetDateTime(out var date) ? date : reader.GetString(),
        JsonTokenType.StartArray => JsonSerializer.Deserialize<object?[]>(ref reader, options),
        _ => JsonSerializer.Deserialize<Dictionary<string, object?>>(ref reader, options),
    };

    public override void Write(Utf8JsonWriter writer, object value, JsonSerializerOptions options) =>
        throw new NotSupportedException($"An object of the type {value.GetType()} cannot be written as JSON here.");
}
