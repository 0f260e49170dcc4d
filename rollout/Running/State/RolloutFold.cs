using System.Collections.Immutable;
using FogInfra.Rollout.Planning;

namespace FogInfra.Rollout.Running;

/// <summary>What each event means for a rollout. Pure.</summary>
internal static class RolloutFold
{
    public static RolloutState Apply(RolloutState state, RolloutEntry entry)
    {
        var after = Apply(state, entry.Event, entry.At);
        return after with { LastAt = entry.At > state.LastAt ? entry.At : state.LastAt };
    }

    private static RolloutState Apply(RolloutState state, RolloutEvent @event, DateTimeOffset at) => @event switch
    {
        RolloutEvent.Started => throw new InvalidOperationException("A rollout starts once."),
        RolloutEvent.Finished { Outcome: var outcome } => state with { Outcome = outcome },
        RolloutEvent.Stopped { Failures: var failures } => state with { Stop = StopCause.Failed, Failures = failures },
        RolloutEvent.RollbackStarted { Plan: var plan } => state with { Back = RunState.Of(plan), Stop = StopCause.None },
        RolloutEvent.Commanded { Command: var command, Id: var id } => Apply(id is null ? state : state with { Commands = state.Commands.Add(id) }, command),
        RolloutEvent.ClusterHeld held => state with { Holds = state.Holds.SetItem(held.Cluster, new ConsentHold(held.Until, held.Reason)) },
        RolloutEvent.ClusterReleased { Cluster: var cluster } => state with { Holds = state.Holds.Remove(cluster) },
        RolloutEvent.StackFinished finished => WithFailures(WithoutExposure(OnActive(state, @event, at), finished), finished),
        RolloutEvent.StackGivenUp { Stack: var stack, Reason: var reason } => WithFailure(OnActive(state, @event, at), stack, null, reason),
        RolloutEvent.GateEvaluated evaluated => GateFold.WithFailures(OnActive(state, @event, at), evaluated),
        _ => OnActive(state, @event, at),
    };

    private static RolloutState OnActive(RolloutState state, RolloutEvent @event, DateTimeOffset at) =>
        With(state, RunFold.Apply(state.Active, @event, at));

    private static RolloutState With(RolloutState state, RunState active) =>
        state.Back is null ? state with { Forward = active } : state with { Back = active };

    private static RolloutState WithFailures(RolloutState state, RolloutEvent.StackFinished finished) =>
        finished.Result is { Succeeded: false, Kind: FailureKind.Health }
            ? finished.Result.Failures.Aggregate(state, (each, failure) => WithFailure(each, finished.Stack, failure.Service, failure.Reason))
            : state;

    // A cluster of which every stack is back at what was proven is not exposed any more.
    private static RolloutState WithoutExposure(RolloutState state, RolloutEvent.StackFinished finished)
    {
        var cluster = finished.Stack.Cluster;
        return finished.Result.Succeeded && state.Back is { } back && back.OfCluster(cluster).All(stack => stack.IsAsWanted)
            ? state with { Forward = state.Forward with { Exposed = state.Forward.Exposed.Remove(cluster) } }
            : state;
    }

    internal static RolloutState WithFailure(RolloutState state, StackId stack, string? service, string reason) => state with
    {
        Failures = state.Failures.Add(new RolloutFailure(state.Active.RingOf(state.Active.Stacks[stack].Ring), stack.Cluster, service, reason)),
    };

    private static RolloutState Apply(RolloutState state, OperatorCommand command) => command switch
    {
        OperatorCommand.Pause => state with { PausedBy = command.By },
        OperatorCommand.Resume => state with { PausedBy = null, Outcome = state.Outcome == RolloutOutcome.Cancelled ? null : state.Outcome },
        OperatorCommand.Abort => state with { Stop = StopCause.Aborted, PausedBy = null },
        OperatorCommand.Rollback when state.Back is null => state with { Stop = StopCause.RollbackAsked, Outcome = null, PausedBy = null },
        OperatorCommand.Approve { Gate: var gate } => With(state, GateFold.Decide(state.Active, gate, Gates.Verdict.Passed, $"approved by {command.By}: {command.Why}")),
        OperatorCommand.Reject { Gate: var gate } => With(state, GateFold.Decide(state.Active, gate, Gates.Verdict.Failed, $"rejected by {command.By}: {command.Why}")),
        OperatorCommand.Skip { Cluster: var cluster } => With(state, RunFold.Skip(state.Active, cluster, StackPhase.Skipped, $"skipped by {command.By}: {command.Why}")),
        OperatorCommand.Retry { Cluster: var cluster } => Retry(state, cluster),
        OperatorCommand.Hold hold => state with { Holds = state.Holds.SetItem(hold.Cluster, new ConsentHold(hold.Until, $"{hold.By}: {hold.Why}")) },
        OperatorCommand.Release { Cluster: var cluster } => state with { Holds = state.Holds.Remove(cluster) },
        _ => state,
    };

    // A rollout that was held goes on; what failed and is tried again does not count as failed any more.
    private static RolloutState Retry(RolloutState state, string? cluster)
    {
        if (state.Outcome is not (null or RolloutOutcome.Held or RolloutOutcome.Cancelled))
        {
            return state;
        }

        var active = RunFold.Retry(state.Active, cluster);
        var still = active.Failed.Values.SelectMany(clusters => clusters).ToHashSet(StringComparer.Ordinal);
        return With(state, active) with
        {
            Outcome = null,
            Stop = StopCause.None,
            Failures = [.. state.Failures.Where(failure => failure.Cluster is { } failed && still.Contains(failed))],
        };
    }
}
