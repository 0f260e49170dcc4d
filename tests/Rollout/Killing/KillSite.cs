using FogInfra.Model;
using FogInfra.Rollout.Journal;
using FogInfra.Rollout.Planning;
using FogInfra.Rollout.Running;

namespace FogInfra.Tests.Killing;

/// <summary>A rollout over twelve clusters in three rings, in a folder of its own: its journal, its clusters.</summary>
internal sealed class KillSite(string folder, TimeSpan delay)
{
    public static RolloutPlan Plan { get; } = SketchedFleet.Of(
        "core: c1=cloud, f1=fog/c1, f2=fog/c1; pilot: e1=edge/f1, e2=edge/f2; rest: e3=edge/f1, e4=edge/f1, e5=edge/f1, e6=edge/f2, e7=edge/f2, e8=edge/f2, e9=edge/f2",
        new RolloutPolicy { MaxConcurrent = new Amount.Count(3) },
        ring => ring with { Checks = [new OutputCheck("healthy", Comparison.Is, "true")] }).Plan();

    public static IReadOnlyList<string> Names { get; } = [.. Plan.Steps.Select(step => step.Cluster.Name)];

    public string Journals { get; } = Path.Combine(folder, "rollouts");

    public CountingClusters Clusters { get; } = new(folder, delay);

    public RolloutFolder Rollout => Assert.Single(RolloutFolder.List(Journals));

    public async Task<RolloutReport> RunAsync(Func<IRolloutJournal, IRolloutJournal> through, CancellationToken cancellationToken)
    {
        await using var journal = RolloutJournal.Open(Journals, TimeProvider.System);
        return await Runner(through(journal)).RunAsync(Plan, cancellationToken);
    }

    public async Task<RolloutReport> ResumeAsync(bool force, CancellationToken cancellationToken)
    {
        var (journal, rollout) = RolloutJournal.TakeOver(Rollout, TimeProvider.System, force);
        await using var closing = journal;
        return await Runner(journal).ResumeAsync(rollout.Entries, "the test", null, cancellationToken);
    }

    /// <summary>What holds at the end, however often and wherever the rollout was killed.</summary>
    /// <param name="before">What its journal had when it was killed.</param>
    /// <param name="report">How it ended.</param>
    public void Check(IReadOnlyList<RolloutEntry> before, RolloutReport report)
    {
        Assert.Equal(RolloutOutcome.Succeeded, report.Outcome);
        Assert.All(report.Stacks, stack => Assert.Equal(StackOutcome.Changed, stack.Outcome));
        var begun = before.Select(entry => entry.Event).OfType<RolloutEvent.StackStarted>().Select(started => started.Stack.Cluster).ToHashSet();
        var done = before.Select(entry => entry.Event).OfType<RolloutEvent.StackFinished>().Select(finished => finished.Stack.Cluster).ToHashSet();
        foreach (var cluster in Names)
        {
            Assert.Equal(["2"], Clusters.ChangesOf(cluster));
            Assert.InRange(Clusters.AskedOf(cluster), 1, begun.Contains(cluster) && !done.Contains(cluster) ? 2 : 1);
        }

        var content = Rollout.Read().Content;
        Assert.Null(content.Fault);
        Assert.False(content.Torn);
        Assert.IsType<RolloutEvent.Finished>(content.Entries[^1].Event);
    }

    private RolloutRunner Runner(IRolloutJournal journal) =>
        new(new RolloutSurroundings { Driver = Clusters, Journal = journal, Time = TimeProvider.System });
}
