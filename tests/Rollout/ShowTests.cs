using System.Collections.Immutable;
using FogInfra.Model;
using FogInfra.Rollout.Planning;
using FogInfra.Rollout.Running;
using FogInfra.Rollout.Show;
using Microsoft.Extensions.Time.Testing;

namespace FogInfra.Tests;

/// <summary>What people and programs get to read, as approved texts.</summary>
public sealed class ShowTests
{
    private readonly StringWriter _text = new();
    private readonly Fleet _fleet = TestFleets.Example();
    private readonly FakeStacks _stacks = new();

    // Stands still, so that texts do not depend on the machine.
    private readonly FakeTimeProvider _clock = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Plan_FirstRollout()
    {
        Write(_fleet.PlanFrom());

        Approved.Equal("plan-first", _text.ToString());
    }

    [Fact]
    public void Plan_OneVersion()
    {
        Write(_fleet.WithVersion("web", "2.0.0").PlanFrom(_fleet.AllDeployed()));

        Approved.Equal("plan-one-version", _text.ToString());
    }

    [Fact]
    public void Plan_AsJson()
    {
        var plan = _fleet.WithVersion("web", "2.0.0").PlanFrom(_fleet.AllDeployed());
        var json = ReportJson.Of(plan, PlanEstimate.Of(plan, new UpdateTimes()));

        Approved.Equal("plan-json", json.ToJsonString(ReportJson.Options));
    }

    [Fact]
    public async Task Rollout_Succeeds()
    {
        var report = await RunPlainly(_fleet.PlanFrom());
        Summary.Write(Consoles.For(_text, redirected: true), report);

        Approved.Equal("rollout-succeeds", _text.ToString());
    }

    [Fact]
    public async Task Rollout_Fails_AndIsPutBack()
    {
        _stacks.Fails = workload => workload.Cluster == "edge-1" && workload.Versions()["web"] == "bad"
            ? new StackFailure("web", "pod web-1, container web: ImagePullBackOff: Back-off pulling image \"shop/web:bad\"")
            : null;
        foreach (var (stack, workload) in _fleet.AllDeployed())
        {
            _stacks.Deployed[stack] = workload;
        }

        var report = await RunPlainly(_fleet.WithVersion("web", "bad").PlanFrom(_stacks.Deployed));
        Summary.Write(Consoles.For(_text, redirected: true), report);

        Approved.Equal("rollout-fails", _text.ToString());
    }

    [Fact]
    public async Task Rollout_AsJson()
    {
        var report = await RunPlainly(_fleet.PlanFrom());

        Approved.Equal("rollout-json", ReportJson.Of(report).ToJsonString(ReportJson.Options));
    }

    [Fact]
    public async Task Rollout_UpdateTakesLong_LogSaysWhatItWaitsFor_EverLessOften()
    {
        var plan = _fleet.PlanFrom();
        var stack = plan.Steps.First().Stack;
        RolloutEvent[] before = [new RolloutEvent.Started(plan), new RolloutEvent.RingStarted(plan.Rings[0].Name), new RolloutEvent.StackStarted(stack, 1)];
        var state = RolloutState.Fold(before.Select(@event => new RolloutEntry(default, @event)))!;

        var done = new StackResult { Changes = ImmutableSortedDictionary<string, int>.Empty };

        await PlainRolloutDisplay.ShowAsync(Consoles.For(_text, redirected: true), _clock, async display =>
        {
            await display.OnAsync(state, new RolloutEvent.StackStarted(stack, 1), Cancellation);
            display.OnActivity(stack, "orders: 0 of 3 pods are ready");
            PassSeconds(180);
            await display.OnAsync(state, new RolloutEvent.StackFinished(stack, done, TimeSpan.FromMinutes(3)), Cancellation);
            PassSeconds(180);
            return state;
        });

        var waiting = _text.ToString().Split('\n').Where(line => line.Contains("so far", StringComparison.Ordinal));
        Assert.Equal(
            [.. from seconds in new[] { 30, 60, 120 } select $"  {EventText.Name(stack)}: {seconds} s so far, orders: 0 of 3 pods are ready"], waiting);
    }

    private void Write(RolloutPlan plan) => PlanText.Write(Consoles.For(_text, redirected: true), plan, PlanEstimate.Of(plan, new UpdateTimes()));

    private void PassSeconds(int seconds)
    {
        for (var second = 0; second < seconds; second++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
        }
    }

    private Task<RolloutReport> RunPlainly(RolloutPlan plan) =>
        PlainRolloutDisplay.ShowAsync(Consoles.For(_text, redirected: true), _clock, display =>
            new RolloutRunner(new RolloutSurroundings { Driver = _stacks, Observer = display, Time = _clock }).RunAsync(plan, Cancellation));
}
