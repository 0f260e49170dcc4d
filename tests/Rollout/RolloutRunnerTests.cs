using FogInfra.Model;
using FogInfra.Rollout.Planning;
using FogInfra.Rollout.Running;

namespace FogInfra.Tests;

public sealed class RolloutRunnerTests
{
    private readonly Fleet _fleet = TestFleets.Example();
    private readonly FakeStacks _stacks = new();
    private readonly RecordingObserver _observer = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_FirstRollout_TakesEveryClusterInOrder()
    {
        var report = await Run(_fleet.PlanFrom());

        Assert.Equal(RolloutOutcome.Succeeded, report.Outcome);
        Assert.Equal(
            [
                "up cloud-1 inventory=1.0.0,orders=1.0.0",
                "up fog-1 inventory=1.0.0,web=1.0.0",
                "up edge-1 web=1.0.0",
                "up edge-2 web=1.0.0",
                "up edge-3 web=1.0.0",
            ],
            _stacks.Operations);
        Assert.All(report.Stacks, stack => Assert.Equal(StackOutcome.Changed, stack.Outcome));
    }

    [Fact]
    public async Task Run_NothingToChange_SaysSo()
    {
        await Run(_fleet.PlanFrom());

        var report = await Run(_fleet.PlanFrom(_stacks.Deployed));

        Assert.Equal(RolloutOutcome.NoChanges, report.Outcome);
        Assert.True(report.Succeeded);
    }

    [Fact]
    public async Task Run_StackFails_PutsBackWhatChangedAndNeverTouchesLaterRings()
    {
        await Run(_fleet.PlanFrom());
        var before = _stacks.Deployed.ToDictionary();
        var done = _stacks.Operations.Count;
        _stacks.Fails = workload => workload.Cluster == "edge-1" && workload.Versions()["web"] == "bad" ? new StackFailure("web", "ImagePullBackOff") : null;

        var report = await Run(_fleet.WithVersion("web", "bad").PlanFrom(_stacks.Deployed));

        Assert.Equal(RolloutOutcome.RolledBack, report.Outcome);
        Assert.Equal("ring pilot, cluster edge-1, service web: ImagePullBackOff", Assert.Single(report.Failures).ToString());
        Assert.Equal(
            [
                "up cloud-1 inventory=1.0.0,orders=1.0.0", // Looked at, and found as wanted.
                "up fog-1 inventory=1.0.0,web=bad",
                "up edge-1 web=bad",
                "up edge-1 web=1.0.0",
                "up fog-1 inventory=1.0.0,web=1.0.0",
            ],
            _stacks.Operations.Skip(done));
        Assert.Equal(before.ToDictionary(pair => pair.Key, pair => WorkloadJson.Write(pair.Value)), _stacks.Deployed.ToDictionary(pair => pair.Key, pair => WorkloadJson.Write(pair.Value)));
        Assert.Equal(
            [StackOutcome.Unchanged, StackOutcome.RolledBack, StackOutcome.RolledBack, StackOutcome.NotReached, StackOutcome.NotReached],
            report.Stacks.Select(stack => stack.Outcome));
    }

    [Fact]
    public async Task Run_FirstRolloutFails_TakesAwayWhatItMade()
    {
        _stacks.Fails = workload => workload.Cluster == "fog-1" ? new StackFailure("web", "no") : null;

        var report = await Run(_fleet.PlanFrom());

        Assert.Equal(RolloutOutcome.RolledBack, report.Outcome);
        Assert.Equal(["destroy fog-1", "destroy cloud-1"], _stacks.Operations.Skip(2));
        Assert.Empty(_stacks.Deployed);
    }

    [Fact]
    public async Task Run_CheckFails_StopsBeforeTheNextRing()
    {
        var rings = _fleet.Rings.SetItem(0, new Ring("core", [new OutputCheck("services.*.readyReplicas", Comparison.AtLeast, "3")]));

        var report = await Run((_fleet with { Rings = rings }).PlanFrom());

        Assert.Equal(
            "ring core, cluster cloud-1: the check 'services.*.readyReplicas atLeast 3' does not hold: services.inventory.readyReplicas = 2",
            Assert.Single(report.Failures).ToString());
        Assert.Equal(["up cloud-1 inventory=1.0.0,orders=1.0.0", "destroy cloud-1"], _stacks.Operations);
    }

