using FogInfra.Model;
using FogInfra.Rollout.Running;
using FogInfra.Rollout.Simulation;

namespace FogInfra.Tests;

/// <summary>What <c>fog simulate</c> finds.</summary>
public sealed class SimulationTests
{
    private static readonly string Sketch =
        $"one: c1=cloud, f1=fog/c1; two: {string.Join(", ", Enumerable.Range(0, 10).Select(number => $"a{number}=edge/f1"))}; three: {string.Join(", ", Enumerable.Range(0, 40).Select(number => $"b{number}=edge/f1"))}";

    [Fact]
    public void Run_NoFaults_TellsRingsExposureAndDuration()
    {
        var simulation = RolloutSimulation.Run(
            SketchedFleet.Of(Sketch, new RolloutPolicy { MaxConcurrent = new Amount.Percent(50) }).Plan(),
            new FleetModel { Seed = 1, UpdateTime = TimeSpan.FromSeconds(10), Jitter = 0 });

        Assert.Equal(
            [
                new SimulatedRing("one", TimeSpan.Zero, TimeSpan.FromSeconds(20), 2, 2),
                new SimulatedRing("two", TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(40), 10, 10),
                new SimulatedRing("three", TimeSpan.FromSeconds(40), TimeSpan.FromSeconds(60), 40, 40),
            ],
            simulation.Rings);
        Assert.Equal(RolloutOutcome.Succeeded, simulation.Report.Outcome);
        Assert.Equal(40, simulation.MostExposed);
        Assert.Equal(0, simulation.Exposure[^1].Clusters);
    }

    [Fact]
    public void Run_SameSeed_IsTheSameToTheLastEvent()
    {
        var plan = SketchedFleet.Of(Sketch).Plan();
        var model = new FleetModel { Seed = 4, Offline = 0.2, Failing = 0.1, Flaky = 0.2 };

        var (one, other) = (RolloutSimulation.Run(plan, model), RolloutSimulation.Run(plan, model));

        Assert.Equal((one.Events, one.Report.Duration, one.Report.Outcome), (other.Events, other.Report.Duration, other.Report.Outcome));
        Assert.Equal(one.Exposure, other.Exposure);
    }

    [Fact]
    public void Run_FailsInARing_StopsThere_AndTheBlastRadiusIsThatOfTheRings()
    {
        var simulation = RolloutSimulation.Run(SketchedFleet.Of(Sketch).Plan(), new FleetModel { Seed = 2, Failing = 1, FailingRing = "two" });

        Assert.Equal(RolloutOutcome.RolledBack, simulation.Report.Outcome);
        Assert.Null(simulation.Rings[^1].Passed);
        Assert.Equal("two", simulation.Rings[^1].Ring);
        Assert.Equal(10, simulation.MostExposed);
        Assert.Equal(0, simulation.Exposure[^1].Clusters);
    }

    [Fact]
    public void Run_RingOfAHundredWithFifteenOffline_Ends_AndThoseThatReturnCatchUp()
    {
        var sketch = $"all: {string.Join(", ", Enumerable.Range(0, 100).Select(number => $"e{number}=edge"))}; rest: {string.Join(", ", Enumerable.Range(0, 20).Select(number => $"r{number}=edge"))}";
        var policy = new RolloutPolicy { Quorum = new Amount.Percent(75), Retry = new RetryPolicy { Attempts = 2 }, MaxConcurrent = new Amount.Count(10) };

        var simulation = RolloutSimulation.Run(SketchedFleet.Of(sketch, policy).Plan(), new FleetModel { Seed = 3, Offline = 0.15, OfflineFor = TimeSpan.FromMinutes(6) });

        Assert.Equal(RolloutOutcome.Succeeded, simulation.Report.Outcome);
        Assert.All(simulation.Report.Stacks, stack => Assert.True(stack.Outcome is StackOutcome.Changed or StackOutcome.Deferred));
        Assert.Contains(simulation.Rings, ring => ring.Ring.StartsWith("catch-up/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(20)]
    [InlineData(60)]
    public void Run_ExposureBudget_IsNeverExceeded(int percent)
    {
        var policy = new RolloutPolicy { ExposureBudget = new Amount.Percent(percent) };

        var simulation = RolloutSimulation.Run(SketchedFleet.Of(Sketch, policy).Plan(), new FleetModel { Seed = percent, Flaky = 0.1 });

        Assert.InRange(simulation.MostExposedPercent, 1, percent);
    }
}
