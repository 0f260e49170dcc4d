using FogInfra.Model;
using FogInfra.Rollout.Planning;
using FogInfra.Rollout.Running;

namespace FogInfra.Tests;

/// <summary>Clusters that join, leave and move while a rollout runs.</summary>
public sealed class MembershipTests
{
    [Fact]
    public void Run_ClusterJoins_CatchesUpAtTheEnd()
    {
        var fleet = SketchedFleet.Of("one: e1=edge; two: e2=edge");

        var rehearsal = new Rehearsal().At(5, Joined(fleet, "e3=edge", "one")).Run(fleet);

        Assert.Equal(["0 e1 2", "10 e2 2", "20 e3 2"], rehearsal.Updates);
        Assert.Equal("one: e1 | two: e2 | catch-up/one: e3", rehearsal.State.Forward.Plan.Sketch());
    }

    [Fact]
    public void Run_ClusterJoinsUnderADeferredParent_WaitsForItsParent()
    {
        var fleet = SketchedFleet.Of("one: f1=fog; two: e2=edge", new RolloutPolicy { Quorum = new Amount.Count(0), Retry = new RetryPolicy { Attempts = 1 } });

        var rehearsal = new Rehearsal { OfflineUntil = { ["f1"] = 100_000 } }.At(5, Joined(fleet, "e3=edge/f1", "one")).Run(fleet);

        Assert.Equal(["f1 deferred", "e2 changed", "e3 deferred"], rehearsal.Outcomes());
    }

    [Fact]
    public void Run_JoinedClusterFails_PutsNothingBack()
    {
        var fleet = SketchedFleet.Of("one: e1=edge");

        var rehearsal = new Rehearsal { Failing = { "e3" } }.At(5, Joined(fleet, "e3=edge", "one")).Run(fleet);

        Assert.Equal(RolloutOutcome.Succeeded, rehearsal.Report.Outcome);
        Assert.Equal(["e1 changed", "e3 failed"], rehearsal.Outcomes());
    }

    [Fact]
    public void Run_ClusterJoinsTwice_IsUpdatedOnce()
    {
        var fleet = SketchedFleet.Of("one: e1=edge");

        var rehearsal = new Rehearsal().At(5, Joined(fleet, "e3=edge", "one")).At(6, Joined(fleet, "e3=edge", "one")).Run(fleet);

        Assert.Equal(["e1", "e3"], rehearsal.Order);
    }

    [Fact]
    public void Run_ClusterLeavesBeforeItsTurn_IsLeftOut_WithTheReason()
    {
        var rehearsal = new Rehearsal().At(5, new RolloutEvent.ClusterLeft("e2", "it was taken out of the document")).Run(SketchedFleet.Of("one: e1=edge; two: e2=edge, e3=edge"));

        Assert.Equal(["e1 changed", "e2 skipped", "e3 changed"], rehearsal.Outcomes());
        Assert.Equal("it was taken out of the document", rehearsal.Of("e2").Reason);
        Assert.Equal(RolloutOutcome.Succeeded, rehearsal.Report.Outcome);
    }

    [Fact]
    public void Run_ParentLeaves_ItsChildGoesOn()
    {
        var rehearsal = new Rehearsal().At(5, new RolloutEvent.ClusterLeft("f1", "gone")).Run(SketchedFleet.Of("zero: c1=cloud; one: f1=fog/c1; two: e1=edge/f1"));

        Assert.Equal(["c1", "e1"], rehearsal.Order);
    }

    [Fact]
    public void Run_ClusterLeavesWhileItIsUpdated_LetsThatEnd()
    {
        var rehearsal = new Rehearsal().At(5, new RolloutEvent.ClusterLeft("e1", "gone")).Run(SketchedFleet.Of("one: e1=edge; two: e2=edge"));

        Assert.Equal(["e1 changed", "e2 changed"], rehearsal.Outcomes());
    }

