using FogInfra.Model.Documents;
using FogInfra.Rollout.Gates;
using FogInfra.Rollout.Running;

namespace FogInfra.Rollout.Operators;

/// <summary>Why what a person wants of a rollout would do nothing, so that it is said at once and not only left undone. Pure.</summary>
internal static class Objections
{
    /// <summary>The objection in one sentence; null when there is none.</summary>
    public static string? Of(RolloutState state, OperatorCommand command) => command switch
    {
        OperatorCommand.Rollback => state switch
        {
            { Back: not null } => "It is being put back, or was, already.",
            _ when state.Forward.Stacks.Values.All(stack => !stack.Touched && stack.Phase != StackPhase.Running) => "It has changed nothing that could be put back.",
            _ => null,
        },
        OperatorCommand.Retry { Cluster: var cluster } => state.Outcome is not (null or RolloutOutcome.Held or RolloutOutcome.Cancelled)
            ? Ended(state)
            : Failed(state, cluster) ?? (state.Back is null ? null : "It is being put back; what failed then is tried by another rollback only."),
        _ when state.Outcome is not null && !(command is OperatorCommand.Resume && state.Outcome == RolloutOutcome.Cancelled) => Ended(state),
        OperatorCommand.Pause => state.PausedBy is { } by ? $"{by} has paused it already." : null,
        OperatorCommand.Resume => state.PausedBy is null && state.Outcome is null ? "It is not paused." : null,
        OperatorCommand.Approve { Gate: var gate } => Gate(state, gate),
        OperatorCommand.Reject { Gate: var gate } => Gate(state, gate),
        OperatorCommand.Hold { Cluster: var cluster } => Known(state, cluster),
        OperatorCommand.Release { Cluster: var cluster } => Known(state, cluster) ?? (state.Holds.ContainsKey(cluster) ? null : $"{cluster} is not held."),
        OperatorCommand.Skip { Cluster: var cluster } => Known(state, cluster)
            ?? (state.Active.OfCluster(cluster).All(stack => stack.Phase is not (StackPhase.Pending or StackPhase.Deferred or StackPhase.Failed))
                ? $"Nothing of {cluster} is left to be done."
                : null),
        _ => null,
    };

    /// <summary>The gates that a person can decide now, by name.</summary>
    public static IReadOnlyList<string> OpenGates(RolloutState state) => state.Active.Current is not { } current
        ? []
        : [.. current.Gates.Where(gate => gate.Value.Verdict == Verdict.Inconclusive).Select(gate => gate.Key).Order(StringComparer.Ordinal)];

    private static string Ended(RolloutState state) => $"It has ended: {Show.ReportJson.Name(state.Outcome!.Value)}.";

    private static string? Gate(RolloutState state, string? gate)
    {
        var open = OpenGates(state);
        return open.Count == 0 ? "No gate is waited for."
            : gate is not null && !open.Contains(gate) ? $"No gate '{gate}' is waited for{Suggestion.For(gate, open)}"
            : null;
    }

    private static string? Failed(RolloutState state, string? cluster) =>
        (cluster is null ? null : Known(state, cluster))
        ?? ((cluster is null ? state.Active.Stacks.Values : state.Active.OfCluster(cluster)).Any(stack => stack.Phase == StackPhase.Failed)
            || (cluster is null && state.Active.Current?.Gates.Values.Any(gate => gate.Verdict == Verdict.Failed) == true)
            ? null
            : cluster is null ? "Nothing has failed." : $"Nothing of {cluster} has failed.");

    private static string? Known(RolloutState state, string cluster) => state.Active.Clusters.ContainsKey(cluster)
        ? null
        : $"The rollout has no cluster '{cluster}'{Suggestion.For(cluster, state.Active.Clusters.Keys)}";
}
