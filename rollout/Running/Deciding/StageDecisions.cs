using System.Collections.Immutable;

namespace FogInfra.Rollout.Running;

/// <summary>What to pre-stage before a ring begins.</summary>
internal static class StageDecisions
{
    /// <summary>Whether all that is to be pre-staged is.</summary>
    public static bool IsDone(RunState run) => !IsWanted(run) || ToStage(run).All(stack => run.Current!.Staged.GetValueOrDefault(stack));

    /// <summary>What to begin: as many at a time as the ring updates.</summary>
    public static ImmutableArray<RolloutAction> Decide(RunState run)
    {
        if (!IsWanted(run))
        {
            return [];
        }

        var room = run.CurrentPlan.Waves.Max(wave => wave.MaxConcurrent) - run.Current!.Staged.Values.Count(done => !done);
        return
        [
            .. ToStage(run).Where(stack => !run.Current.Staged.ContainsKey(stack)).Take(Math.Max(room, 0))
                .Select(stack => new RolloutAction.PreStage(run.Stacks[stack].Step)),
        ];
    }

    // Once updates have begun there is nothing to prepare any more: what comes back late is not pre-staged.
    private static bool IsWanted(RunState run) =>
        run.Plan.Direction == Planning.Direction.Forward && run.CurrentPlan.Ring.PreStage && run.Current is { } current && current.UpdatedAt == current.StartedAt && current.Running.IsEmpty;

    private static IEnumerable<Planning.StackId> ToStage(RunState run) =>
        run.Current!.Pending.Values.Where(stack => run.Stacks[stack] is { Step.Wanted: not null, Generation: 0 });
}
