using FogInfra.Rollout.Running;

namespace FogInfra.Rollout.Journal;

/// <summary>How journals are read.</summary>
internal static class JournalFile
{
    public const string Extension = ".jsonl";

    /// <summary>The rollouts of a folder of journals, the latest first.</summary>
    public static IReadOnlyList<RecordedRollout> ReadAll(string folder) => !Directory.Exists(folder)
        ? []
        : [.. Directory.EnumerateFiles(folder, $"*{Extension}").OrderDescending(StringComparer.Ordinal).Select(Read)];

    private static RecordedRollout Read(string file) =>
        new(Path.GetFileNameWithoutExtension(file), [.. Lines(file).Select(EntryJson.Read).TakeWhile(entry => entry is not null).OfType<RolloutEntry>()]);

    // A runner may be writing to it at this moment.
    private static IEnumerable<string> Lines(string file)
    {
        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }
}

/// <summary>A rollout as its journal tells it.</summary>
/// <param name="Id">The journal's name.</param>
/// <param name="Entries">Its entries; those of a runner that was killed may lack the end.</param>
internal sealed record RecordedRollout(string Id, IReadOnlyList<RolloutEntry> Entries)
{
    /// <summary>Where it is; null when nothing was written.</summary>
    public RolloutState? State { get; } = RolloutState.Fold(Entries);

    /// <summary>Its report; null when it did not come to an end.</summary>
    public RolloutReport? Report => State is { Outcome: not null } state
        ? RolloutReport.Of(state, [.. Entries.Select(entry => entry.Event).OfType<RolloutEvent.GateEvaluated>()])
        : null;
}