    [Fact]
    public async Task Run_FailsUnderHold_LeavesEverythingAsItIs()
    {
        _stacks.Fails = workload => workload.Cluster == "fog-1" ? new StackFailure(null, "no") : null;

        var report = await Run((_fleet with { Policy = new RolloutPolicy { OnFailure = FailureAction.Hold } }).PlanFrom());

        Assert.Equal(RolloutOutcome.Held, report.Outcome);
        Assert.Equal([new StackId("shop", "cloud-1")], _stacks.Deployed.Keys);
    }

    [Fact]
    public async Task Run_RollbackFails_IsReportedByStack()
    {
        await Run(_fleet.PlanFrom());
        _stacks.Fails = workload => workload.Cluster == "fog-1" ? new StackFailure(null, "gone") : null;

        var report = await Run(_fleet.WithVersion("web", "2.0.0").PlanFrom(_stacks.Deployed));

        Assert.Equal(RolloutOutcome.RollbackFailed, report.Outcome);
        Assert.Equal(StackOutcome.RollbackFailed, report.Stacks.Single(stack => stack.Step.Cluster.Name == "fog-1").Outcome);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(100, 2)]
    public async Task Run_Wave_NeverUpdatesMoreThanThePolicyAllows(int limit, int expected)
    {
        var together = new TaskCompletionSource();
        _stacks.Delay = stack =>
        {
            // The two edge clusters of the last ring wait for each other, if they may run together.
            if (_stacks.MostAtOnce == expected && stack.Cluster is "edge-2" or "edge-3")
            {
                together.TrySetResult();
            }

            return stack.Cluster is "edge-2" or "edge-3" ? together.Task : Task.CompletedTask;
        };
        var fleet = _fleet with { Policy = new RolloutPolicy { MaxConcurrent = new Amount.Count(limit) } };

        await Run(fleet.PlanFrom());

        Assert.Equal(expected, _stacks.MostAtOnce);
    }

    [Fact]
    public async Task Run_WaveWithAFailure_AwaitsWhatRunsAndStartsNothingMore()
    {
        var fleet = _fleet with { Policy = new RolloutPolicy { MaxConcurrent = new Amount.Count(1) } };
        _stacks.Fails = workload => workload.Cluster == "edge-2" ? new StackFailure(null, "no") : null;

        var report = await Run(fleet.PlanFrom());

        Assert.Equal(StackOutcome.NotReached, report.Stacks.Single(stack => stack.Step.Cluster.Name == "edge-3").Outcome);
        Assert.DoesNotContain(_stacks.Operations, operation => operation.Contains("edge-3", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_Cancelled_EndsWithoutPuttingAnythingBack()
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        _stacks.Delay = stack => stack.Cluster == "fog-1" ? cancellation.CancelAsync() : Task.CompletedTask;

        var report = await Runner().RunAsync(_fleet.PlanFrom(), cancellation.Token);

        Assert.Equal(RolloutOutcome.Cancelled, report.Outcome);
        Assert.Equal(StackOutcome.Interrupted, report.Stacks.Single(stack => stack.Step.Cluster.Name == "fog-1").Outcome);
        Assert.Equal([new StackId("shop", "cloud-1")], _stacks.Deployed.Keys);
    }

    [Fact]
    public async Task Run_TellsOfEachStepBeforeItIsTaken()
    {
        await Run(_fleet.PlanFrom());

        var told = _observer.Events.Select(told => told.GetType().Name).ToList();
        Assert.Equal(nameof(RolloutEvent.Started), told[0]);
        Assert.Equal(nameof(RolloutEvent.Finished), told[^1]);
        Assert.Equal(3, told.Count(name => name == nameof(RolloutEvent.RingPassed)));
        foreach (var finished in _observer.Events.OfType<RolloutEvent.StackFinished>())
        {
            var started = _observer.Events.OfType<RolloutEvent.StackStarted>().Single(other => other.Stack == finished.Stack);
            Assert.True(_observer.Events.ToList().IndexOf(started) < _observer.Events.ToList().IndexOf(finished));
        }
    }

    private Task<RolloutReport> Run(RolloutPlan plan) => Runner().RunAsync(plan, Cancellation);

    private RolloutRunner Runner() => new(new RolloutSurroundings { Driver = _stacks, Observer = _observer, Time = TimeProvider.System });
}
