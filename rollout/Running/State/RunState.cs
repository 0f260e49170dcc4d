using System.Collections.Immutable;
using FogInfra.Model;
using FogInfra.Rollout.Planning;

namespace FogInfra.Rollout.Running;

/// <summary>Where a plan is. Immutable: an event makes a new one from it.</summary>
public sealed record RunState
{
    /// <summary>The plan. Ring plans are added to it when clusters join, return or move; those that have begun stay in their places.</summary>
    public required RolloutPlan Plan { get; init; }

    /// <summary>Every stack of the plan.</summary>
    public required ImmutableDictionary<StackId, StackProgress> Stacks { get; init; }

    /// <summary>The stacks of each cluster.</summary>
    public required ImmutableDictionary<string, ImmutableArray<StackId>> Clusters { get; init; }

    /// <summary>The number of the last ring plan that has begun; -1 while none has.</summary>
    public int Ring { get; init; } = -1;

    /// <summary>The ring plan that runs; null before, between and after them.</summary>
    public RingProgress? Current { get; init; }

    /// <summary>Clusters that run a version which is not proven in their ring.</summary>
    public ImmutableHashSet<string> Exposed { get; init; } = ImmutableHashSet.Create<string>(StringComparer.Ordinal);

    /// <summary>The clusters that failed, by ring.</summary>
    public ImmutableDictionary<string, ImmutableHashSet<string>> Failed { get; init; } = ImmutableDictionary<string, ImmutableHashSet<string>>.Empty;

    /// <summary>Clusters that are not of the fleet any more.</summary>
    public ImmutableHashSet<string> Left { get; init; } = ImmutableHashSet.Create<string>(StringComparer.Ordinal);

    /// <summary>The stacks that are deferred.</summary>
    public ImmutableHashSet<StackId> Deferred { get; init; } = [];

    /// <summary>How many clusters each ring has, all its parts together.</summary>
    public required ImmutableDictionary<string, int> RingSizes { get; init; }

    /// <summary>The ring plan that runs. Only to be asked while one does.</summary>
    public RingPlan CurrentPlan => Plan.Rings[Ring];

    /// <summary>How many updates run.</summary>
    public int Running => Current?.Running.Count ?? 0;

    /// <summary>A plan of which nothing has begun.</summary>
    public static RunState Of(RolloutPlan plan)
    {
        var stacks = ImmutableDictionary.CreateBuilder<StackId, StackProgress>();
        foreach (var ring in plan.Rings)
        {
            foreach (var step in ring.Steps)
            {
                stacks[step.Stack] = new StackProgress
                {
                    Step = step,
                    Ring = ring.Name,
                    Phase = step.IsSkipped ? StackPhase.Unchanged : StackPhase.Pending,
                };
            }
        }

        return new RunState
        {
            Plan = plan,
            Stacks = stacks.ToImmutable(),
            Clusters = plan.Rings.SelectMany(ring => ring.Steps).Select(step => step.Stack).Distinct().GroupBy(stack => stack.Cluster)
                .ToImmutableDictionary(cluster => cluster.Key, cluster => cluster.ToImmutableArray()),
            RingSizes = SizesOf(plan),
        };
    }

    /// <summary>The stacks of a cluster; none for a cluster that the plan does not know.</summary>
    public IEnumerable<StackProgress> OfCluster(string cluster) =>
        Clusters.TryGetValue(cluster, out var stacks) ? stacks.Select(stack => Stacks[stack]) : [];

    /// <summary>The clusters that failed, over all rings.</summary>
    public int FailedClusters() => Failed.Values.SelectMany(clusters => clusters).Distinct(StringComparer.Ordinal).Count();

    /// <summary>Whether one more cluster of a ring may be deferred.</summary>
    public bool MayDefer(Ring ring, string cluster)
    {
        var size = RingSizes.GetValueOrDefault(ring.Name);
        var room = size - (ring.Quorum ?? Plan.Policy.Quorum).Demand(size);
        var deferred = Deferred.Where(stack => RingOf(Stacks[stack].Ring) == ring.Name).Select(stack => stack.Cluster).ToHashSet(StringComparer.Ordinal);
        return deferred.Contains(cluster) || deferred.Count < room;
    }

    /// <summary>The ring of a ring plan, by name.</summary>
    public string RingOf(string ringPlan) => Plan.Rings.First(ring => ring.Name == ringPlan).Ring.Name;

    internal static ImmutableDictionary<string, int> SizesOf(RolloutPlan plan) => plan.Rings
        .GroupBy(ring => ring.Ring.Name)
        .ToImmutableDictionary(
            ring => ring.Key,
            ring => ring.SelectMany(part => part.Steps).Select(step => step.Cluster.Name).Distinct(StringComparer.Ordinal).Count());
}
