using System.Text.Json.Nodes;
using FogInfra.Model;
using FogInfra.Rollout.Gates;
using FogInfra.Rollout.Running;

namespace FogInfra.Tests;

/// <summary>When rings pass.</summary>
public sealed class GateDecisionsTests
{
    private static readonly OutputCheck Healthy = new("healthy", Comparison.Is, "true");

    [Fact]
    public void Run_CheckHolds_GoesOn()
    {
        var rehearsal = new Rehearsal().Run(Fleet(ring => ring with { Checks = [Healthy] }));

        Assert.Equal(RolloutOutcome.Succeeded, rehearsal.Report.Outcome);
        Assert.True(rehearsal.Of("e1").Checks.Single().Passed);
    }

    [Fact]
    public void Run_CheckDoesNotHoldForACluster_ThatClusterHasFailed()
    {
        var rehearsal = new Rehearsal { Outputs = OnlyHealthyOutside("e1") }.Run(Fleet(ring => ring with { Checks = [Healthy] }));

        Assert.Equal(RolloutOutcome.RolledBack, rehearsal.Report.Outcome);
        Assert.Equal("ring one, cluster e1: the check 'healthy is true' does not hold: healthy = false", Assert.Single(rehearsal.Report.Failures).ToString());
        Assert.DoesNotContain("e3", rehearsal.Order);
    }

    [Fact]
    public void Run_CheckDoesNotHoldWithinTheBudget_PassesForTheOthers()
    {
        var fleet = Fleet(ring => ring with { Checks = [Healthy], FailureBudget = new Amount.Count(1) });

        var rehearsal = new Rehearsal { Outputs = OnlyHealthyOutside("e1") }.Run(fleet);

        Assert.Equal(RolloutOutcome.Succeeded, rehearsal.Report.Outcome);
        Assert.Equal(["e1 failed", "e2 changed", "e3 changed"], rehearsal.Outcomes());
    }

    [Fact]
    public void Run_CheckThatOnlyReports_IsReported_AndDoesNotStop()
    {
        var rehearsal = new Rehearsal { Outputs = OnlyHealthyOutside("e1") }
            .Run(Fleet(ring => ring with { Gates = [new Gate.Output(Healthy) { DryRun = true }] }));

        Assert.Equal(RolloutOutcome.Succeeded, rehearsal.Report.Outcome);
        Assert.False(rehearsal.Of("e1").Checks.Single().Passed);
    }

    [Fact]
    public void Run_Soak_WaitsSinceTheLastUpdateOfTheRing()
    {
        var rehearsal = new Rehearsal { Takes = { ["e2"] = 25 } }.Run(Fleet(ring => ring with { Gates = [new Gate.Soak(TimeSpan.FromSeconds(60))] }));

        Assert.Equal("85 e3 2", rehearsal.Updates[2]);
    }

    [Fact]
    public void Run_SoakAfterATakeOver_StillCountsFromTheLastUpdate()
    {
        var rehearsal = new Rehearsal().KillAt(40).Run(Fleet(ring => ring with { Gates = [new Gate.Soak(TimeSpan.FromSeconds(60))] }));

        Assert.Equal("70 e3 2", rehearsal.Updates[2]);
    }

    [Fact]
    public void Run_ApprovalBefore_IsAskedOnce_AndWaitedFor()
    {
        var rehearsal = new Rehearsal()
            .At(500, new OperatorCommand.Approve("anna", "looks good"))
            .At(1000, new OperatorCommand.Approve("anna", "go"))
            .Run(Fleet(ring => ring with { Gates = [new Gate.Approval { Moment = GateMoment.Before }] }));

        Assert.Equal(["500 e1 2", "500 e2 2", "1000 e3 2"], rehearsal.Updates);
        Assert.Equal(2, rehearsal.Events<RolloutEvent.ApprovalAsked>().Count());
    }

    [Fact]
    public void Run_ApprovalGivenBeforeItIsAsked_CountsForNothing()
    {
        var rehearsal = new Rehearsal()
            .At(1, new OperatorCommand.Approve("anna", "early"))
            .At(500, new OperatorCommand.Approve("anna", "go"))
            .Run(SketchedFleet.Of("one: e1=edge; two: e2=edge", ring: ring => ring with { Gates = ring.Name == "one" ? [new Gate.Approval()] : [] }));

        Assert.Equal("500 e2 2", rehearsal.Updates[1]);
    }

    [Fact]
    public void Run_Rejected_StopsAndSaysWhoAndWhy()
    {
        var rehearsal = new Rehearsal()
            .At(100, new OperatorCommand.Reject("bob", "too slow"))
            .Run(Fleet(ring => ring with { Gates = [new Gate.Approval()] }));

        Assert.Equal(RolloutOutcome.RolledBack, rehearsal.Report.Outcome);
        Assert.Equal("ring one: the gate 'approval' has failed: rejected by bob: too slow", Assert.Single(rehearsal.Report.Failures).ToString());
    }

