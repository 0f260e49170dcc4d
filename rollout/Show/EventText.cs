using FogInfra.Model;
using FogInfra.Rollout.Gates;
using FogInfra.Rollout.Planning;
using FogInfra.Rollout.Running;
using Spectre.Console;

namespace FogInfra.Rollout.Show;

/// <summary>Events in words: what a log shows of them, and the history.</summary>
internal static class EventText
{
    /// <summary>The lines of an event; none for one that says nothing to people.</summary>
    /// <param name="state">The state after it.</param>
    /// <param name="event">The event.</param>
    public static IEnumerable<string> Lines(RolloutState state, RolloutEvent @event) => @event switch
    {
        RolloutEvent.RingStarted { Ring: var ring } when state.Back is null => [$"ring {ring}"],
        RolloutEvent.RingPassed { Ring: var ring } when state.Back is null => [$"ring {ring} passed"],
        RolloutEvent.PreStageStarted { Stack: var stack } => [$"  {Name(stack)}: preparing"],
        RolloutEvent.PreStageFinished { Stack: var stack, Failures: { IsEmpty: false } failures } => [$"  {Name(stack)}: not prepared: {failures[0].Reason}"],
        RolloutEvent.StackStarted { Stack: var stack } => [$"  {Name(stack)}: {Begun(state, stack)}"],
        RolloutEvent.StackFinished finished => [Finished(state, finished)],
        RolloutEvent.StackTimedOut { Stack: var stack, Limit: var limit } => [$"  {Name(stack)}: longer than {limit:c}, ending it"],
        RolloutEvent.StackDeferred { Stack: var stack, Reason: var reason } => [$"  {Name(stack)}: deferred: {reason}"],
        RolloutEvent.StackGivenUp { Stack: var stack, Reason: var reason } => [$"  {Name(stack)}: failed: {reason}"],
        RolloutEvent.StackResumed { Stack: var stack } => [$"  {Name(stack)}: taken up again"],
        RolloutEvent.GateEvaluated gate => gate.Evidence.Select(found => Line(gate, found)),
        RolloutEvent.ApprovalAsked { Ring: var ring } => [$"ring {ring} waits for approval: fog approve"],
        RolloutEvent.RingAdded { Ring.Name: var ring, Reason: var reason } => [$"ring {ring} added: {reason}"],
        RolloutEvent.ClusterReturned { Cluster: var cluster } => [$"  {cluster}: back"],
        RolloutEvent.ClusterHeld held => [$"  {held.Cluster}: holds until {held.Until:u}: {held.Reason}"],
        RolloutEvent.ClusterReleased { Cluster: var cluster } => [$"  {cluster}: released"],
        RolloutEvent.ClusterLeft { Cluster: var cluster, Reason: var reason } => [$"  {cluster}: left out: {reason}"],
        RolloutEvent.ClusterMoved moved => [$"  {moved.Cluster}: moved to ring {moved.Ring}"],
        RolloutEvent.ClustersJoined { Steps: var steps } => [$"joined: {string.Join(", ", steps.Select(step => step.Cluster.Name).Distinct(StringComparer.Ordinal))}"],
        RolloutEvent.Commanded { Command: var command } => [$"{Wording.Of(command)} by {command.By}: {command.Why}"],
        RolloutEvent.TakenOver { By: var by } => [$"taken over by {by}"],
        RolloutEvent.Stopped { Failures: var failures } => failures.Select(failure => $"failed: {failure}"),
        RolloutEvent.RollbackStarted { Plan: var plan } => [$"putting back {Wording.Count(plan.Steps.Count(), "stack")}"],
        _ => [],
    };

    private static string Begun(RolloutState state, StackId stack)
    {
        var step = state.Active.Stacks[stack].Step;
        return state.Back is null ? Wording.Of(step) : $"back to {Wording.Versions(step.Wanted)}";
    }

    private static string Finished(RolloutState state, RolloutEvent.StackFinished finished)
    {
        var (name, result, took) = (Name(finished.Stack), finished.Result, Wording.Seconds(finished.Duration));
        return result switch
        {
            { Succeeded: true } => $"  {name}: {Wording.Changes(result)}, {Wording.Ready(result)} ready, {took}",
            { Kind: FailureKind.Transport } => $"  {name}: cannot be reached, attempt {state.Active.Stacks[finished.Stack].Attempts}: {result.Failures[0].Reason}",
            _ => $"  {name}: failed after {took}",
        };
    }

    private static string Line(RolloutEvent.GateEvaluated gate, Evidence found)
    {
        var verdict = found.Verdict switch
        {
            Verdict.Passed => "holds",
            Verdict.Failed => "does not hold",
            _ => "is undecided",
        };
        return $"  {(found.Stack is { } stack ? Name(stack) : $"ring {gate.Ring}")}: check '{gate.Gate}' {verdict}: {found.Value}";
    }

    /// <summary>How a stack is called: <c>edge-1 shop</c>.</summary>
    public static string Name(StackId stack) => $"{stack.Cluster} {stack.Application}";
}
