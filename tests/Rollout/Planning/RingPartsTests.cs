using System.Collections.Immutable;
using FogInfra.Model;
using FogInfra.Rollout.Planning;

namespace FogInfra.Tests;

/// <summary>The order that a plan pins.</summary>
public sealed class RingPartsTests
{
    [Fact]
    public void Plan_Canaries_GoFirst_WithWhatTheyHangOn()
    {
        var fleet = SketchedFleet.Of("one: f1=fog, f2=fog, e1=edge/f2, e2=edge/f1", new RolloutPolicy { Canaries = new Amount.Count(1) });

        Assert.Equal("one/canaries: f1 | one: f2 > e1, e2", fleet.Plan().Sketch());
    }

    [Fact]
    public void Plan_CanaryIsAnEdgeCluster_TakesItsParentsAlong()
    {
        var fleet = SketchedFleet.Of("one: f1=fog, f2=fog, e1=edge/f2, e2=edge/f1", new RolloutPolicy { Canaries = new Amount.Count(3) });

        Assert.Equal("one/canaries: f1, f2 > e1 | one: e2", fleet.Plan().Sketch());
    }

    [Fact]
    public void Plan_RingOfCanariesOnly_HasOnePart()
    {
        Assert.Equal("one: e1, e2", SketchedFleet.Of("one: e1=edge, e2=edge", new RolloutPolicy { Canaries = new Amount.Percent(100) }).Plan().Sketch());
    }

    [Fact]
    public void Plan_RingHasItsOwnCanaries_GoesBeforeThePolicy()
    {
        var fleet = SketchedFleet.Of(
            "one: e1=edge, e2=edge; two: e3=edge, e4=edge", new RolloutPolicy { Canaries = new Amount.Count(1) }, ring => ring.Name == "two" ? ring with { Canaries = new Amount.Count(2) } : ring);

        Assert.Equal("one/canaries: e1 | one: e2 | two: e3, e4", fleet.Plan().Sketch());
    }

    [Fact]
    public void Plan_UnchangedCluster_IsNoCanary()
    {
        var fleet = SketchedFleet.Of("one: e1=edge, e2=edge", new RolloutPolicy { Canaries = new Amount.Count(1) });
        var deployed = fleet.At("1").SetItem(SketchedFleet.Stack("e1"), fleet.At("2")[SketchedFleet.Stack("e1")]);

        Assert.Equal("one/canaries: e2 | one: e1", Planner.Plan(fleet, fleet.Applications, deployed).Sketch());
    }

    [Fact]
    public void Plan_ExposureBudget_SplitsARing_AndItsCanaries()
    {
        var policy = new RolloutPolicy { ExposureBudget = new Amount.Count(2), Canaries = new Amount.Count(3) };

        Assert.Equal(
            "one/canaries-1: e1, e2 | one/canaries-2: e3 | one/1: e4, e5 | one/2: e6",
            SketchedFleet.Of("one: e1=edge, e2=edge, e3=edge, e4=edge, e5=edge, e6=edge", policy).Plan().Sketch());
    }

    [Fact]
    public void Plan_UnchangedClusters_DoNotSpendTheExposureBudget()
    {
        var fleet = SketchedFleet.Of("one: e1=edge, e2=edge, e3=edge", new RolloutPolicy { ExposureBudget = new Amount.Count(1) });

        Assert.Equal("one: e1, e2, e3", Planner.Plan(fleet, fleet.Applications, fleet.At("2")).Sketch());
    }

    [Fact]
    public void Plan_SameSeed_GivesTheSameOrder_AnotherSeedAnother()
    {
        var sketch = $"one: {string.Join(", ", Enumerable.Range(0, 30).Select(number => $"e{number}=edge"))}";
        string Order(int seed) => SketchedFleet.Of(sketch, new RolloutPolicy { Seed = seed }).Plan().Sketch();

        Assert.Equal(Order(1), Order(1));
        Assert.NotEqual(Order(1), Order(2));
        Assert.NotEqual(SketchedFleet.Of(sketch).Plan().Sketch(), Order(1));
    }

