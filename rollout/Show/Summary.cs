using FogInfra.Model;
using FogInfra.Rollout.Running;
using Spectre.Console;

namespace FogInfra.Rollout.Show;

/// <summary>The end of a rollout for people: a line for each stack, why it failed, how it ended.</summary>
internal static class Summary
{
    /// <summary>Writes a report.</summary>
    public static void Write(IAnsiConsole console, RolloutReport report)
    {
        var columns = new TextColumns("RING", "CLUSTER", "LAYER", "APPLICATION", "BEFORE", "AFTER", "READY", "CHECKS", "TIME", "STATUS");
        foreach (var stack in report.Stacks)
        {
            var step = stack.Step;
            columns.Add(
                stack.Ring,
                step.Cluster.Name,
                step.Cluster.Layer.Name(),
                step.Stack.Application,
                Wording.Versions(step.Deployed),
                Wording.Versions(After(stack)),
                Wording.Ready(stack.Result),
                Wording.Checks(stack),
                stack.Duration == TimeSpan.Zero ? "-" : Wording.Seconds(stack.Duration),
                Wording.Of(stack.Outcome));
        }

        console.WriteLine();
        columns.Write(console, row => StyleOf(report.Stacks[row].Outcome));
        console.WriteLine();
        foreach (var stack in report.Stacks.Where(stack => stack is { Outcome: StackOutcome.Deferred or StackOutcome.Skipped, Reason: not null }))
        {
            console.WriteLine($"{stack.Step.Cluster.Name} {stack.Step.Stack.Application} {Wording.Of(stack.Outcome)}: {stack.Reason}");
        }

        foreach (var failure in report.Failures)
        {
            console.WriteLine($"{failure}", new Style(Color.Red));
        }

        var resources = report.Stacks.Sum(stack => stack.Result?.Resources ?? 0);
        console.WriteLine(
            $"{Wording.Of(report)} {Wording.Count(resources, "resource")}, {Wording.Seconds(report.Duration)}.",
            new Style(report.Succeeded ? Color.Green : Color.Red));
    }

    private static ClusterWorkload? After(StackReport stack) => stack.Outcome switch
    {
        StackOutcome.Changed or StackOutcome.Unchanged => stack.Step.Wanted,
        StackOutcome.NotReached or StackOutcome.Interrupted or StackOutcome.RolledBack or StackOutcome.Deferred or StackOutcome.Skipped => stack.Step.Deployed,
        _ => null,
    };

    private static Style? StyleOf(StackOutcome outcome) => outcome switch
    {
        StackOutcome.Changed => new Style(Color.Green),
        StackOutcome.RolledBack or StackOutcome.Deferred or StackOutcome.Interrupted => new Style(Color.Yellow),
        StackOutcome.Failed or StackOutcome.RollbackFailed => new Style(Color.Red),
        _ => null,
    };
}
