using FogInfra.Model;
using FogInfra.Rollout.Planning;
using FogInfra.Rollout.Running;

namespace FogInfra.Tests;

/// <summary>Which stacks go, in which order, how many at a time; and what happens to those that cannot.</summary>
public sealed class WaveDecisionsTests
{
    private static readonly RolloutPolicy OneAtATime = new() { MaxConcurrent = new Amount.Count(1) };

    private static readonly RetryPolicy Twice = new() { Attempts = 2, Delay = TimeSpan.FromSeconds(4), MaxDelay = TimeSpan.FromSeconds(4) };

    [Fact]
    public void Run_RingsAndLayers_GoOneAfterTheOther()
    {
        var rehearsal = new Rehearsal().Run(SketchedFleet.Of("core: c1=cloud, f1=fog/c1; rest: e1=edge/f1, e2=edge/f1"));

        Assert.Equal(["0 c1 2", "10 f1 2", "20 e1 2", "20 e2 2"], rehearsal.Updates);
        Assert.Equal(RolloutOutcome.Succeeded, rehearsal.Report.Outcome);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Run_MoreClustersThanPlaces_KeepsEveryPlaceBusy(int places)
    {
        var rehearsal = new Rehearsal().Run(SketchedFleet.Of(
            "all: e1=edge, e2=edge, e3=edge, e4=edge, e5=edge, e6=edge", new RolloutPolicy { MaxConcurrent = new Amount.Count(places) }));

        Assert.Equal(places, rehearsal.MostAtOnce);
        Assert.Equal(6 / places * 10, (int)rehearsal.Report.Duration.TotalSeconds);
    }

    [Fact]
    public void Run_RingHasItsOwnConcurrency_GoesBeforeThePolicy()
    {
        var fleet = SketchedFleet.Of("all: e1=edge, e2=edge, e3=edge", OneAtATime, ring => ring with { MaxConcurrent = new Amount.Count(3) });

        Assert.Equal(3, new Rehearsal().Run(fleet).MostAtOnce);
    }

    [Fact]
    public void Run_TwoOfOneSite_NeverGoTogether_AndOthersDoNotWaitForThem()
    {
        var fleet = SketchedFleet.Of("all: e1=edge@north, e2=edge@north, e3=edge@south, e4=edge", new RolloutPolicy { SpreadOver = "site" });

        var rehearsal = new Rehearsal().Run(fleet);

        Assert.Equal(["0 e1 2", "0 e3 2", "0 e4 2", "10 e2 2"], rehearsal.Updates);
    }

    [Fact]
    public void Run_SettledStacks_AreNotTouched()
    {
        var fleet = SketchedFleet.Of("all: e1=edge, e2=edge");
        var plan = Planner.Plan(fleet, fleet.Applications, fleet.At("2"), new PlanOptions { Settled = new HashSet<StackId> { SketchedFleet.Stack("e1") } });

        var rehearsal = new Rehearsal().Run(plan);

        Assert.Equal(["e2"], rehearsal.Order); // It is looked at, because nobody knows how its last update ended.
        Assert.Equal("e1 unchanged", rehearsal.Outcomes().First());
    }

    [Fact]
    public void Run_FailureBeyondTheBudget_StopsAndPutsBackWhatWasTouched()
    {
        var rehearsal = new Rehearsal { Failing = { "e2" } }.Run(SketchedFleet.Of("all: e1=edge, e2=edge, e3=edge", OneAtATime));

        Assert.Equal(["0 e1 2", "10 e2 2", "20 e2 1", "20 e1 1"], rehearsal.Updates);
        Assert.Equal(["e1 rolledback", "e2 rolledback", "e3 notreached"], rehearsal.Outcomes());
        Assert.Equal("ring all, cluster e2, service web: its pods crash", Assert.Single(rehearsal.Report.Failures).ToString());
    }

    [Fact]
    public void Run_FailuresWithinTheBudget_AreReportedAndGoneOver()
    {
        var policy = OneAtATime with { RingFailureBudget = new Amount.Percent(40) };

        var rehearsal = new Rehearsal { Failing = { "e1" } }.Run(SketchedFleet.Of("all: e1=edge, e2=edge, e3=edge", policy));

        Assert.Equal(RolloutOutcome.Succeeded, rehearsal.Report.Outcome);
        Assert.Equal(["e1 failed", "e2 changed", "e3 changed"], rehearsal.Outcomes());
    }

    [Fact]
    public void Run_FailuresOverManyRings_SpendTheBudgetOfTheFleet()
    {
        var policy = OneAtATime with { RingFailureBudget = new Amount.Count(1), FleetFailureBudget = new Amount.Count(1) };

        var rehearsal = new Rehearsal { Failing = { "e1", "e3" } }.Run(SketchedFleet.Of("one: e1=edge, e2=edge; two: e3=edge, e4=edge", policy));

        Assert.Equal(RolloutOutcome.RolledBack, rehearsal.Report.Outcome);
        Assert.DoesNotContain("e4", rehearsal.Order);
    }

    [Fact]
    public void Run_CanaryFails_StopsHoweverLargeTheBudget()
    {
        var policy = new RolloutPolicy { Canaries = new Amount.Count(1), RingFailureBudget = new Amount.Percent(100) };

        var rehearsal = new Rehearsal { Failing = { "e1" } }.Run(SketchedFleet.Of("all: e1=edge, e2=edge, e3=edge", policy));

        Assert.Equal(["0 e1 2", "10 e1 1"], rehearsal.Updates);
        Assert.Equal(RolloutOutcome.RolledBack, rehearsal.Report.Outcome);
    }

    [Fact]
    public void Run_ParentFailsWithinTheBudget_LeavesItsChildrenForLater()
    {
        var policy = new RolloutPolicy { RingFailureBudget = new Amount.Count(1), Quorum = new Amount.Count(0) };

        var rehearsal = new Rehearsal { Failing = { "f1" } }.Run(SketchedFleet.Of("all: f1=fog, f2=fog, e1=edge/f1, e2=edge/f2", policy));

        Assert.Equal(["f1", "f2", "e2"], rehearsal.Order);
        Assert.Equal(StackOutcome.Deferred, rehearsal.Of("e1").Outcome);
        Assert.Equal("f1, which it hangs on, has failed", rehearsal.Of("e1").Reason);
    }

    [Fact]
    public void Run_LinkBreaks_IsTriedAgainAfterAWait_AndNeverCountsAsFailed()
    {
        var policy = new RolloutPolicy { Retry = Twice with { Attempts = 4 } };

        var rehearsal = new Rehearsal { OfflineUntil = { ["e1"] = 6 } }.Run(SketchedFleet.Of("all: e1=edge", policy));

        Assert.Equal(RolloutOutcome.Succeeded, rehearsal.Report.Outcome);
        Assert.Empty(rehearsal.Report.Failures);
        var seconds = rehearsal.Updates.Select(update => int.Parse(update.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Assert.InRange(seconds[1] - seconds[0], 3, 5); // One second for the attempt, then two to four.
    }

    [Fact]
    public void Run_OfflineCluster_IsDeferred_WhenTheQuorumAllowsIt()
    {
        var policy = new RolloutPolicy { Retry = Twice, Quorum = new Amount.Percent(60) };

        var rehearsal = new Rehearsal { OfflineUntil = { ["e1"] = 100_000 } }.Run(SketchedFleet.Of("all: e1=edge, e2=edge, e3=edge; rest: e4=edge", policy));

        Assert.Equal(RolloutOutcome.Succeeded, rehearsal.Report.Outcome);
        Assert.Equal(["e1 deferred", "e2 changed", "e3 changed", "e4 changed"], rehearsal.Outcomes());
        Assert.Equal("2", Assert.Single(rehearsal.State.Owed()).Approved!.Versions()["web"]);
    }

    [Fact]
    public void Run_OfflineCluster_HasFailed_WhenTheQuorumDoesNotAllowToDeferIt()
    {
        var policy = new RolloutPolicy { Retry = Twice, Quorum = new Amount.Percent(100) };

        var rehearsal = new Rehearsal { OfflineUntil = { ["e1"] = 100_000 } }.Run(SketchedFleet.Of("all: e1=edge, e2=edge", policy));

        Assert.Equal(RolloutOutcome.RolledBack, rehearsal.Report.Outcome);
        Assert.Equal(["e1 failed", "e2 rolledback"], rehearsal.Outcomes());
        Assert.Equal("no route to host; the ring's quorum leaves no room to defer it", rehearsal.Of("e1").Reason);
    }

    [Fact]
    public void Run_OfflineClusterReturnsWhileItsRingRuns_TakesItsTurn()
    {
        var policy = new RolloutPolicy { Retry = Twice, Quorum = new Amount.Count(0), MaxConcurrent = new Amount.Count(1) };

        var rehearsal = new Rehearsal { OfflineUntil = { ["e1"] = 30 } }.Run(SketchedFleet.Of("all: e1=edge, e2=edge, e3=edge, e4=edge, e5=edge; rest: e6=edge", policy));

        Assert.All(rehearsal.Outcomes(), outcome => Assert.EndsWith(" changed", outcome, StringComparison.Ordinal));
        Assert.Equal(["e1", "e6"], rehearsal.Order.Where(cluster => cluster is "e1" or "e6").TakeLast(2));
    }

    [Fact]
    public void Run_OfflineClusterReturnsAfterItsRing_CatchesUpAtTheEnd_ThroughItsChecks()
    {
        var policy = new RolloutPolicy { Retry = Twice, Quorum = new Amount.Count(0) };
        var fleet = SketchedFleet.Of("all: e1=edge, e2=edge; rest: e3=edge, e4=edge/e3", policy, ring => ring with { Checks = [new OutputCheck("healthy", Comparison.Is, "true")] });

        var rehearsal = new Rehearsal { OfflineUntil = { ["e1"] = 15 }, Takes = { ["e3"] = 60 } }.Run(fleet);

        Assert.Equal("e1", rehearsal.Order.Last());
        Assert.Equal("catch-up/all", rehearsal.Events<RolloutEvent.RingPassed>().Last().Ring);
        Assert.Contains(rehearsal.Events<RolloutEvent.GateEvaluated>(), gate => gate.Ring == "catch-up/all");
    }

    [Fact]
    public void Run_CatchUpFails_IsReported_AndPutsNothingBack()
    {
        var policy = new RolloutPolicy { Retry = Twice, Quorum = new Amount.Count(0) };

        var rehearsal = new Rehearsal { OfflineUntil = { ["e1"] = 15 }, Takes = { ["e3"] = 60 }, Failing = { "e1" } }
            .Run(SketchedFleet.Of("all: e1=edge, e2=edge; rest: e3=edge", policy));

        Assert.Equal(RolloutOutcome.Succeeded, rehearsal.Report.Outcome);
        Assert.Equal(["e2 changed", "e3 changed", "e1 failed"], rehearsal.Outcomes());
    }

    [Fact]
    public void Run_MoreThanMayBeExposed_GoesInPartsWithTheRingsChecksBetween()
    {
        var policy = new RolloutPolicy { ExposureBudget = new Amount.Count(2) };
        var fleet = SketchedFleet.Of("all: e1=edge, e2=edge, e3=edge, e4=edge, e5=edge", policy, ring => ring with { Gates = [new Gate.Soak(TimeSpan.FromSeconds(30))] });

        var rehearsal = new Rehearsal().Run(fleet);

        Assert.Equal(["0 e1 2", "0 e2 2", "40 e3 2", "40 e4 2", "80 e5 2"], rehearsal.Updates);
    }

    [Fact]
    public void Run_OtherRolloutsExposeClusters_Waits()
    {
        var policy = new RolloutPolicy { ExposureBudget = new Amount.Count(2) };

        var rehearsal = new Rehearsal { ExposedElsewhere = second => second < 50 ? 1 : 0 }.Run(SketchedFleet.Of("all: e1=edge, e2=edge", policy));

        Assert.Equal("0 e1 2", rehearsal.Updates[0]);
        Assert.Equal("55 e2 2", rehearsal.Updates[1]); // It looks every 15 seconds, the last time at 40.
    }

    [Fact]
    public void Run_UpdateTakesTooLong_IsEnded_AndHasFailed()
    {
        var policy = new RolloutPolicy { ClusterTimeLimit = TimeSpan.FromSeconds(30) };

        var rehearsal = new Rehearsal { Takes = { ["e1"] = 600 } }.Run(SketchedFleet.Of("all: e1=edge, e2=edge", policy));

        Assert.Equal(30, rehearsal.SecondOf<RolloutEvent.StackTimedOut>());
        Assert.Contains("it took longer than its time limit", rehearsal.Report.Failures[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_RingTakesTooLong_StopsTheRollout()
    {
        var fleet = SketchedFleet.Of("all: e1=edge, e2=edge, e3=edge", OneAtATime, ring => ring with { TimeLimit = TimeSpan.FromSeconds(15) });

        var rehearsal = new Rehearsal().Run(fleet);

        Assert.Equal("ring all: it has not passed within 00:00:15", Assert.Single(rehearsal.Report.Failures).ToString());
        Assert.Equal(["e1", "e2"], rehearsal.Order.Take(2));
        Assert.Equal(RolloutOutcome.RolledBack, rehearsal.Report.Outcome);
    }

    [Fact]
    public void Run_PreStage_PreparesARingBeforeItsFirstUpdate()
    {
        var fleet = SketchedFleet.Of("all: f1=fog, e1=edge", ring: ring => ring with { PreStage = true });

        var rehearsal = new Rehearsal().Run(fleet);

        Assert.Equal(["0 f1 prepared", "5 e1 prepared", "10 f1 2", "20 e1 2"], rehearsal.Updates);
    }

    [Fact]
    public void Run_HeldCluster_IsLeftForLater_AndTakenWhenTheHoldEnds()
    {
        var policy = new RolloutPolicy { Quorum = new Amount.Count(0) };

        var rehearsal = new Rehearsal { Takes = { ["e2"] = 100 } }
            .At(0, new RolloutEvent.ClusterHeld("e1", Rehearsal.Time(50), "a machine is milling"))
            .Run(SketchedFleet.Of("one: c1=cloud; all: e1=edge, e2=edge", policy));

        Assert.Equal("held by the cluster until 2026-01-01 00:00:50Z: a machine is milling", rehearsal.Events<RolloutEvent.StackDeferred>().First().Reason);
        Assert.Contains("50 e1 2", rehearsal.Updates);
    }

    [Fact]
    public void Run_HeldClusterThatTheQuorumNeeds_IsWaitedFor()
    {
        var policy = new RolloutPolicy { Quorum = new Amount.Percent(100) };

        var rehearsal = new Rehearsal()
            .At(0, new RolloutEvent.ClusterHeld("e1", Rehearsal.Time(50), "a machine is milling"))
            .Run(SketchedFleet.Of("one: c1=cloud; all: e1=edge, e2=edge", policy));

        Assert.Equal(["0 c1 2", "10 e2 2", "50 e1 2"], rehearsal.Updates);
    }

    [Fact]
    public void Run_HeldClusterThatIsReleased_GoesAtOnce()
    {
        var policy = new RolloutPolicy { Quorum = new Amount.Percent(100) };

        var rehearsal = new Rehearsal()
            .At(0, new RolloutEvent.ClusterHeld("e1", Rehearsal.Time(5000), "a machine is milling"))
            .At(33, new RolloutEvent.ClusterReleased("e1"))
            .Run(SketchedFleet.Of("one: c1=cloud; all: e1=edge", policy));

        Assert.Equal(["0 c1 2", "33 e1 2"], rehearsal.Updates);
    }
}
