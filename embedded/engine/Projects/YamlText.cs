using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FogInfra.Embedded.Engine.State;

namespace FogInfra.Embedded.Engine.Projects;

/// <summary>Writes values as block YAML.</summary>
internal static class YamlText
{
    private const string PlainStart = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_/.+";

    /// <summary>The lines of one entry of a mapping, without line ends.</summary>
    public static IEnumerable<string> Entry(string key, JsonNode? value, int indent)
    {
        var start = new string(' ', indent) + Scalar(key) + ":";
        return value switch
        {
            JsonObject { Count: > 0 } map => map.SelectMany(item => Entry(item.Key, item.Value, indent + 2)).Prepend(start),
            JsonArray { Count: > 0 } list => list.SelectMany(item => Item(item, indent + 2)).Prepend(start),
            _ => [$"{start} {Inline(value)}"],
        };
    }

    /// <summary>A text so that YAML reads it as that text and nothing else.</summary>
    public static string Scalar(string text) => IsPlain(text) ? text : Quoted(text);

    private static IEnumerable<string> Item(JsonNode? value, int indent)
    {
        var start = new string(' ', indent) + "- ";
        switch (value)
        {
            case JsonObject { Count: > 0 } map:
                // The first entry stands on the dash's line, the others under it.
                var lines = map.SelectMany(item => Entry(item.Key, item.Value, indent + 2)).ToArray();
                return [start + lines[0][(indent + 2)..], .. lines[1..]];
            case JsonArray { Count: > 0 } list:
                return list.SelectMany(item => Item(item, indent + 2)).Prepend(start.TrimEnd());
            default:
                return [start + Inline(value)];
        }
    }

    private static string Inline(JsonNode? value) => value switch
    {
        null => "null",
        JsonObject => "{}",
        JsonArray => "[]",
        JsonValue scalar when scalar.GetValueKind() == JsonValueKind.String => Scalar(scalar.GetValue<string>()),
        _ => value.ToJsonString(),
    };

    private static bool IsPlain(string text)
    {
        if (text.Length == 0 || !PlainStart.Contains(text[0], StringComparison.Ordinal) || text[^1] is ':' or ' ')
        {
            return false;
        }

        var safe = text.All(letter => letter is > ' ' and < '\u007f' or ' ') && !text.Contains(": ", StringComparison.Ordinal)
            && !text.Contains(" #", StringComparison.Ordinal);
        return safe && !LooksTyped(text);
    }

    // Words and numbers that some YAML reader takes for something other than a text.
    private static bool LooksTyped(string text) =>
        text.ToUpperInvariant() is "NULL" or "TRUE" or "FALSE" or "YES" or "NO" or "ON" or "OFF" or "Y" or "N" or ".INF" or ".NAN" or "+.INF"
        || text[0] is >= '0' and <= '9' or '.' or '+';

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder();
        quoted.Append(JsonSerializer.Serialize(text, new JsonSerializerOptions { Encoder = ValueJson.WriterOptions.Encoder }));
        return quoted.ToString();
    }
}
