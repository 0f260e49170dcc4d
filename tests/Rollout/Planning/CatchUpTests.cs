using FogInfra.Model;
using FogInfra.Rollout.Journal;
using FogInfra.Rollout.Planning;
using FogInfra.Rollout.Running;

namespace FogInfra.Tests;

/// <summary>Clusters that come back when the rollout is over.</summary>
public sealed class CatchUpTests
{
    private static readonly RolloutPolicy Patient = new() { Quorum = new Amount.Count(0), Retry = new RetryPolicy { Attempts = 1 } };

    [Fact]
    public void Of_ClusterWasOffline_IsOwedTheApprovedVersion()
    {
        var owed = OwedVersions.Of([Recorded("1", Offline("e1"))]);

        Assert.Equal("2", Assert.Single(owed).Value!.Versions()["web"]);
        Assert.Equal("e1", owed.Keys.Single().Cluster);
    }

    [Fact]
    public void Of_LaterRolloutReachedIt_IsOwedNothing()
    {
        Assert.Empty(OwedVersions.Of([Recorded("2", new Rehearsal().Run(Fleet)), Recorded("1", Offline("e1"))]));
    }

    [Fact]
    public void Of_LaterRolloutWasPutBack_IsStillOwedWhatTheFirstApproved()
    {
        var second = new Rehearsal { OfflineUntil = { ["e1"] = 100_000 }, Failing = { "e2" } }
            .Run(Planner.Plan(Fleet, [SketchedFleet.App("app", "3")], Fleet.At("2")));

        var owed = OwedVersions.Of([Recorded("2", second), Recorded("1", Offline("e1"))]);

        Assert.Equal(RolloutOutcome.RolledBack, second.Report.Outcome);
        Assert.Equal("2", Assert.Single(owed).Value!.Versions()["web"]);
    }

    [Fact]
    public void Plan_WhatIsOwed_GoesThroughTheChecksOfItsRing_AndNothingElseIsTouched()
    {
        var owed = OwedVersions.Of([Recorded("1", Offline("f1"))]);

        var rehearsal = new Rehearsal().Run(CatchUpPlanner.Plan(Fleet, owed, Fleet.At("1")));

        Assert.Equal("catch-up/one: f1 | catch-up/two: e3", rehearsal.State.Forward.Plan.Sketch());
        Assert.Equal(["f1", "e3"], rehearsal.Order);
        Assert.Equal(["catch-up/one", "catch-up/two"], rehearsal.Events<RolloutEvent.GateEvaluated>().Select(gate => gate.Ring));
    }

    [Fact]
    public void Plan_LateClusterFails_IsReported_AndTheOthersStay()
    {
        var owed = OwedVersions.Of([Recorded("1", Offline("e1", "e2"))]);

        var rehearsal = new Rehearsal { Failing = { "e1" } }.Run(CatchUpPlanner.Plan(Fleet, owed, Fleet.At("1")));

        Assert.Equal(["e1 failed", "e2 changed"], rehearsal.Outcomes());
    }

    [Fact]
    public void Plan_ClusterIsNotOfTheFleetAnyMore_IsLeftOut()
    {
        var owed = OwedVersions.Of([Recorded("1", Offline("e1"))]);

        Assert.Empty(CatchUpPlanner.Plan(Fleet with { Clusters = Fleet.Clusters.RemoveAll(cluster => cluster.Name == "e1") }, owed, Fleet.At("1")).Steps);
    }

    private static Fleet Fleet { get; } = SketchedFleet.Of(
        "one: f1=fog, e1=edge, e2=edge; two: e3=edge/f1", Patient, ring => ring with { Checks = [new OutputCheck("healthy", Comparison.Is, "true")] });

    private static Rehearsal Offline(params string[] clusters)
    {
        var rehearsal = new Rehearsal();
        foreach (var cluster in clusters)
        {
            rehearsal.OfflineUntil[cluster] = 100_000;
        }

        return rehearsal.Run(Fleet);
    }

    private static RecordedRollout Recorded(string id, Rehearsal rehearsal) => new(id, new JournalContent(rehearsal.Rollout.Entries, "", 1, 0, Torn: false, Fault: null));
}
