using FogInfra.Model;
using FogInfra.Rollout.Planning;
using FogInfra.Rollout.Running;

namespace FogInfra.Tests;

/// <summary>What people can do to a running rollout.</summary>
public sealed class OperatorTests
{
    private static readonly RolloutPolicy Hold = new() { OnFailure = FailureAction.Hold };

    [Fact]
    public void Run_Paused_StartsNothing_UntilItIsResumed()
    {
        var rehearsal = new Rehearsal()
            .At(5, new OperatorCommand.Pause("anna", "lunch"))
            .At(100, new OperatorCommand.Resume("anna", "lunch is over"))
            .Run(SketchedFleet.Of("one: e1=edge; two: e2=edge"));

        Assert.Equal(["0 e1 2", "100 e2 2"], rehearsal.Updates);
    }

    [Fact]
    public void Run_PausedWhileARingHasATimeLimit_StillMeetsTheLimit()
    {
        var fleet = SketchedFleet.Of("one: e1=edge; two: e2=edge", ring: ring => ring with { TimeLimit = TimeSpan.FromSeconds(50) });

        var rehearsal = new Rehearsal().At(5, new OperatorCommand.Pause("anna", "lunch")).At(1000, new OperatorCommand.Resume("anna", "back")).Run(fleet);

        Assert.Equal(50, rehearsal.SecondOf<RolloutEvent.Stopped>());
    }

    [Fact]
    public void Run_Aborted_LetsUpdatesEnd_AndPutsNothingBack()
    {
        var rehearsal = new Rehearsal().At(5, new OperatorCommand.Abort("anna", "enough")).Run(SketchedFleet.Of("one: e1=edge; two: e2=edge"));

        Assert.Equal(RolloutOutcome.Aborted, rehearsal.Report.Outcome);
        Assert.Equal(["e1 changed", "e2 notreached"], rehearsal.Outcomes());
        Assert.Equal(10, (int)rehearsal.Report.Duration.TotalSeconds);
    }

    [Fact]
    public void Run_AbortedWhilePaused_Ends()
    {
        var rehearsal = new Rehearsal()
            .At(5, new OperatorCommand.Pause("anna", "lunch")).At(60, new OperatorCommand.Abort("anna", "enough"))
            .Run(SketchedFleet.Of("one: e1=edge; two: e2=edge"));

        Assert.Equal(RolloutOutcome.Aborted, rehearsal.Report.Outcome);
    }

    [Fact]
    public void Run_Skipped_IsLeftOut_AndSoIsWhatHangsOnIt()
    {
        var rehearsal = new Rehearsal().At(5, new OperatorCommand.Skip("anna", "it is being moved", "f1"))
            .Run(SketchedFleet.Of("zero: c1=cloud; one: f1=fog/c1; two: e1=edge/f1, e2=edge", new RolloutPolicy { Quorum = new Amount.Count(0) }));

        Assert.Equal(["c1 changed", "f1 skipped", "e1 deferred", "e2 changed"], rehearsal.Outcomes());
        Assert.Equal("skipped by anna: it is being moved", rehearsal.Of("f1").Reason);
    }

    [Fact]
    public void Run_FailedOneIsSkipped_GivesItsPlaceInTheBudgetBack()
    {
        var policy = new RolloutPolicy { RingFailureBudget = new Amount.Count(1), MaxConcurrent = new Amount.Count(1) };
        var rehearsal = new Rehearsal { Failing = { "e1", "e3" } }.At(15, new OperatorCommand.Skip("anna", "known to be broken", "e1"))
            .Run(SketchedFleet.Of("one: e1=edge, e2=edge, e3=edge, e4=edge", policy));

        Assert.Equal(RolloutOutcome.Succeeded, rehearsal.Report.Outcome);
    }

    [Fact]
    public void Held_RetriedAfterTheCauseIsMended_GoesOnToTheEnd()
    {
        var fleet = SketchedFleet.Of("one: e1=edge, e2=edge; two: e3=edge", Hold);
        var first = new Rehearsal { Failing = { "e2" } }.Run(fleet);

        var state = first.State.After(new RolloutEntry(first.Rollout.Now, new RolloutEvent.Commanded(new OperatorCommand.Retry("anna", "mended"))));
        var next = RolloutDecisions.Decide(state, Observations.None, first.Rollout.Now);

        Assert.Equal(RolloutOutcome.Held, first.Report.Outcome);
        Assert.Null(state.Outcome);
        Assert.Empty(state.Failures);
        Assert.Equal("e2", Assert.IsType<RolloutAction.Update>(Assert.Single(next)).Step.Cluster.Name);
    }

    [Fact]
    public void Run_RetryOfOneThatFailedInAnEarlierRing_CatchesUpAtTheEnd()
    {
        var policy = new RolloutPolicy { RingFailureBudget = new Amount.Count(1) };
        var rehearsal = new Rehearsal { Failing = { "e1" }, Takes = { ["e3"] = 100 } };
        rehearsal.At(40, new OperatorCommand.Retry("anna", "mended", "e1"));

        rehearsal.Run(SketchedFleet.Of("one: e1=edge, e2=edge; two: e3=edge", policy));

        Assert.Equal(["e1", "e2", "e3", "e1"], rehearsal.Order);
        Assert.Equal("catch-up/one", rehearsal.State.Forward.Plan.Rings[^1].Name);
    }

    [Theory]
    [MemberData(nameof(AnyCommand))]
    public void AnyCommand_OnARolloutThatHasSucceeded_ChangesNothingByItself(OperatorCommand command)
    {
        var done = new Rehearsal().Run(SketchedFleet.Of("one: e1=edge"));

        var after = done.State.After(new RolloutEntry(done.Rollout.Now, new RolloutEvent.Commanded(command)));

        Assert.Equal(command is OperatorCommand.Rollback ? null : RolloutOutcome.Succeeded, after.Outcome);
    }

    public static TheoryData<OperatorCommand> AnyCommand =>
    [
        new OperatorCommand.Pause("a", "b"),
        new OperatorCommand.Resume("a", "b"),
        new OperatorCommand.Approve("a", "b"),
        new OperatorCommand.Reject("a", "b"),
        new OperatorCommand.Abort("a", "b"),
        new OperatorCommand.Retry("a", "b"),
        new OperatorCommand.Skip("a", "b", "e1"),
        new OperatorCommand.Rollback("a", "b"),
        new OperatorCommand.Hold("a", "b", "e1", DateTimeOffset.MaxValue),
        new OperatorCommand.Release("a", "b", "e1"),
    ];
}
