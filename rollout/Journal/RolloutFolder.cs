using FogInfra.Rollout.Running;

namespace FogInfra.Rollout.Journal;

/// <summary>The folder of a rollout: its journal, its leases, the commands that wait for its runner. Only its owner may look into it.</summary>
/// <param name="Path">The absolute path.</param>
internal sealed record RolloutFolder(string Path)
{
    private const string JournalName = "journal.jsonl";

    /// <summary>The rollout's id.</summary>
    public string Id => System.IO.Path.GetFileName(Path);

    /// <summary>The journal.</summary>
    public string Journal => System.IO.Path.Combine(Path, JournalName);

    /// <summary>Commands of people that the runner has not taken yet.</summary>
    public string Commands => System.IO.Path.Combine(Path, "commands");

    /// <summary>Whether a process is there that runs it.</summary>
    public bool IsAlive => Lease.IsAlive(Path);

    /// <summary>The rollouts of a project, the latest first.</summary>
    /// <param name="journals">The project's folder of rollouts.</param>
    public static IReadOnlyList<RolloutFolder> List(string journals) => !Directory.Exists(journals)
        ? []
        : [.. Directory.EnumerateDirectories(journals).Select(path => new RolloutFolder(path)).Where(folder => File.Exists(folder.Journal)).OrderByDescending(folder => folder.Id, StringComparer.Ordinal)];

    /// <summary>Reads the journal as it is now; a runner may be writing to it at this moment.</summary>
    public RecordedRollout Read()
    {
        using var file = new FileStream(Journal, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var content = new byte[file.Length];
        file.ReadExactly(content);
        return new RecordedRollout(Id, JournalChain.Read(Id, content));
    }
}

/// <summary>A rollout as its journal tells it.</summary>
/// <param name="Id">The rollout's id.</param>
/// <param name="Content">What the journal has; that of a runner that was killed may lack the end.</param>
internal sealed record RecordedRollout(string Id, JournalContent Content)
{
    /// <summary>Its entries.</summary>
    public IReadOnlyList<RolloutEntry> Entries => Content.Entries;

    /// <summary>Where it is; null when nothing was written, or the chain is broken: what leads nowhere is not followed.</summary>
    public RolloutState? State { get; } = Content.Fault is null ? RolloutState.Fold(Content.Entries) : null;

    /// <summary>Its report; null when it did not come to an end.</summary>
    public RolloutReport? Report => State is { Outcome: not null } state
        ? RolloutReport.Of(state, [.. Entries.Select(entry => entry.Event).OfType<RolloutEvent.GateEvaluated>()])
        : null;
}