    [Fact]
    public void Plan_OneClusterMore_LeavesTheOrderOfTheOthers()
    {
        var policy = new RolloutPolicy { Seed = 5 };
        var names = Enumerable.Range(0, 20).Select(number => $"e{number}=edge").ToList();
        IEnumerable<string> Order(IEnumerable<string> clusters) =>
            SketchedFleet.Of($"one: {string.Join(", ", clusters)}", policy).Plan().Steps.Select(step => step.Cluster.Name);

        Assert.Equal(Order(names.Take(19)), Order(names).Where(name => name != "e19"));
    }

    [Fact]
    public void Plan_ParentRunsNothing_WaitsForTheOneAboveIt()
    {
        var fleet = SketchedFleet.Of("one: c1=cloud, f1=fog/c1, e1=edge/f1");
        var web = SketchedFleet.Application.Services[0];
        var application = SketchedFleet.Application with { Services = [web with { Layers = web.Layers.Remove(Layer.Fog) }] };

        var plan = Planner.Plan(fleet, [application], ImmutableDictionary<StackId, ClusterWorkload>.Empty);

        Assert.Equal([SketchedFleet.Stack("c1")], plan.Steps.Single(step => step.Cluster.Name == "e1").After);
    }

    [Fact]
    public void Estimate_Plan_TellsWhatIsAtStake_AndHowLong()
    {
        var fleet = SketchedFleet.Of("one: e1=edge; two: e2=edge, e3=edge, e4=edge", new RolloutPolicy { MaxConcurrent = new Amount.Count(2) }, ring =>
            ring with { Gates = [new Gate.Soak(TimeSpan.FromMinutes(5))] });
        var times = new UpdateTimes { ByStack = new Dictionary<StackId, TimeSpan> { [SketchedFleet.Stack("e1")] = TimeSpan.FromMinutes(1), [SketchedFleet.Stack("e2")] = TimeSpan.FromMinutes(3) } };

        var estimate = PlanEstimate.Of(fleet.Plan(), times);

        Assert.Equal(
            [new RingEstimate("one", 1, 25, 25, TimeSpan.FromMinutes(6), TimeSpan.FromMinutes(6)), new RingEstimate("two", 3, 75, 100, TimeSpan.FromMinutes(11), TimeSpan.FromMinutes(8))],
            estimate.Rings);
        Assert.Equal(TimeSpan.FromMinutes(17), estimate.Duration);
        Assert.True(estimate.HasHistory);
    }

    [Fact]
    public void Estimate_NoHistory_IsAGuess()
    {
        var estimate = PlanEstimate.Of(SketchedFleet.Of("one: e1=edge, e2=edge", new RolloutPolicy { MaxConcurrent = new Amount.Count(1) }).Plan(), new UpdateTimes());

        Assert.Equal(UpdateTimes.Unknown * 2, estimate.Duration);
        Assert.False(estimate.HasHistory);
    }

    [Fact]
    public void Conflicts_SameServiceInTheSameCluster_IsTold()
    {
        var one = SketchedFleet.Of("one: e1=edge, e2=edge").Plan();
        var other = SketchedFleet.Of("one: e2=edge, e3=edge").Plan();

        Assert.Equal("app/web in e2", Assert.Single(Conflicts.Between(one, other)).ToString());
    }

    [Fact]
    public void Conflicts_ManyClusters_AreCountedNotListed()
    {
        var plan = SketchedFleet.Of("one: e1=edge, e2=edge, e3=edge, e4=edge, e5=edge").Plan();

        Assert.Equal("app/web in e1, e2, e3 and 2 more", Assert.Single(Conflicts.Between(plan, plan)).ToString());
    }

    [Fact]
    public void Conflicts_OtherClustersOrNothingToDo_IsNone()
    {
        var fleet = SketchedFleet.Of("one: e1=edge");

        Assert.Empty(Conflicts.Between(fleet.Plan(), SketchedFleet.Of("one: e2=edge").Plan()));
        Assert.Empty(Conflicts.Between(fleet.Plan(), Planner.Plan(fleet, fleet.Applications, fleet.At("2"))));
    }
}
