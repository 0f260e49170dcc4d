using System.Collections.Immutable;
using FogInfra.Model;

namespace FogInfra.Rollout.Planning;

/// <summary>What a plan is made from besides the fleet and what is wanted.</summary>
public sealed record PlanOptions
{
    /// <summary>Stacks whose inputs are those of their last good update: they are skipped when nothing is to change.</summary>
    public IReadOnlySet<StackId> Settled { get; init; } = ImmutableHashSet<StackId>.Empty;

    /// <summary>The last workload that passed its ring's gates, by stack. Stacks that are not there go back to what was deployed.</summary>
    public IReadOnlyDictionary<StackId, ClusterWorkload> Proven { get; init; } = ImmutableDictionary<StackId, ClusterWorkload>.Empty;
}

/// <summary>Decides the order of a rollout. A pure function: the same fleet, applications and state give the same plan.</summary>
public static class Planner
{
    /// <summary>
    /// Plans a rollout: ring by ring in the order of the fleet; the canaries of a ring first; then from the cloud outwards, so that a
    /// cluster never goes before its parent; inside a layer as many stacks at a time as the policy allows. A ring with more clusters
    /// than may be exposed at once is split into parts, each with the gates of the ring.
    /// </summary>
    /// <param name="fleet">The clusters, rings and policy.</param>
    /// <param name="applications">The applications, with the versions that are wanted.</param>
    /// <param name="deployed">What each stack brought to its cluster last; stacks that are not there have never been deployed.</param>
    /// <param name="options">What else is known; null for nothing.</param>
    public static RolloutPlan Plan(
        Fleet fleet,
        IEnumerable<Application> applications,
        IReadOnlyDictionary<StackId, ClusterWorkload> deployed,
        PlanOptions? options = null)
    {
        var steps = Steps(fleet, [.. applications], deployed, options ?? new PlanOptions());
        var byRing = steps.ToLookup(step => step.Cluster.Ring);
        var rings =
            from ring in fleet.Rings
            from part in RingParts.Of(ring, [.. byRing[ring.Name]], fleet)
            select part;
        return new RolloutPlan([.. rings]) { Policy = fleet.Policy, FleetSize = fleet.Clusters.Length };
    }

    /// <summary>The steps of every cluster, without an order.</summary>
    internal static ImmutableArray<StackStep> Steps(
        Fleet fleet, ImmutableArray<Application> applications, IReadOnlyDictionary<StackId, ClusterWorkload> deployed, PlanOptions options)
    {
        var workloads = new WorkloadCache(fleet);
        var steps =
            from cluster in fleet.Clusters
            from application in applications
            let step = Step(application, cluster, fleet.Policy, deployed, options, workloads)
            where step is not null
            select step;
        return Ancestry.Link([.. steps], fleet);
    }

    private static StackStep? Step(
        Application application,
        Cluster cluster,
        RolloutPolicy policy,
        IReadOnlyDictionary<StackId, ClusterWorkload> deployed,
        PlanOptions options,
        WorkloadCache workloads)
    {
        var stack = new StackId(application.Name, cluster.Name);
        var (wanted, before) = (workloads.Resolve(application, cluster), deployed.GetValueOrDefault(stack));
        return wanted is null && before is null ? null : new StackStep(stack, cluster, wanted, before)
        {
            Proven = options.Proven.GetValueOrDefault(stack),
            Settled = options.Settled.Contains(stack),
            FailureDomain = policy.SpreadOver is { } label ? cluster.Label(label) : null,
        };
    }

    // What an application looks like on a layer is worked out once for all clusters of the same parent; a fleet has many clusters.
    private sealed class WorkloadCache(Fleet fleet)
    {
        private readonly Dictionary<Key, ClusterWorkload?> _workloads = [];

        public ClusterWorkload? Resolve(Application application, Cluster cluster)
        {
            var own = application.Program is not null || application.Services.Any(service => service.Clusters.ContainsKey(cluster.Name));
            var key = new Key(application, cluster.Layer, cluster.Parent, own ? cluster.Name : null);
            if (!_workloads.TryGetValue(key, out var workload))
            {
                _workloads[key] = workload = ClusterWorkload.Resolve(application, cluster, fleet);
            }

            return workload is null ? null : workload with { Cluster = cluster.Name };
        }

        private readonly record struct Key(Application Application, Layer Layer, string? Parent, string? Cluster)
        {
            public bool Equals(Key other) =>
                ReferenceEquals(Application, other.Application) && Layer == other.Layer && Parent == other.Parent && Cluster == other.Cluster;

            public override int GetHashCode() =>
                HashCode.Combine(System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(Application), Layer, Parent, Cluster);
        }
    }
}
