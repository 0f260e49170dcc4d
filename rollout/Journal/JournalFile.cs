using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FogInfra.Rollout.Journal;

/// <summary>The form of journal files, and how they are read.</summary>
internal static class JournalFile
{
    public const string Extension = ".jsonl";
    public const string Time = "time";
    public const string Event = "event";
    public const string Finished = "finished";
    public const string Report = "report";

    /// <summary>One line for each entry, and text as it is.</summary>
    public static JsonSerializerOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The rollouts of a folder of journals, the latest first.</summary>
    public static IReadOnlyList<RecordedRollout> ReadAll(string folder) => !Directory.Exists(folder)
        ? []
        : [.. Directory.EnumerateFiles(folder, $"*{Extension}").OrderDescending(StringComparer.Ordinal).Select(Read)];

    private static RecordedRollout Read(string file)
    {
        var entries = Lines(file).Select(Parse).OfType<JsonObject>().ToList();
        var report = entries.Find(entry => (string?)entry[Event] == Finished)?[Report] as JsonObject;
        return new RecordedRollout(
            Path.GetFileNameWithoutExtension(file), entries.Count == 0 ? null : (DateTimeOffset?)entries[0][Time], report);
    }

    // A runner may be writing to it at this moment.
    private static IEnumerable<string> Lines(string file)
    {
        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    // The last line of a runner that was killed may be torn.
    private static JsonNode? Parse(string line)
    {
        try
        {
            return JsonNode.Parse(line);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>A rollout as its journal tells it.</summary>
/// <param name="Id">The journal's name.</param>
/// <param name="Started">When it began; null when nothing was written.</param>
/// <param name="Report">Its report; null when it did not come to an end.</param>
internal sealed record RecordedRollout(string Id, DateTimeOffset? Started, JsonObject? Report)
{
    /// <summary>How it ended; <c>interrupted</c> when it did not.</summary>
    public string Outcome => (string?)Report?["outcome"] ?? "interrupted";
}