    [Fact]
    public void Run_NobodyApprovesWithinTheLimit_HasFailed()
    {
        var rehearsal = new Rehearsal().Run(Fleet(ring => ring with { Gates = [new Gate.Approval { Limit = TimeSpan.FromHours(1) }] }));

        Assert.Equal(3610, rehearsal.SecondOf<RolloutEvent.Stopped>());
        Assert.Contains("undecided for 01:00:00", rehearsal.Report.Failures[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_EvidenceStaysUndecided_IsLookedAtAgain_AndNeverPassesByItself()
    {
        var gate = new Gate.Output(new OutputCheck("late", Comparison.Is, "1")) { Interval = TimeSpan.FromSeconds(20), Limit = TimeSpan.FromSeconds(100) };
        var rehearsal = new Rehearsal { Sees = (_, _) => [] };

        rehearsal.Run(Fleet(ring => ring with { Gates = [gate] }));

        Assert.Equal(RolloutOutcome.RolledBack, rehearsal.Report.Outcome);
        Assert.InRange(rehearsal.Events<RolloutEvent.GateEvaluated>().Count(), 5, 7);
    }

    [Fact]
    public void Run_EvidenceComesLate_PassesThen()
    {
        var gate = new Gate.Output(new OutputCheck("healthy", Comparison.Is, "true")) { Interval = TimeSpan.FromSeconds(20) };
        var rehearsal = new Rehearsal { Sees = (request, second) => second < 70 ? [] : OutputEvidence.Collect(request) };

        rehearsal.Run(SketchedFleet.Of("one: e1=edge", ring: ring => ring with { Gates = [gate] }));

        Assert.Equal(RolloutOutcome.Succeeded, rehearsal.Report.Outcome);
        Assert.InRange(rehearsal.SecondOf<RolloutEvent.RingPassed>(), 70, 95);
    }

    [Fact]
    public void Run_EvidenceOfTheUpdateBefore_NeverPasses()
    {
        var gate = new Gate.Output(new OutputCheck("healthy", Comparison.Is, "true")) { Interval = TimeSpan.FromSeconds(5), Limit = TimeSpan.FromSeconds(60) };
        var rehearsal = new Rehearsal { Sees = (request, _) => [.. OutputEvidence.Collect(request).Select(found => found with { Generation = found.Generation - 1 })] };

        rehearsal.Run(SketchedFleet.Of("one: e1=edge", ring: ring => ring with { Gates = [gate] }));

        Assert.Equal(RolloutOutcome.RolledBack, rehearsal.Report.Outcome);
    }

    [Fact]
    public void Run_PersonApprovesWhatIsUndecided_GoesOn()
    {
        var gate = new Gate.Output(new OutputCheck("late", Comparison.Is, "1"));
        var rehearsal = new Rehearsal { Sees = (_, _) => [] }.At(300, new OperatorCommand.Approve("anna", "I have looked myself"));

        rehearsal.Run(SketchedFleet.Of("one: e1=edge", ring: ring => ring with { Gates = [gate] }));

        Assert.Equal(RolloutOutcome.Succeeded, rehearsal.Report.Outcome);
        Assert.Equal(300, rehearsal.SecondOf<RolloutEvent.RingPassed>());
    }

    [Fact]
    public void Run_LookThatBeganBeforeARetry_DoesNotLetTheRingPass()
    {
        // The look takes a second; in the middle of it the failed cluster is tried again, and fails again.
        var fleet = SketchedFleet.Of(
            "one: e1=edge, e2=edge", new RolloutPolicy { RingFailureBudget = new Amount.Count(2) }, ring => ring with { Checks = [Healthy] });
        var rehearsal = new Rehearsal { Failing = { "e2" } };

        rehearsal.At(11, new OperatorCommand.Retry("anna", "mended")).Run(fleet);

        var passed = rehearsal.SecondOf<RolloutEvent.RingPassed>();
        Assert.True(passed >= 20, $"passed at {passed}");
    }

    [Fact]
    public void Run_StackIsUpdatedAfterAGateHasPassed_TheGateIsAskedAgain()
    {
        // The check passes for e1 while the soak waits; then e2 is tried again, and the check does not hold for it.
        var gate = new Gate.Output(new OutputCheck("ready", Comparison.Is, "true"));
        var fleet = SketchedFleet.Of(
            "one: e1=edge, e2=edge", new RolloutPolicy { RingFailureBudget = new Amount.Count(1) }, ring => ring with { Gates = [gate, new Gate.Soak(TimeSpan.FromMinutes(1))] });
        var rehearsal = new Rehearsal
        {
            Failing = { "e2" },
            MendedAt = { ["e2"] = 30 },
            Outputs = cluster => new JsonObject { ["ready"] = cluster == "e1" },
        };

        rehearsal.At(40, new OperatorCommand.Retry("anna", "mended", "e2")).Run(fleet);

        Assert.Equal(["e1 changed", "e2 failed"], rehearsal.Outcomes());
        Assert.Contains("ready", rehearsal.Of("e2").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_NothingToDoInARing_AsksNobody()
    {
        var fleet = Fleet(ring => ring with { Gates = [new Gate.Approval(), new Gate.Approval { Moment = GateMoment.Before }, new Gate.Soak(TimeSpan.FromDays(1))] });
        var settled = fleet.Clusters.Select(cluster => SketchedFleet.Stack(cluster.Name)).ToHashSet();

        var rehearsal = new Rehearsal().Run(Rollout.Planning.Planner.Plan(fleet, fleet.Applications, fleet.At("2"), new Rollout.Planning.PlanOptions { Settled = settled }));

        Assert.Equal(RolloutOutcome.NoChanges, rehearsal.Report.Outcome);
        Assert.Empty(rehearsal.Updates);
    }

    private static Func<string, JsonObject> OnlyHealthyOutside(string ill) => cluster => new JsonObject { ["healthy"] = cluster != ill };

    private static Fleet Fleet(Func<Ring, Ring> ring) => SketchedFleet.Of("one: e1=edge, e2=edge; two: e3=edge", ring: ring);
}
