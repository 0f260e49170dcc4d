using System.Collections.Immutable;
using System.Text.Json.Nodes;
using FogInfra.Model;
using FogInfra.Rollout.Gates;
using FogInfra.Rollout.Planning;

namespace FogInfra.Tests;

/// <summary>What evidence decides, and what is set aside.</summary>
public sealed class GateRulesTests
{
    private static readonly DateTimeOffset Updated = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Now = Updated.AddMinutes(10);
    private static readonly StackId One = SketchedFleet.Stack("e1");
    private static readonly StackId Two = SketchedFleet.Stack("e2");

    [Fact]
    public void Judge_EverySubjectPasses_Passes()
    {
        Assert.Equal(Verdict.Passed, Judge(About(One, Verdict.Passed), About(Two, Verdict.Passed)));
    }

    [Fact]
    public void Judge_OneFails_Fails()
    {
        Assert.Equal(Verdict.Failed, Judge(About(One, Verdict.Passed), About(Two, Verdict.Failed)));
    }

    [Fact]
    public void Judge_OneIsMissing_IsInconclusive()
    {
        Assert.Equal(Verdict.Inconclusive, Judge(About(One, Verdict.Passed)));
    }

    [Fact]
    public void Judge_OneIsInconclusive_IsInconclusive()
    {
        Assert.Equal(Verdict.Inconclusive, Judge(About(One, Verdict.Passed), About(Two, Verdict.Inconclusive)));
    }

    [Fact]
    public void Judge_NoEvidence_IsInconclusive()
    {
        Assert.Equal(Verdict.Inconclusive, Judge());
    }

    [Fact]
    public void Judge_EvidenceAboutTheRing_StandsForEveryStack()
    {
        Assert.Equal(Verdict.Passed, Judge(About(One, Verdict.Passed) with { Stack = null, Generation = null }));
    }

    [Fact]
    public void Judge_EvidenceOfAnEarlierUpdate_IsSetAside()
    {
        AssertSetAside("it is about update 1, not 2", found => found with { Generation = 1 });
    }

    [Fact]
    public void Judge_EvidenceOfNoUpdate_IsSetAside()
    {
        AssertSetAside("it does not say which update it is about", found => found with { Generation = null });
    }

    [Fact]
    public void Judge_EvidenceFromBeforeTheUpdate_IsSetAside()
    {
        AssertSetAside("it is from before the update", found => found with { ObservedAt = Updated.AddSeconds(-1) });
    }

    [Fact]
    public void Judge_EvidenceFromTheFuture_IsSetAside()
    {
        AssertSetAside("it is from the future", found => found with { ObservedAt = Now.AddSeconds(2) });
    }

    [Fact]
    public void Judge_EvidenceOfAClockThatIsALittleAhead_Counts()
    {
        Assert.Equal(Verdict.Passed, Judge(About(One, Verdict.Passed) with { ObservedAt = Now.AddSeconds(1) }, About(Two, Verdict.Passed)));
    }

    [Fact]
    public void Judge_EvidenceThatIsTooOld_IsSetAside()
    {
        AssertSetAside("it is older than 00:01:00", found => found with { ObservedAt = Now.AddSeconds(-61) });
    }

    [Fact]
    public void Judge_EvidenceAboutAStrangeStack_IsSetAside()
    {
        AssertSetAside("the ring has no such stack", found => found with { Stack = SketchedFleet.Stack("e9") });
    }

    [Fact]
    public void Judge_StaleFailure_DoesNotFailEither()
    {
        var (verdict, _) = GateRules.Judge(Request(), [About(One, Verdict.Failed) with { Generation = 1 }, About(Two, Verdict.Passed)], Now);

        Assert.Equal(Verdict.Inconclusive, verdict);
    }

    private static void AssertSetAside(string reason, Func<Evidence, Evidence> change)
    {
        var (verdict, evidence) = GateRules.Judge(Request(), [change(About(One, Verdict.Passed)), About(Two, Verdict.Passed)], Now);

        Assert.Equal(Verdict.Inconclusive, verdict);
        Assert.Equal($"seen (set aside: {reason})", evidence[0].Value);
    }

    private static Verdict Judge(params ImmutableArray<Evidence> evidence) => GateRules.Judge(Request(), evidence, Now).Verdict;

    private static EvidenceRequest Request()
    {
        var steps = SketchedFleet.Of("all: e1=edge, e2=edge").Plan().Steps;
        return new EvidenceRequest
        {
            Ring = "all",
            Gate = new Gate.Approval { MaxAge = TimeSpan.FromMinutes(1) },
            Subjects = [.. steps.Select(step => new GateSubject(step, 2, Updated, new JsonObject()))],
            Since = Updated,
            AskedAt = Now,
        };
    }

    private static Evidence About(StackId stack, Verdict verdict) =>
        new() { Stack = stack, Verdict = verdict, Value = "seen", Source = "test", ObservedAt = Now, Generation = 2 };
}
