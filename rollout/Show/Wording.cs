using System.Globalization;
using FogInfra.Model;
using FogInfra.Rollout.Planning;
using FogInfra.Rollout.Running;

namespace FogInfra.Rollout.Show;

/// <summary>The words in which plans and results are told; the same in every display.</summary>
internal static class Wording
{
    /// <summary>What a step changes: <c>web 1.0.0 → 2.0.0</c>, or why it is taken though no version changes.</summary>
    public static string Of(StackStep step) => step.Action switch
    {
        StepAction.Keep => "no change",
        StepAction.Remove => "remove",
        _ when step.VersionChanges() is { IsEmpty: false } changes => string.Join(", ", changes),
        _ => "configuration",
    };

    /// <summary>How many resources an operation touched: <c>3 created, 1 updated, 9 unchanged</c>.</summary>
    public static string Changes(StackResult result)
    {
        var counts = result.Changes.Where(change => change.Value > 0).OrderBy(change => Order(change.Key)).ThenBy(change => change.Key, StringComparer.Ordinal)
            .Select(change => $"{change.Value} {Past(change.Key)}");
        var text = string.Join(", ", counts);
        return text.Length == 0 ? "nothing to do" : text;
    }

    /// <summary>Ready and wanted pods: <c>3/3</c>; <c>-</c> where nothing is known.</summary>
    public static string Ready(StackResult? result)
    {
        if (result?.Outputs?["services"] is not System.Text.Json.Nodes.JsonObject services)
        {
            return "-";
        }

        double Sum(string field) => services.Sum(service => service.Value?[field] is { } value
            ? double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture)
            : 0);
        return string.Create(CultureInfo.InvariantCulture, $"{Sum("readyReplicas")}/{Sum("replicas")}");
    }

    /// <summary>Versions by service: <c>inventory 1.0.0, web 1.0.0</c>; <c>-</c> for none.</summary>
    public static string Versions(ClusterWorkload? workload) =>
        workload is null ? "-" : string.Join(", ", workload.Versions().Select(version => $"{version.Key} {version.Value}"));

    /// <summary>How many checks hold: <c>2/2</c>; <c>-</c> where there are none.</summary>
    public static string Checks(StackReport stack) =>
        stack.Checks.IsEmpty ? "-" : $"{stack.Checks.Count(check => check.Passed)}/{stack.Checks.Length}";

    /// <summary>A duration in seconds: <c>1.2 s</c>.</summary>
    public static string Seconds(TimeSpan duration) => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.0} s");

    /// <summary>What became of a stack.</summary>
    public static string Of(StackOutcome outcome) => outcome switch
    {
        StackOutcome.NotReached => "not reached",
        StackOutcome.Interrupted => "interrupted",
        StackOutcome.Unchanged => "unchanged",
        StackOutcome.Changed => "done",
        StackOutcome.Failed => "failed",
        StackOutcome.Deferred => "deferred",
        StackOutcome.Skipped => "left out",
        StackOutcome.RolledBack => "rolled back",
        StackOutcome.RollbackFailed => "rollback failed",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
    };

    /// <summary>How a rollout ended, as a sentence.</summary>
    public static string Of(RolloutReport report) => report.Outcome switch
    {
        RolloutOutcome.NoChanges => $"No changes: all {Count(report.Stacks.Length, "stack")} are as wanted.",
        RolloutOutcome.Succeeded => $"Rolled out: {Count(report.Stacks.Count(stack => stack.Outcome == StackOutcome.Changed), "stack")} changed, "
            + $"{report.Stacks.Count(stack => stack.Outcome == StackOutcome.Unchanged)} unchanged{Others(report)}.",
        RolloutOutcome.RolledBack => "Failed. What this rollout had changed was put back.",
        RolloutOutcome.RollbackFailed => "Failed, and not everything could be put back: see the stacks whose rollback failed.",
        RolloutOutcome.Held => "Failed. Nothing was put back, as the policy says; decide what to do, then run again.",
        RolloutOutcome.Aborted => "Ended by hand. What was done stays.",
        RolloutOutcome.Cancelled => "Cancelled. What was done stays; run again to go on.",
        _ => throw new ArgumentOutOfRangeException(nameof(report), report.Outcome, null),
    };

    /// <summary>What a gate asks for.</summary>
    public static string Of(Gate gate) => $"{(gate is Gate.Output ? "check " : gate is Gate.Approval ? "" : "gate ")}{gate.Name}{(gate.DryRun ? " (reports only)" : "")}";

    /// <summary>What a person did.</summary>
    public static string Of(OperatorCommand command) => command switch
    {
        OperatorCommand.Pause => "paused",
        OperatorCommand.Resume => "resumed",
        OperatorCommand.Approve => "approved",
        OperatorCommand.Reject => "rejected",
        OperatorCommand.Abort => "aborted",
        OperatorCommand.Rollback => "rollback asked",
        OperatorCommand.Retry { Cluster: var cluster } => cluster is null ? "retry" : $"retry of {cluster}",
        OperatorCommand.Skip { Cluster: var cluster } => $"{cluster} skipped",
        OperatorCommand.Hold { Cluster: var cluster, Until: var until } => $"{cluster} held until {until.UtcDateTime:u}",
        OperatorCommand.Release { Cluster: var cluster } => $"{cluster} released",
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, null),
    };

    /// <summary><c>1 cluster</c>, <c>2 clusters</c>.</summary>
    public static string Count(int count, string noun) => $"{count} {noun}{(count == 1 ? "" : "s")}";

    private static string Others(RolloutReport report) => string.Concat(
        from outcome in new[] { StackOutcome.Deferred, StackOutcome.Failed, StackOutcome.Skipped }
        let count = report.Stacks.Count(stack => stack.Outcome == outcome)
        where count > 0
        select $", {count} {Of(outcome)}");

    private static int Order(string operation) => operation == "same" ? 1 : 0;

    private static string Past(string operation) => operation switch
    {
        "same" => "unchanged",
        "create" => "created",
        "update" => "updated",
        "delete" => "deleted",
        "replace" => "replaced",
        _ => operation,
    };
}
