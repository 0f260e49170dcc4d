using System.Globalization;
using System.Text;

namespace FogInfra.Durability;

/// <summary>Counts over all that was done.</summary>
internal sealed class Tally
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);

    public List<string> Failures { get; } = [];

    public int this[string what]
    {
        get
        {
            lock (_lock)
            {
                return _counts.GetValueOrDefault(what);
            }
        }
    }

    public void Add(string what, int count = 1)
    {
        lock (_lock)
        {
            _counts[what] = _counts.GetValueOrDefault(what) + count;
        }
    }

    public void Fail(string what)
    {
        lock (_lock)
        {
            Failures.Add(what);
        }
    }

    public override string ToString()
    {
        lock (_lock)
        {
            return string.Join('\n', _counts.Select(item => FormattableString.Invariant($"  {item.Value,6}  {item.Key}")));
        }
    }
}

/// <summary>Looks at what a killed process has left, and lets the next command go on from it.</summary>
internal sealed class Aftermath(Site site, Tally tally)
{
    // Everything that the engine writes, on disk or screen, is searched for what all secrets begin with.
    private static readonly byte[] Needle = Encoding.UTF8.GetBytes(Revision.SecretPrefix);

    /// <summary>Checks everything, and brings the stack to where the killed command was to bring it.</summary>
    /// <param name="victim">The command that was killed.</param>
    /// <param name="revision">Its program.</param>
    public async Task CheckAsync(Victim victim, Revision revision)
    {
        StateCheck.OfCheckpoint(site.CheckpointFile); // What a tool sees that knows nothing of journals.
        tally.Add(File.Exists(site.JournalFile) ? "kills that left a journal" : "kills that left no journal");
        var export = StateCheck.OfExport((await site.SucceedAsync(["stack", "export", "--stack", "dev"])).Out);
        var orphans = CompareWithCloud(export);
        if (site.Locks.Count > 0)
        {
            await ExpectLockedAsync(victim, revision);
            Search((await site.SucceedAsync(["cancel", "--yes", "--stack", "dev"])).Shown, "the output of cancel");
            Require(site.Locks.Count == 0 && !File.Exists(site.JournalFile), "cancel left a lock or the journal behind");
            Require(StateCheck.OfCheckpoint(site.CheckpointFile).Pending.SequenceEqual(export.Pending), "cancel changed what is noted as pending");
        }

        await ConvergeAsync(victim, revision, export);
        await CleanUpAsync(orphans);
        Require(site.Leftovers.Count == 0, $"unfinished files are left: {string.Join(", ", site.Leftovers)}");
    }

    /// <summary>Whether a state and the cloud are as a program wants them.</summary>
    public void CheckEnd(string command, Revision revision, IReadOnlyCollection<string> orphans)
    {
        var state = StateCheck.OfCheckpoint(site.CheckpointFile);
        var objects = site.Cloud.Objects.Where(item => !orphans.Contains(item.Key)).ToDictionary();
        var missing = state.Objects.Select(item => item.Id).Except(objects.Keys).ToArray();
        Require(missing.Length == 0, $"in the state but not in the cloud: {string.Join(", ", missing)}");
        var forgotten = objects.Keys.Except(state.Objects.Select(item => item.Id)).ToArray();
        Require(forgotten.Length == 0, $"in the cloud but not in the state: {string.Join(", ", forgotten)}");
        var twice = state.Objects.GroupBy(item => item.Id).Where(group => group.Count() > 1).ToArray();
        Require(twice.Length == 0, $"two resources for one object: {string.Join(", ", twice.Select(group => group.Key))}");
        var actual = state.Objects.Select(item => Revision.Describe(item.Type, item.Name, objects[item.Id].Size, objects[item.Id].Zone)).Order(StringComparer.Ordinal);
        var expected = command == "destroy" ? [] : revision.Expected;
        Require(actual.SequenceEqual(expected), $"the cloud is not as the program says: {string.Join(", ", actual.Except(expected).Concat(expected.Except(actual)))}");
        Require(!File.Exists(site.JournalFile) && site.Locks.Count == 0, "a journal or a lock is left");
        Require(state.Pending.All(item => item.Kind == "creating"), "operations other than creates are still noted as pending");
    }

