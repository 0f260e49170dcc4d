using System.Collections.Immutable;
using FogInfra.Model;
using FogInfra.Rollout.Planning;

namespace FogInfra.Rollout.Running;

/// <summary>
/// Decides what is to be done next. A pure function of the state, what is observed and the time: the runner, the simulator and the tests
/// ask it the same. Its answer is either one event to put on record, or things to do and until when to wait; nothing at all means
/// that there is nothing to do before something happens.
/// </summary>
public static class RolloutDecisions
{
    /// <summary>Decides.</summary>
    /// <param name="state">Where the rollout is.</param>
    /// <param name="observations">What is observed.</param>
    /// <param name="now">The present, by the runner's clock.</param>
    public static ImmutableArray<RolloutAction> Decide(RolloutState state, Observations observations, DateTimeOffset now)
    {
        if (state.Outcome is not null)
        {
            return [];
        }

        if (TimedOut(state, now) is { } timedOut)
        {
            return [new RolloutAction.Record(timedOut)];
        }

        var decided =
            state.Stop != StopCause.None ? StopDecisions.Decide(state)
            : StopDecisions.Reasons(state, now) is { IsEmpty: false } failures ? [new RolloutAction.Record(new RolloutEvent.Stopped(failures))]
            : state.PausedBy is not null ? []
            : Proceed(state, observations, now);
        return WithDeadline(decided, state);
    }

    private static ImmutableArray<RolloutAction> Proceed(RolloutState state, Observations observations, DateTimeOffset now)
    {
        var run = state.Active;
        if (run.Current is null)
        {
            return [new RolloutAction.Record(Next(state, now))];
        }

        var before = GateDecisions.Decide(run, GateMoment.Before, now);
        if (!before.Open)
        {
            return before.Actions;
        }

        var staging = StageDecisions.Decide(run);
        if (!staging.IsEmpty || !StageDecisions.IsDone(run))
        {
            return staging;
        }

        if (run.Current.Wave is not null)
        {
            if (GateDecisions.ClosedUntil(run, now) is { } open)
            {
                return [new RolloutAction.Wait(open)]; // What runs is let end.
            }

            return WaveDecisions.Decide(state, observations, now);
        }

        var after = GateDecisions.Decide(run, GateMoment.After, now);
        return after.Open ? [new RolloutAction.Record(new RolloutEvent.RingPassed(run.CurrentPlan.Name))] : after.Actions;
    }

    private static RolloutEvent Next(RolloutState state, DateTimeOffset now)
    {
        var run = state.Active;
        if (run.Ring + 1 < run.Plan.Rings.Length)
        {
            return new RolloutEvent.RingStarted(run.Plan.Rings[run.Ring + 1].Name);
        }

        var ready = run.Deferred.Where(stack => ResumeRules.IsReady(state, run.Stacks[stack], now)).ToImmutableHashSet();
        return Placement.CatchUp(run, ready) is { } added
            ? new RolloutEvent.RingAdded(added, null, "their clusters are back")
            : new RolloutEvent.Finished(StopDecisions.OutcomeAtEnd(state));
    }

    private static RolloutEvent.StackTimedOut? TimedOut(RolloutState state, DateTimeOffset now)
    {
        var run = state.Active;
        return run.Plan.Policy.ClusterTimeLimit is { } limit && run.Current is { Deadlines: { IsEmpty: false } deadlines } current && deadlines.Min.StartedAt + limit <= now
            ? new RolloutEvent.StackTimedOut(current.Running[deadlines.Min.Turn].Stack, limit)
            : null;
    }

    // Whatever else is waited for, a time limit that runs out is seen.
    private static ImmutableArray<RolloutAction> WithDeadline(ImmutableArray<RolloutAction> decided, RolloutState state)
    {
        if (decided is [RolloutAction.Record])
        {
            return decided;
        }

        var run = state.Active;
        ImmutableArray<DateTimeOffset?> times =
        [
            run.Plan.Policy.ClusterTimeLimit is { } limit && run.Current is { Deadlines: { IsEmpty: false } deadlines } ? deadlines.Min.StartedAt + limit : null,
            run.Plan.Direction == Direction.Forward && state.Stop == StopCause.None && run.Current is { } current ? current.StartedAt + run.CurrentPlan.Ring.TimeLimit : null,
            .. decided.OfType<RolloutAction.Wait>().Select(wait => (DateTimeOffset?)wait.Until),
        ];
        ImmutableArray<RolloutAction> doings = [.. decided.Where(action => action is not RolloutAction.Wait)];
        return times.Min() is { } until ? doings.Add(new RolloutAction.Wait(until)) : doings;
    }
}
