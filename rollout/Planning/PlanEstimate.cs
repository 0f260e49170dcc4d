using System.Collections.Immutable;
using FogInfra.Model;

namespace FogInfra.Rollout.Planning;

/// <summary>How long updates took before, and what to think of one that nothing is known of.</summary>
public sealed record UpdateTimes
{
    /// <summary>What is taken for an update when there is no history at all.</summary>
    public static readonly TimeSpan Unknown = TimeSpan.FromSeconds(30);

    /// <summary>The last good update of each stack.</summary>
    public IReadOnlyDictionary<StackId, TimeSpan> ByStack { get; init; } = ImmutableDictionary<StackId, TimeSpan>.Empty;

    /// <summary>How long the update of a stack is going to take: as long as the last one; else as those of its application in the middle.</summary>
    public TimeSpan Of(StackId stack) =>
        ByStack.TryGetValue(stack, out var known) ? known : Middle(stack.Application) ?? Unknown;

    private TimeSpan? Middle(string application)
    {
        _middles ??= ByStack.GroupBy(time => time.Key.Application).ToImmutableDictionary(
            times => times.Key,
            times => times.Select(time => time.Value).Order().ElementAt(times.Count() / 2));
        return _middles.TryGetValue(application, out var middle) ? middle : null;
    }

    private ImmutableDictionary<string, TimeSpan>? _middles;
}

/// <summary>What a ring, or a part of one, is going to mean.</summary>
/// <param name="Ring">Its name.</param>
/// <param name="Clusters">How many clusters change in it: what it puts at stake.</param>
/// <param name="Share">How many of a hundred clusters of the fleet that is.</param>
/// <param name="ShareAfter">How many of a hundred clusters of the fleet have changed when it has passed.</param>
/// <param name="Duration">How long it is expected to take, its soak included, if nothing fails and nobody is waited for.</param>
/// <param name="CriticalPath">How long it would take with as many updates at a time as its order allows.</param>
public sealed record RingEstimate(string Ring, int Clusters, double Share, double ShareAfter, TimeSpan Duration, TimeSpan CriticalPath);

/// <summary>What a plan is going to mean, before anything is touched.</summary>
/// <param name="Rings">Its rings.</param>
/// <param name="Duration">How long it is expected to take.</param>
/// <param name="CriticalPath">How long it would take at least.</param>
/// <param name="HasHistory">Whether any update is known from before; otherwise the times are a guess.</param>
public sealed record PlanEstimate(ImmutableArray<RingEstimate> Rings, TimeSpan Duration, TimeSpan CriticalPath, bool HasHistory)
{
    /// <summary>Estimates a plan. Pure.</summary>
    public static PlanEstimate Of(RolloutPlan plan, UpdateTimes times)
    {
        var changed = new HashSet<string>(StringComparer.Ordinal);
        var rings = ImmutableArray.CreateBuilder<RingEstimate>();
        foreach (var ring in plan.Rings)
        {
            var here = ring.Steps.Where(step => step.Action != StepAction.Keep).Select(step => step.Cluster.Name).ToHashSet(StringComparer.Ordinal);
            changed.UnionWith(here);
            var soak = here.Count == 0 ? TimeSpan.Zero : ring.Ring.Gates.OfType<Gate.Soak>().Select(gate => gate.Duration).DefaultIfEmpty().Max();
            rings.Add(new RingEstimate(
                ring.Name,
                here.Count,
                Share(here.Count, plan),
                Share(changed.Count, plan),
                soak + Sum(ring.Waves.Select(wave => Time(wave, times))),
                soak + Sum(ring.Waves.Select(wave => Updates(wave, times).DefaultIfEmpty().Max()))));
        }

        return new PlanEstimate(rings.ToImmutable(), Sum(rings.Select(ring => ring.Duration)), Sum(rings.Select(ring => ring.CriticalPath)), times.ByStack.Count > 0);
    }

    // Each update goes to the place that is free first, as the runner does it.
    private static TimeSpan Time(WavePlan wave, UpdateTimes times)
    {
        var places = new PriorityQueue<TimeSpan, TimeSpan>();
        var end = TimeSpan.Zero;
        foreach (var time in Updates(wave, times))
        {
            var begin = places.Count < wave.MaxConcurrent ? TimeSpan.Zero : places.Dequeue();
            places.Enqueue(begin + time, begin + time);
            end = begin + time > end ? begin + time : end;
        }

        return end;
    }

    private static IEnumerable<TimeSpan> Updates(WavePlan wave, UpdateTimes times) =>
        wave.Steps.Where(step => !step.IsSkipped).Select(step => times.Of(step.Stack));

    private static double Share(int clusters, RolloutPlan plan) => plan.FleetSize == 0 ? 0 : 100.0 * clusters / plan.FleetSize;

    private static TimeSpan Sum(IEnumerable<TimeSpan> times) => times.Aggregate(TimeSpan.Zero, (sum, time) => sum + time);
}
