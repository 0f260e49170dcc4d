using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using FogInfra.Model;
using FogInfra.Rollout.Gates;
using FogInfra.Rollout.Planning;
using FogInfra.Rollout.Running;

namespace FogInfra.Tests;

/// <summary>What the runner does to the world around it, and what that does to the runner.</summary>
public sealed class RolloutRunnerEffectsTests
{
    private readonly FakeStacks _stacks = new();
    private readonly ListJournal _journal = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_EachStep_IsOnRecordBeforeItIsTaken()
    {
        _stacks.Delay = stack =>
        {
            Assert.Contains(_journal.Entries, entry => entry.Event is RolloutEvent.StackStarted started && started.Stack == stack);
            return Task.CompletedTask;
        };

        var report = await Run(SketchedFleet.Of("one: e1=edge; two: e2=edge").Plan());

        Assert.Equal(RolloutOutcome.Succeeded, report.Outcome);
        Assert.Equal(RolloutState.Fold(_journal.Entries)!.Outcome, report.Outcome);
    }

    [Fact]
    public async Task Run_RecordCannotBeWritten_TouchesNothingMore()
    {
        _journal.FailsAt = entry => entry.Event is RolloutEvent.StackStarted { Stack.Cluster: "e2" };

        await Assert.ThrowsAsync<IOException>(() => Run(SketchedFleet.Of("one: e1=edge; two: e2=edge; three: e3=edge").Plan()));

        Assert.Equal(["up e1 web=2"], _stacks.Operations);
    }

    [Fact]
    public async Task Resume_FromEveryEntry_TakesEachFinishedStepOnce()
    {
        var plan = SketchedFleet.Of("one: c1=cloud, f1=fog/c1; two: e1=edge/f1, e2=edge/f1").Plan();
        await Run(plan);
        var whole = _journal.Entries.ToList();

        for (var length = 1; length < whole.Count; length++)
        {
            var done = whole.Take(length).Select(entry => entry.Event).OfType<RolloutEvent.StackFinished>().Select(finished => finished.Stack.Cluster).ToHashSet();
            var stacks = new FakeStacks();
            var report = await new RolloutRunner(new RolloutSurroundings { Driver = stacks, Time = TimeProvider.System }).ResumeAsync([.. whole.Take(length)], "another", null, Cancellation);

            Assert.Equal(RolloutOutcome.Succeeded, report.Outcome);
            Assert.Equal(
                plan.Steps.Select(step => step.Cluster.Name).Where(cluster => !done.Contains(cluster)).Order(),
                stacks.Operations.Select(operation => operation.Split(' ')[1]).Order());
        }
    }

