using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using FogInfra.Rollout.Running;

namespace FogInfra.Rollout.Journal;

/// <summary>Entries as JSON on one line. What is read is what was written, so that the state that follows is the same.</summary>
internal static class EntryJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // Text as it is, and one line for each entry.
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        AllowOutOfOrderMetadataProperties = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>Writes an entry.</summary>
    public static string Write(RolloutEntry entry) => JsonSerializer.Serialize(entry, Options);

    /// <summary>Reads an entry; null when the text is none, as a torn line is.</summary>
    public static RolloutEntry? Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<RolloutEntry>(json, Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
