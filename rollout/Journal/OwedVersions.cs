using FogInfra.Model;
using FogInfra.Rollout.Planning;
using FogInfra.Rollout.Running;

namespace FogInfra.Rollout.Journal;

/// <summary>What the journals know of clusters that were left for later: a deferred cluster is never forgotten.</summary>
internal static class OwedVersions
{
    /// <summary>
    /// What each stack is owed: the version that the last rollout which ended without it approved for it, unless a later one has brought
    /// it up to what it wanted.
    /// </summary>
    public static IReadOnlyDictionary<StackId, ClusterWorkload?> Of(IEnumerable<RecordedRollout> latestFirst)
    {
        var owed = new Dictionary<StackId, ClusterWorkload?>();
        foreach (var state in latestFirst.Reverse().Select(rollout => rollout.State).OfType<RolloutState>().Where(state => state.Outcome is not null))
        {
            foreach (var stack in state.Active.Stacks.Values)
            {
                if (stack.IsAsWanted || stack.Phase == StackPhase.Left)
                {
                    owed.Remove(stack.Step.Stack);
                }
                else if (stack.Phase == StackPhase.Deferred)
                {
                    owed[stack.Step.Stack] = stack.Step.Wanted;
                }
            }
        }

        return owed;
    }
}