    [Fact]
    public void Run_ClusterMovesToALaterRing_GoesWithThatOne()
    {
        var rehearsal = new Rehearsal().At(5, new RolloutEvent.ClusterMoved("e2", "three")).Run(SketchedFleet.Of("one: e1=edge; two: e2=edge; three: e3=edge; four: e4=edge"));

        Assert.Equal(["e1", "e3", "e2", "e4"], rehearsal.Order);
        Assert.Equal("one: e1 | two:  | three: e3 | three/moved: e2 | four: e4", rehearsal.State.Forward.Plan.Sketch());
    }

    [Fact]
    public void Run_ClusterMovesToARingThatHasPassed_CatchesUpAtTheEnd()
    {
        var rehearsal = new Rehearsal().At(15, new RolloutEvent.ClusterMoved("e3", "one")).Run(SketchedFleet.Of("one: e1=edge; two: e2=edge; three: e3=edge, e4=edge"));

        Assert.Equal(["e1", "e2", "e4", "e3"], rehearsal.Order);
    }

    [Fact]
    public void Run_ParentMovesBehindItsChild_TakesTheChildAlong()
    {
        var rehearsal = new Rehearsal().At(5, new RolloutEvent.ClusterMoved("f1", "three"))
            .Run(SketchedFleet.Of("zero: c1=cloud; one: f1=fog/c1, f2=fog/c1; two: e1=edge/f1, e2=edge/f2; three: e3=edge/f2"));

        Assert.Equal(["c1", "f2", "e2", "e3", "f1", "e1"], rehearsal.Order);
    }

    [Fact]
    public void Run_ClusterMovesThatIsDone_StaysDone()
    {
        var rehearsal = new Rehearsal().At(15, new RolloutEvent.ClusterMoved("e1", "three")).Run(SketchedFleet.Of("one: e1=edge; two: e2=edge; three: e3=edge"));

        Assert.Equal(["e1", "e2", "e3"], rehearsal.Order);
    }

    [Fact]
    public void Run_ClusterMovesToAnUnknownRing_CatchesUpAtTheEnd()
    {
        var rehearsal = new Rehearsal().At(5, new RolloutEvent.ClusterMoved("e2", "nowhere")).Run(SketchedFleet.Of("one: e1=edge; two: e2=edge; three: e3=edge"));

        Assert.Equal(["e1", "e3", "e2"], rehearsal.Order);
    }

    [Fact]
    public void Run_MoreMoveThanMayBeExposed_GoInParts()
    {
        var policy = new RolloutPolicy { ExposureBudget = new Amount.Count(1) };
        var rehearsal = new Rehearsal().At(1, new RolloutEvent.ClusterMoved("f1", "three"))
            .Run(SketchedFleet.Of("one: c1=cloud; two: f1=fog/c1; three: e1=edge/f1, e2=edge/f1", policy));

        Assert.Equal(RolloutOutcome.Succeeded, rehearsal.Report.Outcome);
        Assert.Equal(1, rehearsal.MostAtOnce);
    }

    [Fact]
    public void Between_Fleets_TellsWhoLeftMovedAndJoined()
    {
        var before = SketchedFleet.Of("one: e1=edge, e2=edge; two: e3=edge");
        var after = SketchedFleet.Of("one: e1=edge, e3=edge; two: e4=edge, e5=edge");

        var events = MembershipChanges.Between(before, after, after.Plan().Steps);

        Assert.Equal(
            [
                new RolloutEvent.ClusterLeft("e2", "it was taken out of the fleet document"),
                new RolloutEvent.ClusterMoved("e3", "one"),
            ],
            events.Take(2));
        Assert.Equal(["e4", "e5"], Assert.IsType<RolloutEvent.ClustersJoined>(events[^1]).Steps.Select(step => step.Cluster.Name));
    }

    [Fact]
    public void Between_SameFleet_IsNothing()
    {
        var fleet = SketchedFleet.Of("one: e1=edge");

        Assert.Empty(MembershipChanges.Between(fleet, fleet, fleet.Plan().Steps));
    }

    private static RolloutEvent.ClustersJoined Joined(Fleet fleet, string cluster, string ring)
    {
        var with = fleet with { Clusters = fleet.Clusters.Add(SketchedFleet.Cluster(cluster, ring)) };
        return new RolloutEvent.ClustersJoined([.. with.Plan().Steps.Where(step => step.Cluster.Name == with.Clusters[^1].Name)]);
    }
}