    /// <summary>Searches a text for secrets.</summary>
    public void Search(string text, string where)
    {
        tally.Add("characters of output searched for secrets", text.Length);
        Require(!text.Contains(Revision.SecretPrefix, StringComparison.Ordinal), $"a secret is in {where}");
    }

    /// <summary>Searches all files but the cloud's for secrets.</summary>
    public void SearchFiles()
    {
        var files = new DirectoryInfo(site.Home).EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 });
        foreach (var file in files)
        {
            var content = File.ReadAllBytes(file.FullName);
            tally.Add("files searched for secrets");
            Require(content.AsSpan().IndexOf(Needle) < 0, $"a secret is in {file.FullName}");
        }
    }

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new CheckException(message);
        }
    }

    // Whatever differs between state and cloud must be noted as under way: else nobody would ever look for it.
    private HashSet<string> CompareWithCloud(StateCheck state)
    {
        var objects = site.Cloud.Objects;
        var known = state.Objects.Select(item => item.Id).ToHashSet();
        var unknown = objects.Values.Where(item => !known.Contains(item.Id)).ToArray();
        foreach (var item in unknown)
        {
            Require(
                state.Pending.Any(pending => pending.Kind == "creating" && pending.Urn == item.Owner),
                $"{item.Id} was made, and the state neither has it nor says that it was being created");
        }

        foreach (var item in state.Objects.Where(item => !objects.ContainsKey(item.Id) && !item.IsPendingReplacement))
        {
            Require(
                state.Pending.Any(pending => pending.Kind == "deleting" && pending.Urn == item.Urn),
                $"{item.Id} is gone, and the state neither knows nor says that it was being deleted");
        }

        tally.Add("objects made that only a pending create tells of", unknown.Length);
        foreach (var pending in state.Pending)
        {
            tally.Add($"pending operations found: {pending.Kind}");
        }

        // Only what the cloud itself names can be made twice; all else is found by its name.
        return [.. unknown.Where(item => item.Id.StartsWith("Server~", StringComparison.Ordinal)).Select(item => item.Id)];
    }

    private async Task ExpectLockedAsync(Victim victim, Revision revision)
    {
        var outcome = await site.RunAsync(victim.Arguments, revision, new Random(0), 0, () => { }, null);
        Require(
            outcome.ExitCode != 0 && outcome.Error.Contains("the stack is currently locked by 1 lock(s)", StringComparison.Ordinal),
            $"a second command on a locked stack gave exit code {outcome.ExitCode}: {outcome.Error}");
        tally.Add("commands refused because of the lock");
    }

    private async Task ConvergeAsync(Victim victim, Revision revision, StateCheck before)
    {
        var outcome = await site.RunAsync(victim.Arguments, revision, new Random(victim.Seed), 0, () => { }, null);
        Search(outcome.Shown, "the output of the next command");
        Require(outcome.ExitCode == 0, $"the next {victim.Command} failed:\n{outcome.Error}{outcome.Out}");
        tally.Add($"next {victim.Command}s that succeeded");
        if (before.Pending.Count == 0 || victim.Command == "refresh")
        {
            return;
        }

        var warning = outcome.Messages("warning").FirstOrDefault(text => text.Contains("pending operations from previous deployment", StringComparison.Ordinal));
        Require(warning is not null, "the next command did not warn of pending operations");
        Require(
            warning!.Contains(string.Create(CultureInfo.InvariantCulture, $"with {before.Pending.Count} pending operations"), StringComparison.Ordinal)
            && before.Pending.All(item => warning.Contains($"{item.Urn}, interrupted while {item.Kind}", StringComparison.Ordinal)),
            $"the warning does not tell of all pending operations:\n{warning}");
        tally.Add("warnings that tell of all pending operations");
    }

    // What a person does who was told: looks for what was being created, and deletes it or imports it.
    private async Task CleanUpAsync(HashSet<string> orphans)
    {
        foreach (var id in orphans)
        {
            tally.Add("reported creates of objects that only the cloud could name, deleted by hand");
            site.Cloud.Delete(id);
        }

        if (StateCheck.OfCheckpoint(site.CheckpointFile).Pending.Count > 0)
        {
            await site.SucceedAsync(["refresh", "--stack", "dev", "--yes", "--skip-preview", "--clear-pending-creates"]);
            Require(StateCheck.OfCheckpoint(site.CheckpointFile).Pending.Count == 0, "refresh did not clear the pending creates");
        }
    }
}
