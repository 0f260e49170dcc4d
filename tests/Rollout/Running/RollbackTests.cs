using System.Collections.Immutable;
using FogInfra.Model;
using FogInfra.Rollout.Planning;
using FogInfra.Rollout.Running;

namespace FogInfra.Tests;

/// <summary>The way back.</summary>
public sealed class RollbackTests
{
    private const string Three = "one: c1=cloud, f1=fog/c1; two: f2=fog/c1, e1=edge/f1; three: e2=edge/f1, e3=edge/f2, e4=edge/f2";

    [Fact]
    public void Run_LastRingFails_GoesBackChildrenFirst_TheWorstRingFirst()
    {
        var rehearsal = new Rehearsal { Failing = { "e3" } }.Run(SketchedFleet.Of(Three));

        Assert.Equal("three: e3, e2, e4 | two: e1 > f2 | one: f1 > c1", rehearsal.State.Back!.Plan.Sketch());
        Assert.Equal(RolloutOutcome.RolledBack, rehearsal.Report.Outcome);
        Assert.All(rehearsal.Outcomes(), outcome => Assert.EndsWith("rolledback", outcome, StringComparison.Ordinal));
    }

    [Fact]
    public void Run_EarlierRingHasMoreFailures_GoesFirst_WhereNothingHangsOnIt()
    {
        var policy = new RolloutPolicy { RingFailureBudget = new Amount.Count(2), FleetFailureBudget = new Amount.Count(2) };

        var rehearsal = new Rehearsal { Failing = { "e1", "e2", "e5" } }.Run(SketchedFleet.Of("one: e1=edge, e2=edge, e3=edge; two: e4=edge, e5=edge", policy));

        Assert.Equal("one: e1, e2, e3 | two: e5, e4", rehearsal.State.Back!.Plan.Sketch());
    }

    [Fact]
    public void Run_ClusterWasNeverTouched_IsLeftAlone()
    {
        var rehearsal = new Rehearsal { Failing = { "e1" } }.Run(SketchedFleet.Of("one: e1=edge; two: e2=edge"));

        Assert.Equal(["0 e1 2", "10 e1 1"], rehearsal.Updates);
    }

    [Fact]
    public void Run_ClusterHasAProvenVersion_GoesBackToThatOne()
    {
        var fleet = SketchedFleet.Of("one: e1=edge");
        var proven = ImmutableDictionary<StackId, ClusterWorkload>.Empty.Add(SketchedFleet.Stack("e1"), fleet.At("0.9")[SketchedFleet.Stack("e1")]);

        var rehearsal = new Rehearsal { Failing = { "e1" } }.Run(fleet.Plan(new PlanOptions { Proven = proven }));

        Assert.Equal(["0 e1 2", "10 e1 0.9"], rehearsal.Updates);
    }

    [Fact]
    public void Run_ThereWasNothingBefore_TakesItAway()
    {
        var fleet = SketchedFleet.Of("one: e1=edge");

        var rehearsal = new Rehearsal { Failing = { "e1" } }.Run(Planner.Plan(fleet, fleet.Applications, ImmutableDictionary<StackId, ClusterWorkload>.Empty));

        Assert.Equal(["0 e1 2", "10 e1 none"], rehearsal.Updates);
    }

    [Fact]
    public void Run_OneCannotBePutBack_PutsBackTheOthers_AndTellsIt()
    {
        var rehearsal = new Rehearsal { Failing = { "e3" }, FailingBack = { "e2" } }.Run(SketchedFleet.Of("one: e1=edge, e2=edge, e3=edge"));

        Assert.Equal(RolloutOutcome.RollbackFailed, rehearsal.Report.Outcome);
        Assert.Equal(["e1 rolledback", "e2 rollbackfailed", "e3 rolledback"], rehearsal.Outcomes());
        Assert.Equal("its pods crash", rehearsal.Of("e2").Reason);
    }

