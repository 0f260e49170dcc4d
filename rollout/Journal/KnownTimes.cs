using FogInfra.Rollout.Planning;
using FogInfra.Rollout.Running;

namespace FogInfra.Rollout.Journal;

/// <summary>What the journals know of how long updates take.</summary>
internal static class KnownTimes
{
    private const int Rollouts = 20;

    /// <summary>The last good update of each stack that changed something, from the latest rollouts.</summary>
    public static UpdateTimes Of(IEnumerable<RecordedRollout> latestFirst)
    {
        var times = new Dictionary<StackId, TimeSpan>();
        foreach (var finished in latestFirst.Take(Rollouts).SelectMany(rollout => rollout.Entries.Reverse()).Select(entry => entry.Event).OfType<RolloutEvent.StackFinished>())
        {
            if (finished.Result is { Succeeded: true, HasChanges: true })
            {
                times.TryAdd(finished.Stack, finished.Duration);
            }
        }

        return new UpdateTimes { ByStack = times };
    }
}
