using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using FogInfra.Rollout.Running;

namespace FogInfra.Rollout.Journal;

/// <summary>Entries and commands as JSON on one line. What is read is what was written, so that the state that follows is the same.</summary>
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

    /// <summary>Reads an entry; null when the text is none.</summary>
    public static RolloutEntry? Read(string json) => TryRead<RolloutEntry>(() => JsonSerializer.Deserialize<RolloutEntry>(json, Options));

    /// <summary>Writes a line of a journal, without its end.</summary>
    public static byte[] WriteLine(JournalLine line) => JsonSerializer.SerializeToUtf8Bytes(line, Options);

    /// <summary>Reads a line of a journal; null when the text is none.</summary>
    public static JournalLine? ReadLine(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize<JournalLine>(line, Options) is { Event: not null, Previous: not null } read ? read : null;
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>Writes what a person wants.</summary>
    public static string WriteCommand(OperatorCommand command) => JsonSerializer.Serialize(command, Options);

    /// <summary>Reads what a person wants; null when the text is nothing of that kind.</summary>
    public static OperatorCommand? ReadCommand(string json) => TryRead(() => JsonSerializer.Deserialize<OperatorCommand>(json, Options));

    private static T? TryRead<T>(Func<T?> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            return null;
        }
    }
}
