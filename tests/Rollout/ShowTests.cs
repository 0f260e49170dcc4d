using FogInfra.Model;
using FogInfra.Rollout.Planning;
using FogInfra.Rollout.Running;
using FogInfra.Rollout.Show;

namespace FogInfra.Tests;

/// <summary>What people and programs get to read, as approved texts.</summary>
public sealed class ShowTests
{
    private readonly StringWriter _text = new();
    private readonly Fleet _fleet = TestFleets.Example();
    private readonly FakeStacks _stacks = new();

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

    private void Write(RolloutPlan plan) => PlanText.Write(Consoles.For(_text, redirected: true), plan, PlanEstimate.Of(plan, new UpdateTimes()));

    private Task<RolloutReport> RunPlainly(RolloutPlan plan) =>
        new RolloutRunner(new RolloutSurroundings
        {
            Driver = _stacks,
            Observer = new PlainRolloutDisplay(Consoles.For(_text, redirected: true)),
            Time = new StandingClock(),
        }).RunAsync(plan, Cancellation);

    // Every duration is 0, so that texts do not depend on the machine.
    private sealed class StandingClock : TimeProvider
    {
        public override long GetTimestamp() => 0;
    }
}
