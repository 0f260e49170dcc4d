using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pulumi.Automation.Serialization;

/// <summary>A stored configuration value in JSON: a text, an object with the key <c>secure</c>, or a list or object as it is.</summary>
internal sealed class StackSettingsConfigValueJson : JsonConverter<StackSettingsConfigValue>
{
    private const string Secure = "secure";

    public override StackSettingsConfigValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var json = JsonElement.ParseValue(ref reader);
        return json.ValueKind switch
        {
            JsonValueKind.String => new StackSettingsConfigValue(json.GetString()!, isSecure: false),
            JsonValueKind.Object when json.TryGetProperty(Secure, out var secret) => secret.ValueKind == JsonValueKind.String
                ? new StackSettingsConfigValue(secret.GetString()!, isSecure: true)
                : throw new JsonException($"The value of '{Secure}' must be a string."),
            _ => new StackSettingsConfigValue(json.GetRawText(), isSecure: false),
        };
    }

    public override void Write(Utf8JsonWriter writer, StackSettingsConfigValue value, JsonSerializerOptions options)
    {
        if (value.IsSecure)
        {
            writer.WriteStartObject();
            writer.WriteString(Secure, value.Value);
            writer.WriteEndObject();
        }
        else
        {
            writer.WriteStringValue(value.Value);
        }
    }
}
