using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FogInfra.Embedded.Engine.State;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Engine.Commands;

/// <summary>A stack's outputs as the command line shows them.</summary>
internal static class OutputText
{
    /// <summary>What stands for a value that is not known yet.</summary>
    private const string Unknown = "[unknown]";

    /// <summary>The outputs as plain JSON; a secret is what it holds, or its mask.</summary>
    public static JsonObject ToJson(PropertyMap outputs, bool showSecrets) => (JsonObject)ToNode(outputs, showSecrets)!;

    /// <summary>One output as people read it: a text without quotes, anything else as JSON.</summary>
    public static string ToText(PropertyValue value, bool showSecrets) => ToNode(value, showSecrets) switch
    {
        JsonValue scalar when scalar.GetValueKind() == JsonValueKind.String => scalar.GetValue<string>(),
        null => "null",
        var node => node.ToJsonString(new JsonSerializerOptions { Encoder = ValueJson.WriterOptions.Encoder }),
    };

    /// <summary>Writes all outputs as a table.</summary>
    public static async Task WriteAllAsync(TextWriter writer, PropertyMap outputs, bool showSecrets)
    {
        if (outputs.Count == 0)
        {
            await writer.WriteLineAsync("No output values currently in this stack").ConfigureAwait(false);
            return;
        }

        await writer.WriteLineAsync($"Current stack outputs ({outputs.Count}):").ConfigureAwait(false);
        await new TextTable("    OUTPUT", "VALUE").WriteAsync(writer, outputs.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => new[] { "    " + pair.Key, ToText(pair.Value, showSecrets) })).ConfigureAwait(false);
    }

    private static JsonNode? ToNode(PropertyValue value, bool showSecrets)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, ValueJson.WriterOptions))
        {
            ValueJson.Masked.Write(writer, WithoutMarks(value, showSecrets));
        }

        return JsonNode.Parse(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    private static PropertyValue WithoutMarks(PropertyValue value, bool showSecrets) => value switch
    {
        PropertyValue.Secret secret => showSecrets ? WithoutMarks(secret.Element, showSecrets) : ValueJson.Mask,
        PropertyValue.UnknownValue => Unknown,
        _ => value.SelectItems(item => WithoutMarks(item, showSecrets)),
    };
}