    [Fact]
    public async Task Resume_RecordWithoutAStart_IsRefused()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Runner().ResumeAsync([], "me", null, Cancellation));
    }

    [Fact]
    public async Task Run_UpdateTakesTooLong_IsCancelled_AndHasFailed()
    {
        var fleet = SketchedFleet.Of("one: e1=edge", new RolloutPolicy { ClusterTimeLimit = TimeSpan.FromMilliseconds(50), OnFailure = FailureAction.Hold });
        var driver = new EndlessStacks();

        var report = await new RolloutRunner(new RolloutSurroundings { Driver = driver, Time = TimeProvider.System }).RunAsync(fleet.Plan(), Cancellation);

        Assert.True(driver.Cancelled);
        Assert.Equal(RolloutOutcome.Held, report.Outcome);
        Assert.Equal("it took longer than its time limit", Assert.Single(report.Failures).Reason);
    }

    [Fact]
    public async Task Run_DriverBreaks_IsAFailureLikeAnyOther()
    {
        _stacks.Delay = _ => throw new InvalidOperationException("no such plugin");

        var report = await Run(SketchedFleet.Of("one: e1=edge", new RolloutPolicy { OnFailure = FailureAction.Hold }).Plan());

        Assert.Equal("no such plugin", Assert.Single(report.Failures).Reason);
    }

    [Fact]
    public async Task Run_CommandsFromOutside_AreOnRecord_AndFollowed()
    {
        var asked = new TaskCompletionSource();
        var inbox = new FakeInbox(asked.Task, new RolloutEvent.Commanded(new OperatorCommand.Approve("anna", "go")));
        var fleet = SketchedFleet.Of("one: e1=edge", ring: ring => ring with { Gates = [new Gate.Approval()] });
        _journal.Appended = entry =>
        {
            if (entry.Event is RolloutEvent.ApprovalAsked)
            {
                asked.SetResult();
            }
        };

        var report = await Runner([inbox]).RunAsync(fleet.Plan(), Cancellation);

        Assert.Equal(RolloutOutcome.Succeeded, report.Outcome);
        Assert.Contains(_journal.Entries, entry => entry.Event is RolloutEvent.Commanded { Command.By: "anna" });
    }

    [Fact]
    public async Task Run_OfflineClusterReturns_CatchesUp()
    {
        var policy = new RolloutPolicy { Quorum = new Amount.Count(0), Retry = new RetryPolicy { Attempts = 1 } };
        var fleet = SketchedFleet.Of("one: e1=edge; two: e2=edge", policy);
        var returned = new TaskCompletionSource();
        _stacks.Unreachable.Add("e1");
        _stacks.Delay = async stack =>
        {
            if (stack.Cluster == "e2")
            {
                _stacks.Unreachable.Clear();
                await returned.Task;
            }
        };
        _journal.Appended = entry =>
        {
            if (entry.Event is RolloutEvent.ClusterReturned)
            {
                returned.TrySetResult();
            }
        };

        var report = await Runner([new ReturningClusters(new StacksProbe(_stacks), TimeProvider.System, TimeSpan.FromMilliseconds(5))]).RunAsync(fleet.Plan(), Cancellation);

        Assert.Equal(["e2 Changed", "e1 Changed"], report.Stacks.Select(stack => $"{stack.Step.Cluster.Name} {stack.Outcome}"));
    }

    [Fact]
    public async Task Run_NobodyKnowsWhereToLook_IsUndecidedAndSaysSo()
    {
        var gate = new Gate.Output(new OutputCheck("healthy", Comparison.Is, "true")) { Interval = TimeSpan.FromMilliseconds(5), Limit = TimeSpan.FromMilliseconds(40) };
        var fleet = SketchedFleet.Of("one: e1=edge", new RolloutPolicy { OnFailure = FailureAction.Hold }, ring => ring with { Gates = [gate] });

        var report = await new RolloutRunner(new RolloutSurroundings { Driver = _stacks, Sources = [], Time = TimeProvider.System }).RunAsync(fleet.Plan(), Cancellation);

        Assert.Contains("nobody here knows where to look for it", Assert.Single(report.Failures).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_SourceBreaks_IsUndecidedAndSaysWhy()
    {
        var gate = new Gate.Output(new OutputCheck("healthy", Comparison.Is, "true")) { Interval = TimeSpan.FromMilliseconds(5), Limit = TimeSpan.FromMilliseconds(40) };
        var fleet = SketchedFleet.Of("one: e1=edge", new RolloutPolicy { OnFailure = FailureAction.Hold }, ring => ring with { Gates = [gate] });

        var report = await new RolloutRunner(new RolloutSurroundings { Driver = _stacks, Sources = [new BrokenSource()], Time = TimeProvider.System }).RunAsync(fleet.Plan(), Cancellation);

        Assert.Contains("the server says no", Assert.Single(report.Failures).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_PreStage_PreparesBeforeTheFirstUpdate()
    {
        await Run(SketchedFleet.Of("one: f1=fog, e1=edge", ring: ring => ring with { PreStage = true }).Plan());

        Assert.Equal(["stage f1", "stage e1", "up f1 web=2", "up e1 web=2"], _stacks.Operations);
    }

    private Task<RolloutReport> Run(RolloutPlan plan) => Runner().RunAsync(plan, Cancellation);

    private RolloutRunner Runner(ImmutableArray<IRolloutInbox>? inboxes = null) =>
        new(new RolloutSurroundings { Driver = _stacks, Journal = _journal, Inboxes = inboxes ?? [], Time = TimeProvider.System });

    private sealed class ListJournal : IRolloutJournal
    {
        public List<RolloutEntry> Entries { get; } = [];

        public Func<RolloutEntry, bool> FailsAt { get; set; } = _ => false;

        public Action<RolloutEntry> Appended { get; set; } = _ => { };

        public ValueTask AppendAsync(RolloutEntry entry, CancellationToken cancellationToken)
        {
            if (FailsAt(entry))
            {
                throw new IOException("the disk is full");
            }

            Entries.Add(entry);
            Appended(entry);
            return ValueTask.CompletedTask;
        }
    }

    private sealed class FakeInbox(Task when, RolloutEvent @event) : IRolloutInbox
    {
        public async IAsyncEnumerable<RolloutEvent> ReadAsync(Func<RolloutState> state, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await when.WaitAsync(cancellationToken);
            yield return @event;
        }
    }

    private sealed class StacksProbe(FakeStacks stacks) : IClusterProbe
    {
        public Task<string?> UnreachableBecauseAsync(Cluster cluster, CancellationToken cancellationToken) =>
            Task.FromResult(stacks.Unreachable.Contains(cluster.Name) ? "no route to host" : null);
    }

    private sealed class BrokenSource : IEvidenceSource
    {
        public bool Handles(Gate gate) => true;

        public Task<ImmutableArray<Evidence>> CollectAsync(EvidenceRequest request, CancellationToken cancellationToken) =>
            throw new HttpRequestException("the server says no");
    }

    private sealed class EndlessStacks : IStackDriver
    {
        public bool Cancelled { get; private set; }

        public Task<ClusterWorkload?> ReadAsync(StackId stack, CancellationToken cancellationToken) => Task.FromResult<ClusterWorkload?>(null);

        public Task<ImmutableArray<StackFailure>> PreStageAsync(StackId stack, Cluster cluster, ClusterWorkload workload, CancellationToken cancellationToken) =>
            Task.FromResult(ImmutableArray<StackFailure>.Empty);

        public async Task<StackResult> UpAsync(
            StackId stack, Cluster cluster, ClusterWorkload workload, IProgress<string> activity, CancellationToken cancellationToken)
        {
            try
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
            finally
            {
                Cancelled = true;
            }

            throw new InvalidOperationException("It never ends.");
        }

        public Task<StackResult> DestroyAsync(StackId stack, IProgress<string> activity, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
