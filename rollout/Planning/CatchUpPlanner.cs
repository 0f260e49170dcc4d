using System.Collections.Immutable;
using FogInfra.Model;

namespace FogInfra.Rollout.Planning;

/// <summary>Plans what clusters are owed that were left for later when rollouts ended.</summary>
public static class CatchUpPlanner
{
    /// <summary>
    /// Takes each cluster to the version that was approved for it, ring by ring, through the checks and soaks of its ring. A failure is
    /// reported, but stops nothing and puts nothing back: the others have that version already.
    /// </summary>
    /// <param name="fleet">The clusters. What is owed to others is left out.</param>
    /// <param name="owed">What is owed; null for a stack that is to go.</param>
    /// <param name="deployed">What each stack brought to its cluster last.</param>
    public static RolloutPlan Plan(
        Fleet fleet, IReadOnlyDictionary<StackId, ClusterWorkload?> owed, IReadOnlyDictionary<StackId, ClusterWorkload> deployed)
    {
        var steps =
            from cluster in fleet.Clusters
            from stack in owed.Keys.Where(stack => stack.Cluster == cluster.Name).OrderBy(stack => stack.Application, StringComparer.Ordinal)
            let before = deployed.GetValueOrDefault(stack)
            where owed[stack] is not null || before is not null
            select new StackStep(stack, cluster, owed[stack], before);
        var byRing = Ancestry.Link([.. steps], fleet).ToLookup(step => step.Cluster.Ring);
        var rings =
            from ring in fleet.Rings
            let here = WaveOrder.Sort([.. byRing[ring.Name]], fleet.Policy.Seed)
            from part in RingParts.Split(here, fleet.Policy, fleet.Clusters.Length).Select((chunk, index) => (chunk, index))
            select RingParts.Part(RingParts.CatchUpRing(ring), part.index == 0 ? ring.Name : $"{ring.Name}-{part.index + 1}", part.chunk, fleet.Policy);
        return new RolloutPlan([.. rings]) { Policy = fleet.Policy, FleetSize = fleet.Clusters.Length };
    }
}
