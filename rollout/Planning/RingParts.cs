using System.Collections.Immutable;
using System.Globalization;
using FogInfra.Model;

namespace FogInfra.Rollout.Planning;

/// <summary>Splits a ring into the parts that its gates stand between: canaries, then no more clusters than may be exposed at a time.</summary>
internal static class RingParts
{
    /// <summary>The parts of a ring, in their order; none when the ring has no stack.</summary>
    public static IEnumerable<RingPlan> Of(Ring ring, ImmutableArray<StackStep> steps, Fleet fleet)
    {
        if (steps.IsEmpty)
        {
            return [];
        }

        var ordered = WaveOrder.Sort(steps, fleet.Policy.Seed);
        var canaries = Canaries(ring, ordered, fleet);
        ImmutableArray<(string? Part, ImmutableArray<StackStep> Steps)> parts =
        [
            .. Named(Split([.. ordered.Where(step => canaries.Contains(step.Cluster.Name))], fleet.Policy, fleet.Clusters.Length), RingPlan.Canaries),
            .. Named(Split([.. ordered.Where(step => !canaries.Contains(step.Cluster.Name))], fleet.Policy, fleet.Clusters.Length), null),
        ];
        return parts.Select(part => Part(ring, part.Part, part.Steps, fleet.Policy));
    }

    /// <summary>One part that holds some steps, which are in order.</summary>
    public static RingPlan Part(Ring ring, string? name, ImmutableArray<StackStep> steps, RolloutPolicy policy)
    {
        var concurrent = ring.MaxConcurrent ?? policy.MaxConcurrent;
        return new RingPlan(
            ring,
            [
                .. from step in steps
                   group step by step.Cluster.Layer into layer
                   orderby layer.Key
                   select new WavePlan(layer.Key, concurrent.Of(layer.Count()), [.. layer]),
            ])
        {
            Part = name,
        };
    }

    /// <summary>
    /// The ring of late-comers of a ring: they pass its gates after it, but neither stop nor put back a rollout that has come to its end
    /// without them.
    /// </summary>
    public static Ring CatchUpRing(Ring? ring) => new(Ring.CatchUp, ring?.Checks ?? [])
    {
        Gates = [.. (ring?.Gates ?? []).Where(gate => gate is { Moment: GateMoment.After } and not Gate.Approval)],
        MaxConcurrent = ring?.MaxConcurrent,
        FailureBudget = new Amount.Percent(100),
        Quorum = new Amount.Count(0),
    };

    /// <summary>Cuts steps, which are in order, into as few pieces as the exposure budget allows.</summary>
    public static ImmutableArray<ImmutableArray<StackStep>> Split(ImmutableArray<StackStep> steps, RolloutPolicy policy, int fleetSize)
    {
        var most = policy.ExposureBudget?.Of(fleetSize) ?? int.MaxValue;
        var chunks = new List<ImmutableArray<StackStep>.Builder>();
        var exposed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var cluster in steps.GroupBy(step => step.Cluster.Name))
        {
            var exposes = cluster.Any(step => step.Exposes);
            if (chunks.Count == 0 || (exposes && exposed.Count == most))
            {
                chunks.Add(ImmutableArray.CreateBuilder<StackStep>());
                exposed.Clear();
            }

            if (exposes)
            {
                exposed.Add(cluster.Key);
            }

            chunks[^1].AddRange(cluster);
        }

        return [.. chunks.Select(chunk => chunk.ToImmutable())];
    }

    // The canaries change something; they take along those of the ring that they hang on. A ring of canaries only needs no such part.
    private static ImmutableHashSet<string> Canaries(Ring ring, ImmutableArray<StackStep> ordered, Fleet fleet)
    {
        var inRing = ordered.Select(step => step.Cluster).DistinctBy(cluster => cluster.Name).ToDictionary(cluster => cluster.Name, StringComparer.Ordinal);
        if ((ring.Canaries ?? fleet.Policy.Canaries) is not { } amount)
        {
            return [];
        }

        var changing = ordered.Where(step => step.Exposes).Select(step => step.Cluster).DistinctBy(cluster => cluster.Name).ToList();
        var chosen = Ancestry.Close(changing.Take(amount.Of(changing.Count)), inRing);
        return chosen.Count == inRing.Count ? [] : chosen;
    }

    private static IEnumerable<(string? Part, ImmutableArray<StackStep> Steps)> Named(ImmutableArray<ImmutableArray<StackStep>> chunks, string? name) =>
        chunks.Select((chunk, index) =>
            ((chunks.Length, name) switch
            {
                (1, _) => name,
                (_, null) => (index + 1).ToString(CultureInfo.InvariantCulture),
                _ => string.Create(CultureInfo.InvariantCulture, $"{name}-{index + 1}"),
            }, chunk));
}
