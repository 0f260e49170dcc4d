using FogInfra.Model;
using FogInfra.Rollout.Planning;

namespace FogInfra.Rollout.Preview;

/// <summary>Estimates how long a rollout takes. A pure function.</summary>
internal static class ExpectedDuration
{
    /// <summary>
    /// The waves of a plan one after the other, each as many times the usual update as its concurrency makes necessary, and the soaks
    /// between. What people and checks take comes on top.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="updates">How long updates of stacks have taken before.</param>
    /// <returns>The estimate in words; null when no update has been seen yet.</returns>
    public static string? Of(RolloutPlan plan, IEnumerable<TimeSpan> updates)
    {
        var known = updates.Where(update => update > TimeSpan.Zero).Order().ToList();
        if (known.Count == 0)
        {
            return null;
        }

        var usual = known[known.Count / 2];
        var total = plan.Rings.Aggregate(TimeSpan.Zero, (sum, ring) => sum + (usual * ring.Waves.Sum(Rounds)) + Soaks(ring));
        var approvals = plan.Rings.Sum(ring => ring.Ring.Gates.Count(gate => gate is Gate.Approval));
        return $"about {Words(total)}{(approvals > 0 ? $", and as long as {Show.Wording.Count(approvals, "approval")} may take" : "")}";
    }

    private static int Rounds(WavePlan wave) =>
        (int)Math.Ceiling(wave.Steps.Count(step => step.Action != StepAction.Keep) / (double)Math.Max(1, wave.MaxConcurrent));

    private static TimeSpan Soaks(RingPlan ring) =>
        ring.Ring.Gates.OfType<Gate.Soak>().Select(soak => soak.Duration).DefaultIfEmpty(TimeSpan.Zero).Max();

    private static string Words(TimeSpan duration) => duration switch
    {
        { TotalSeconds: < 90 } => Show.Wording.Count(Math.Max(1, (int)Math.Round(duration.TotalSeconds)), "second"),
        { TotalMinutes: < 90 } => Show.Wording.Count((int)Math.Round(duration.TotalMinutes), "minute"),
        { TotalHours: < 48 } => Show.Wording.Count((int)Math.Round(duration.TotalHours), "hour"),
        _ => Show.Wording.Count((int)Math.Round(duration.TotalDays), "day"),
    };
}
