using System.Collections.Immutable;
using FogInfra.Model;

namespace FogInfra.Rollout.Gates;

/// <summary>How evidence decides, for every kind of gate. Pure.</summary>
public static class GateRules
{
    /// <summary>By how much the clock of a source may be ahead.</summary>
    public static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(1);

    /// <summary>Decides a gate. What is stale decides nothing; every subject must pass; one that fails is enough to fail.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="evidence">What was found.</param>
    /// <param name="now">The present, by the runner's clock.</param>
    /// <returns>The verdict, and the evidence; what was set aside is inconclusive in it, and says why.</returns>
    public static (Verdict Verdict, ImmutableArray<Evidence> Evidence) Judge(
        EvidenceRequest request, ImmutableArray<Evidence> evidence, DateTimeOffset now)
    {
        var judged = evidence.Select(found => StaleBecause(request, found, now) is { } reason
            ? found with { Verdict = Verdict.Inconclusive, Value = $"{found.Value} (set aside: {reason})" }
            : found).ToImmutableArray();
        var verdict =
            judged.Any(found => found.Verdict == Verdict.Failed) ? Verdict.Failed
            : judged.IsEmpty || judged.Any(found => found.Verdict == Verdict.Inconclusive) || !CoversAll(request, judged) ? Verdict.Inconclusive
            : Verdict.Passed;
        return (verdict, judged);
    }

    // Evidence about the ring as a whole stands for every stack of it.
    private static bool CoversAll(EvidenceRequest request, ImmutableArray<Evidence> evidence)
    {
        var about = evidence.Select(found => found.Stack).ToHashSet();
        return about.Contains(null) || request.Subjects.All(subject => about.Contains(subject.Step.Stack));
    }

    private static string? StaleBecause(EvidenceRequest request, Evidence found, DateTimeOffset now)
    {
        var subject = found.Stack is null ? null : request.Subjects.FirstOrDefault(other => other.Step.Stack == found.Stack);
        var since = subject?.UpdatedAt ?? request.Since;
        return found switch
        {
            { Stack: not null } when subject is null => "the ring has no such stack",
            { Generation: { } generation } when subject is not null && generation != subject.Generation =>
                $"it is about update {generation}, not {subject.Generation}",
            { Stack: not null, Generation: null } => "it does not say which update it is about",
            _ when found.ObservedAt < since => "it is from before the update",
            _ when found.ObservedAt > now + ClockTolerance => "it is from the future",
            _ when request.Gate.MaxAge is { } most && now - found.ObservedAt > most => $"it is older than {most:c}",
            _ => null,
        };
    }
}