    [Fact]
    public void Run_ChildCannotBePutBack_ItsParentIsAllTheSame()
    {
        var rehearsal = new Rehearsal { Failing = { "e1" }, FailingBack = { "e1" } }.Run(SketchedFleet.Of("one: f1=fog, e1=edge/f1"));

        Assert.Equal(["f1 rolledback", "e1 rollbackfailed"], rehearsal.Outcomes());
    }

    [Fact]
    public void Run_RollbackHasItsOwnConcurrency()
    {
        var policy = new RolloutPolicy { MaxConcurrent = new Amount.Count(1), Rollback = new RollbackPolicy { MaxConcurrent = new Amount.Count(3) } };

        var rehearsal = new Rehearsal { Failing = { "e3" } }.Run(SketchedFleet.Of("one: e1=edge, e2=edge, e3=edge", policy));

        Assert.Equal(3, rehearsal.MostAtOnce);
    }

    [Fact]
    public void Run_RollbackHasItsOwnChecks_AndWhatFailsThemIsTold()
    {
        var policy = new RolloutPolicy { Rollback = new RollbackPolicy { Checks = [new OutputCheck("healthy", Comparison.Is, "true")] } };
        var rehearsal = new Rehearsal { Failing = { "e2" }, Outputs = cluster => new() { ["healthy"] = cluster != "e1" } };

        rehearsal.Run(SketchedFleet.Of("one: e1=edge, e2=edge", policy));

        Assert.Equal(["e1 rollbackfailed", "e2 rolledback"], rehearsal.Outcomes());
    }

    [Fact]
    public void Run_ClusterIsOfflineWhenItIsPutBack_IsOwedTheProvenVersion()
    {
        var policy = new RolloutPolicy { MaxConcurrent = new Amount.Count(1), Retry = new RetryPolicy { Attempts = 2 } };
        var rehearsal = new Rehearsal { Failing = { "e2" } };
        rehearsal.OfflineFrom["e1"] = 15;
        rehearsal.Run(SketchedFleet.Of("one: e1=edge, e2=edge", policy));

        Assert.Equal(RolloutOutcome.RollbackFailed, rehearsal.Report.Outcome);
        Assert.Equal("1", Assert.Single(rehearsal.State.Owed()).Approved!.Versions()["web"]);
    }

    [Fact]
    public void Run_PolicyHolds_LeavesEverything_UntilAPersonAsksToPutItBack()
    {
        var fleet = SketchedFleet.Of("one: e1=edge, e2=edge", new RolloutPolicy { OnFailure = FailureAction.Hold });

        var held = new Rehearsal { Failing = { "e2" } }.Run(fleet);
        var asked = held.State.After(new RolloutEntry(held.Rollout.Now, new RolloutEvent.Commanded(new OperatorCommand.Rollback("anna", "complaints"))));
        var next = RolloutDecisions.Decide(asked, Observations.None, held.Rollout.Now);

        Assert.Equal(RolloutOutcome.Held, held.Report.Outcome);
        Assert.IsType<RolloutEvent.RollbackStarted>(Assert.IsType<RolloutAction.Record>(Assert.Single(next)).Event);
    }

    [Fact]
    public void Run_PersonAsksInTheMiddle_LetsUpdatesEnd_AndPutsThemBack()
    {
        var rehearsal = new Rehearsal().At(5, new OperatorCommand.Rollback("anna", "complaints")).Run(SketchedFleet.Of("one: e1=edge, e2=edge; two: e3=edge"));

        Assert.Equal(["0 e1 2", "0 e2 2", "10 e1 1", "10 e2 1"], rehearsal.Updates);
        Assert.Equal(RolloutOutcome.RolledBack, rehearsal.Report.Outcome);
    }

    [Fact]
    public void Run_ClusterLeftTheFleet_IsNotPutBack()
    {
        var rehearsal = new Rehearsal { Failing = { "e2" } }
            .At(12, new RolloutEvent.ClusterLeft("e1", "it was taken out"))
            .Run(SketchedFleet.Of("one: e1=edge; two: e2=edge"));

        Assert.DoesNotContain("20 e1 1", rehearsal.Updates);
    }
}
