using System.Collections.Immutable;
using FogInfra.Model;
using FogInfra.Rollout.Running;

namespace FogInfra.Rollout.Planning;

/// <summary>What a change of the fleet document means for a rollout that runs. Pure.</summary>
public static class MembershipChanges
{
    /// <summary>The events that tell a rollout of it: clusters that left, those that moved, those that joined.</summary>
    /// <param name="before">The fleet as the rollout knows it.</param>
    /// <param name="after">The fleet as the document has it now.</param>
    /// <param name="steps">The steps of the new fleet, of which those of joined clusters are taken.</param>
    public static ImmutableArray<RolloutEvent> Between(Fleet before, Fleet after, IEnumerable<StackStep> steps)
    {
        var (old, now) = (before.Clusters.ToDictionary(cluster => cluster.Name), after.Clusters.ToDictionary(cluster => cluster.Name));
        ImmutableArray<StackStep> joined = [.. steps.Where(step => !old.ContainsKey(step.Cluster.Name) && now.ContainsKey(step.Cluster.Name))];
        return
        [
            .. before.Clusters.Where(cluster => !now.ContainsKey(cluster.Name))
                .Select(cluster => new RolloutEvent.ClusterLeft(cluster.Name, "it was taken out of the fleet document")),
            .. after.Clusters.Where(cluster => old.TryGetValue(cluster.Name, out var known) && known.Ring != cluster.Ring)
                .Select(cluster => new RolloutEvent.ClusterMoved(cluster.Name, cluster.Ring)),
            .. joined.IsEmpty ? ImmutableArray<RolloutEvent>.Empty : [new RolloutEvent.ClustersJoined(joined)],
        ];
    }
}
