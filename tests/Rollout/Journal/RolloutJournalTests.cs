using FogInfra.Model;
using FogInfra.Rollout.Journal;
using FogInfra.Rollout.Running;

namespace FogInfra.Tests;

public sealed class RolloutJournalTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fog-journal-").FullName;
    private readonly Fleet _fleet = TestFleets.Example();
    private readonly FakeStacks _stacks = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Journal_AnnouncesEachStackBeforeItIsTouched_WithWhatItHadBefore()
    {
        await RunAsync(_fleet);
        var seen = new List<string>();
        _stacks.Delay = stack =>
        {
            seen.Add(((RolloutEvent.StackStarted)Entries(Latest()).Last().Event).Stack.Cluster);
            return Task.CompletedTask;
        };

        await RunAsync(_fleet.WithVersion("web", "2.0.0"));

        Assert.Equal(["cloud-1", "fog-1", "edge-1", "edge-2", "edge-3"], seen);
        var planned = ((RolloutEvent.Started)Entries(Latest()).First().Event).Plan.Steps.Last();
        Assert.Equal(["1.0.0", "2.0.0"], new[] { planned.Deployed, planned.Wanted }.Select(workload => workload!.Versions()["web"]));
    }

    [Fact]
    public async Task ReadAll_ListsRolloutsLatestFirst()
    {
        await RunAsync(_fleet);
        _stacks.Fails = workload => workload.Cluster == "edge-1" ? new StackFailure("web", "no") : null;
        await RunAsync(_fleet.WithVersion("web", "2.0.0"));

        var rollouts = JournalFile.ReadAll(_folder);

        Assert.Equal([RolloutOutcome.RollbackFailed, RolloutOutcome.Succeeded], rollouts.Select(rollout => rollout.Report?.Outcome));
    }

    [Fact]
    public async Task ReadAll_TornLastLine_IsAnInterruptedRollout()
    {
        await RunAsync(_fleet);
        var lines = await File.ReadAllTextAsync(Latest(), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Latest(), lines[..^4], TestContext.Current.CancellationToken);

        var rollout = Assert.Single(JournalFile.ReadAll(_folder));

        Assert.Null(rollout.Report);
        Assert.NotNull(rollout.State);
        Assert.True(rollout.Content.Torn);
        Assert.Null(rollout.Content.Fault);
    }

    [Fact]
    public void ReadAll_NoFolder_IsEmpty()
    {
        Assert.Empty(JournalFile.ReadAll(Path.Combine(_folder, "nowhere")));
    }

    [Fact]
    public async Task KnownTimes_TakesTheLastGoodUpdateOfEachStack()
    {
        await RunAsync(_fleet);
        _stacks.Fails = workload => workload.Cluster == "edge-1" && workload.Versions()["web"] == "2.0.0" ? new StackFailure("web", "no") : null;
        await RunAsync(_fleet.WithVersion("web", "2.0.0"));

        var times = KnownTimes.Of(JournalFile.ReadAll(_folder));

        Assert.Equal(_fleet.Clusters.Select(cluster => cluster.Name).Order(), times.ByStack.Keys.Select(stack => stack.Cluster).Order());
        var failed = JournalFile.ReadAll(_folder)[0].Entries.Select(entry => entry.Event).OfType<RolloutEvent.StackFinished>().Single(finished => !finished.Result.Succeeded);
        Assert.NotEqual(failed.Duration, times.ByStack[failed.Stack]);
    }

    private async Task RunAsync(Fleet fleet)
    {
        await using var journal = RolloutJournal.Open(_folder, TimeProvider.System);
        await new RolloutRunner(new RolloutSurroundings { Driver = _stacks, Journal = journal, Time = TimeProvider.System })
            .RunAsync(fleet.PlanFrom(_stacks.Deployed), TestContext.Current.CancellationToken);
    }

    private string Latest() => RolloutFolder.List(_folder)[0].Journal;

    // The journal is open for writing; reading must not disturb it.
    private static IReadOnlyList<RolloutEntry> Entries(string file) => new RolloutFolder(Path.GetDirectoryName(file)!).Read().Entries;
}
