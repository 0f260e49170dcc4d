using System.Collections.Immutable;
using FogInfra.Model;
using FogInfra.Rollout.Gates;
using FogInfra.Rollout.Running;

namespace FogInfra.Tests;

/// <summary>Gates that look at the world, that wait for a time of the day, or that only report; on virtual time, which begins on a Thursday at 00:00 UTC.</summary>
public sealed class WatchedGateTests
{
    private static readonly Gate.Metric Errors = new("http://prometheus", "errors", Comparison.AtMost, 0.01) { Interval = TimeSpan.FromSeconds(10) };

    private static readonly Gate.Window Nights = new([DayOfWeek.Thursday, DayOfWeek.Friday], new TimeOnly(1, 0), new TimeOnly(2, 0), "UTC") { Moment = GateMoment.Before };

    [Fact]
    public void Run_WatchedGateFailsDuringASoak_IsActedOnAtOnce()
    {
        var rehearsal = new Rehearsal { Sees = (request, second) => [request.AboutRing(second < 100 ? Verdict.Passed : Verdict.Failed, "errors", "test")] };

        rehearsal.Run(Two(Errors, new Gate.Soak(TimeSpan.FromMinutes(10))));

        // The evidence, the stop and the first step back have the same time, and nothing is between them but the decision.
        var entries = rehearsal.Rollout.Entries;
        var seen = entries.ToList().FindIndex(entry => entry.Event is RolloutEvent.GateEvaluated { Verdict: Verdict.Failed });
        Assert.Equal(RolloutOutcome.RolledBack, rehearsal.Report.Outcome);
        Assert.IsType<RolloutEvent.Stopped>(entries[seen + 1].Event);
        Assert.IsType<RolloutEvent.RollbackStarted>(entries[seen + 2].Event);
        Assert.Equal(entries[seen].At, entries.First(entry => entry.At >= entries[seen].At && entry.Event is RolloutEvent.StackStarted).At);
        Assert.InRange(rehearsal.SecondOf<RolloutEvent.Stopped>(), 100, 111);
        Assert.DoesNotContain(rehearsal.Updates, update => update.EndsWith("e3 2", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_WatchedGateBecomesUndecidedDuringASoak_DoesNotPassOnWhatItOnceSaw()
    {
        var rehearsal = new Rehearsal { Sees = (request, second) => [request.AboutRing(second is > 30 and < 200 ? Verdict.Inconclusive : Verdict.Passed, "errors", "test")] };

        rehearsal.Run(Two(Errors, new Gate.Soak(TimeSpan.FromMinutes(1))));

        Assert.Equal(RolloutOutcome.Succeeded, rehearsal.Report.Outcome);
        Assert.InRange(rehearsal.SecondOf<RolloutEvent.RingPassed>(), 200, 220);
    }

    [Fact]
    public void Run_WatchThatLags_NeverPasses_UntilItHasCaughtUp()
    {
        // What is seen is always half a minute old, and the update ends at second 10.
        var rehearsal = new Rehearsal
        {
            Sees = (request, second) => [request.AboutRing(Verdict.Passed, "errors", "test") with { ObservedAt = Rehearsal.Time(second - 30) }],
        };

        rehearsal.Run(Two(Errors));

        Assert.Equal(RolloutOutcome.Succeeded, rehearsal.Report.Outcome);
        Assert.InRange(rehearsal.SecondOf<RolloutEvent.RingPassed>(), 40, 51);
        Assert.Contains(rehearsal.Events<RolloutEvent.GateEvaluated>(), gate => gate.Evidence[0].Value.Contains("set aside: it is from before the update", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_EvidenceOfAClockThatIsAhead_NeverPasses()
    {
        var gate = Errors with { Limit = TimeSpan.FromMinutes(5) };
        var rehearsal = new Rehearsal { Sees = (request, second) => [request.AboutRing(Verdict.Passed, "errors", "test") with { ObservedAt = Rehearsal.Time(second + 3600) }] };

        rehearsal.Run(Two(gate));

        Assert.Equal(RolloutOutcome.RolledBack, rehearsal.Report.Outcome);
        Assert.All(rehearsal.Events<RolloutEvent.GateEvaluated>(), evaluated => Assert.NotEqual(Verdict.Passed, evaluated.Verdict));
    }

    [Fact]
    public void Run_EvidenceOfAnOldGeneration_NeverPasses()
    {
        var gate = Errors with { Limit = TimeSpan.FromMinutes(5) };
        var rehearsal = new Rehearsal
        {
            Sees = (request, _) => [.. request.Subjects.Select(subject => request.About(subject, Verdict.Passed, "errors", "test") with { Generation = subject.Generation - 1 })],
        };

        rehearsal.Run(Two(gate));

        Assert.Equal(RolloutOutcome.RolledBack, rehearsal.Report.Outcome);
        Assert.All(rehearsal.Events<RolloutEvent.GateEvaluated>(), evaluated => Assert.NotEqual(Verdict.Passed, evaluated.Verdict));
    }

    [Theory]
    [MemberData(nameof(WhatWaits))]
    public void Run_GateThatOnlyReports_IsReported_AndNeverWaitedFor(Gate gate)
    {
        var rehearsal = new Rehearsal { Sees = (request, _) => [request.AboutRing(Verdict.Inconclusive, "no data", "test")] };

        rehearsal.Run(Two(gate with { DryRun = true }));

        Assert.Equal(RolloutOutcome.Succeeded, rehearsal.Report.Outcome);
        Assert.InRange(rehearsal.Report.Duration.TotalSeconds, 20, 22);
        Assert.Contains(rehearsal.Events<RolloutEvent.GateEvaluated>(), evaluated => evaluated is { Verdict: Verdict.Inconclusive, Ring: "one" });
    }

    public static TheoryData<Gate> WhatWaits => [Errors, new Gate.Soak(TimeSpan.FromHours(1)), new Gate.Approval(), new Gate.Approval { Moment = GateMoment.Before }, Nights];

    [Fact]
    public void Run_GateBeforeARingFails_TouchesNothingOfIt()
    {
        var gate = Errors with { Moment = GateMoment.Before };
        var rehearsal = new Rehearsal { Sees = (request, _) => [.. request.Subjects.Select(subject => request.About(subject, Verdict.Failed, "errors", "test"))] };

        rehearsal.Run(Two(gate));

        Assert.Equal(RolloutOutcome.RolledBack, rehearsal.Report.Outcome);
        Assert.Empty(rehearsal.Updates);
        Assert.Contains("the gate 'errors atMost 0.01' has failed", Assert.Single(rehearsal.Report.Failures).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_Window_WaitsUntilItOpens_AndSaysSo()
    {
        var rehearsal = new Rehearsal().Run(SketchedFleet.Of("one: e1=edge", ring: ring => ring with { Gates = [Nights] }));

        Assert.Equal(["3600 e1 2"], rehearsal.Updates);
        Assert.Equal(
            ["closed at 2026-01-01 00:00:00Z, opens at 2026-01-01 01:00:00Z", "open at 2026-01-01 01:00:00Z"],
            rehearsal.Events<RolloutEvent.GateEvaluated>().Select(evaluated => evaluated.Evidence[0].Value));
    }

    [Fact]
    public void Run_WindowClosesInTheMiddleOfARing_LetsWhatRunsEnd_AndGoesOnWhenItOpens()
    {
        var policy = new RolloutPolicy { MaxConcurrent = new Amount.Count(1) };
        var rehearsal = new Rehearsal { Takes = { ["e1"] = 3500, ["e2"] = 600 } }
            .Run(SketchedFleet.Of("one: e1=edge, e2=edge, e3=edge", policy, ring => ring with { Gates = [Nights] }));

        Assert.Equal(["3600 e1 2", "7100 e2 2", "90000 e3 2"], rehearsal.Updates);
    }

    [Fact]
    public void Run_WindowIsClosed_PersonApproves_GoesOn()
    {
        var rehearsal = new Rehearsal().At(60, new OperatorCommand.Approve("anna", "it is urgent")).Run(SketchedFleet.Of("one: e1=edge", ring: ring => ring with { Gates = [Nights] }));

        Assert.Equal(["60 e1 2"], rehearsal.Updates);
    }

    [Fact]
    public void Run_RollbackWhileTheWindowIsClosed_IsNotHeldUp()
    {
        var rehearsal = new Rehearsal { Failing = { "e1" }, Takes = { ["e1"] = 4000 } }.Run(SketchedFleet.Of("one: e1=edge", ring: ring => ring with { Gates = [Nights] }));

        Assert.Equal(["3600 e1 2", "7600 e1 1"], rehearsal.Updates);
    }

    [Fact]
    public void Run_ComparisonWithABaseline_IsAskedWithItsClusters()
    {
        var asked = ImmutableArray<string>.Empty;
        var rehearsal = new Rehearsal
        {
            Sees = (request, _) =>
            {
                asked = request.Baseline;
                return [request.AboutRing(Verdict.Passed, "same", "test")];
            },
        };
        var fleet = SketchedFleet.Of("one: e1=edge, e2=edge; two: e3=edge", ring: ring => ring.Name == "two" ? ring with { Gates = [Errors with { Baseline = "one" }] } : ring);

        rehearsal.Run(fleet);

        Assert.Equal(["e1", "e2"], asked);
    }

    private static Fleet Two(params ImmutableArray<Gate> gates) =>
        SketchedFleet.Of("one: e1=edge, e2=edge; two: e3=edge", ring: ring => ring.Name == "one" ? ring with { Gates = gates } : ring);
}
