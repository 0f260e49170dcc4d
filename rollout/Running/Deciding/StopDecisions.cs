using System.Collections.Immutable;
using System.Globalization;
using FogInfra.Model;
using FogInfra.Rollout.Gates;
using FogInfra.Rollout.Planning;

namespace FogInfra.Rollout.Running;

/// <summary>Whether a rollout may go on, and what follows when it may not.</summary>
internal static class StopDecisions
{
    /// <summary>Why a rollout must stop: all that has failed, when that is more than may; a gate or a limit. Empty when it goes on.</summary>
    public static ImmutableArray<RolloutFailure> Reasons(RolloutState state, DateTimeOffset now)
    {
        var run = state.Active;
        if (run.Plan.Direction == Direction.Back)
        {
            return []; // What can be put back is put back.
        }

        var ring = run.Current is null ? null : run.CurrentPlan;
        ImmutableArray<RolloutFailure> more =
        [
            .. ring is null ? [] : FailedGates(run, ring),
            .. ring?.Ring.TimeLimit is { } limit && run.Current!.StartedAt + limit <= now
                ? [new RolloutFailure(ring.Ring.Name, null, null, string.Create(CultureInfo.InvariantCulture, $"it has not passed within {limit:c}"))]
                : Array.Empty<RolloutFailure>(),
        ];
        return more.IsEmpty && !BudgetIsSpent(run) ? [] : state.Failures.AddRange(more);
    }

    /// <summary>What follows a stop: nothing while updates run; then the way back, or the end.</summary>
    public static ImmutableArray<RolloutAction> Decide(RolloutState state)
    {
        if (state.Active.Running > 0)
        {
            return [];
        }

        var goesBack = state.Back is null
            && (state.Stop == StopCause.RollbackAsked || (state.Stop == StopCause.Failed && state.Forward.Plan.Policy.OnFailure == FailureAction.RollBack));
        return [new RolloutAction.Record(goesBack
            ? new RolloutEvent.RollbackStarted(RollbackPlanner.Plan(state.Forward))
            : new RolloutEvent.Finished(state.Stop == StopCause.Aborted ? RolloutOutcome.Aborted : RolloutOutcome.Held))];
    }

    /// <summary>How a rollout ends that has come to the end of its plan.</summary>
    public static RolloutOutcome OutcomeAtEnd(RolloutState state) => state.Back is { } back
        ? back.Stacks.Values.All(stack => stack.IsAsWanted || stack.Phase == StackPhase.Left) ? RolloutOutcome.RolledBack : RolloutOutcome.RollbackFailed
        : state.Forward.Stacks.Values.All(stack => stack.Phase == StackPhase.Unchanged) ? RolloutOutcome.NoChanges : RolloutOutcome.Succeeded;

    private static bool BudgetIsSpent(RunState run)
    {
        if (run.Failed.IsEmpty)
        {
            return false;
        }

        var policy = run.Plan.Policy;
        return run.Plan.Rings.Take(run.Ring + 1).DistinctBy(ring => ring.Ring.Name).Any(ring => IsSpent(run, ring.Ring, policy))
            || (policy.FleetFailureBudget is { } fleet && run.FailedClusters() > fleet.Budget(run.Plan.FleetSize))
            || (run.Current is not null && IsCanary(run.CurrentPlan) && run.CurrentPlan.Steps.Any(step => run.Stacks[step.Stack].Phase == StackPhase.Failed));
    }

    private static bool IsSpent(RunState run, Ring ring, RolloutPolicy policy) =>
        run.Failed.TryGetValue(ring.Name, out var failed) && failed.Count > (ring.FailureBudget ?? policy.RingFailureBudget).Budget(run.RingSizes[ring.Name]);

    private static bool IsCanary(RingPlan ring) => ring.Part?.StartsWith(RingPlan.Canaries, StringComparison.Ordinal) == true;

    private static IEnumerable<RolloutFailure> FailedGates(RunState run, RingPlan ring) =>
        from gate in ring.Ring.GatesAt(GateMoment.Before).Concat(ring.Ring.GatesAt(GateMoment.After))
        where !gate.DryRun && run.Current!.Gates.GetValueOrDefault(gate.Name)?.Verdict == Verdict.Failed
        select new RolloutFailure(ring.Ring.Name, null, null, $"the gate '{gate.Name}' has failed: {run.Current!.Gates[gate.Name].Reason}");
}
