using FogInfra.Model;
using FogInfra.Rollout.Planning;
using FogInfra.Rollout.Running;
using Spectre.Console;

namespace FogInfra.Rollout.Show;

/// <summary>Tells a rollout line by line, for logs and pipes.</summary>
internal sealed class PlainRolloutDisplay(IAnsiConsole console) : IRolloutObserver
{
    private readonly Lock _lock = new();

    /// <inheritdoc/>
    public ValueTask OnAsync(RolloutEvent @event, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (Line(@event) is { } line)
            {
                console.WriteLine(line);
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Activities change too often for a log.</summary>
    public void OnActivity(StackId stack, string activity)
    {
    }

    private static string? Line(RolloutEvent @event) => @event switch
    {
        RolloutEvent.RingStarted { Ring: var ring } => $"ring {ring.Ring.Name}",
        RolloutEvent.StackStarted { Step: var step } => $"  {Name(step)}: {Wording.Of(step)}",
        RolloutEvent.StackFinished { Step: var step, Result: var result, Duration: var duration } => Finished(step, result, duration),
        RolloutEvent.Checked { Step: var step, Result: var check } =>
            $"  {Name(step)}: check '{check.Check}' {(check.Passed ? "holds" : "does not hold")}: {check.Evidence}",
        RolloutEvent.RingPassed { Ring: var ring } => $"ring {ring.Ring.Name} passed",
        RolloutEvent.Stopped { Failures: var failures } => string.Join(Environment.NewLine, failures.Select(failure => $"failed: {failure}")),
        RolloutEvent.RollbackStarted { Steps: var steps } => $"putting back {Wording.Count(steps.Length, "stack")}",
        RolloutEvent.RollbackStackStarted { Step: var step } => $"  {Name(step)}: back to {Wording.Versions(step.Deployed)}",
        RolloutEvent.RollbackStackFinished { Step: var step, Result: var result, Duration: var duration } => Finished(step, result, duration),
        _ => null,
    };

    private static string Finished(StackStep step, StackResult result, TimeSpan duration) => result.Succeeded
        ? $"  {Name(step)}: {Wording.Changes(result)}, {Wording.Ready(result)} ready, {Wording.Seconds(duration)}"
        : $"  {Name(step)}: failed after {Wording.Seconds(duration)}";

    private static string Name(StackStep step) => $"{step.Cluster.Name} {step.Stack.Application}";
}
