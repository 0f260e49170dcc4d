using FogInfra.Rollout.Planning;

namespace FogInfra.Rollout.Running;

/// <summary>What the end of an update means for a plan. Pure.</summary>
internal static class UpdateFold
{
    /// <summary>An update has ended: well, or because the workload is not well, or because the cluster could not be reached.</summary>
    public static RunState Finish(RunState run, RolloutEvent.StackFinished finished, DateTimeOffset at)
    {
        var (stack, result) = (finished.Stack, finished.Result);
        var before = run.Stacks[stack];
        var touched = before.Touched || result.HasChanges || result is { Succeeded: false, Kind: FailureKind.Health };
        run = Unload(run, stack, at).With(before with
        {
            Result = result,
            UpdatedAt = at,
            Duration = before.Duration + finished.Duration,
            Touched = touched,
            Phase = result.HasChanges || before.Touched ? StackPhase.Changed : StackPhase.Unchanged, // What a killed runner did counts too.
            Attempts = 0,
        });
        return result switch
        {
            { Succeeded: true } => run,
            { Kind: FailureKind.Transport } when run.Left.Contains(stack.Cluster) => Gone(run, stack),
            { Kind: FailureKind.Health } => RunFold.Fail(run, stack, result.Failures[0].Reason),
            _ => TryAgain(run, stack, before.Attempts + 1, result.Failures[0].Reason, at),
        };
    }

    /// <summary>The runner that had begun the running updates is gone: nobody knows how far they got, so that they are begun again.</summary>
    public static RunState Interrupt(RunState run)
    {
        foreach (var running in run.Current?.Running.Values ?? [])
        {
            var progress = run.Stacks[running.Stack];
            run = Unload(run, running.Stack, run.Current!.UpdatedAt).With(progress with { Phase = StackPhase.Pending, Touched = true });
            run = run.Left.Contains(running.Stack.Cluster) ? Gone(run, running.Stack) : RunFold.AddPending(run, running.Stack);
        }

        return run.Current is not { } current ? run : run with
        {
            Current = current with { Staged = current.Staged.RemoveRange(current.Staged.Where(staged => !staged.Value).Select(staged => staged.Key)) },
        };
    }

    private static RunState Gone(RunState run, StackId stack) =>
        run.With(run.Stacks[stack] with { Phase = StackPhase.Left, Reason = "its cluster has left the fleet" });

    // What could not be reached, and was not touched before, is not exposed either.
    private static RunState TryAgain(RunState run, StackId stack, int attempts, string reason, DateTimeOffset at)
    {
        var progress = run.Stacks[stack];
        run = run.With(progress with
        {
            Phase = StackPhase.Pending,
            Attempts = attempts,
            NotBefore = at + Backoff.After(attempts, run.Plan.Policy.Retry, $"{stack}"),
            Reason = reason,
        });
        var untouched = run.OfCluster(stack.Cluster).All(other => !other.Touched && other.Phase != StackPhase.Running);
        return RunFold.AddPending(untouched ? run with { Exposed = run.Exposed.Remove(stack.Cluster) } : run, stack);
    }

    private static RunState Unload(RunState run, StackId stack, DateTimeOffset at)
    {
        if (run.Current is not { } current || !current.Turns.TryGetValue(stack, out var turn) || !current.Running.TryGetValue(turn, out var running))
        {
            throw new InvalidOperationException($"The update of {stack} ends without having begun.");
        }

        return run with
        {
            Current = current with
            {
                UpdatedAt = at,
                Running = current.Running.Remove(turn),
                Deadlines = current.Deadlines.Remove((running.StartedAt, turn)),
                BusyDomains = run.Stacks[stack].Step.FailureDomain is { } domain ? current.BusyDomains.Remove(domain) : current.BusyDomains,
            },
        };
    }
}
