using System.Collections.Immutable;
using FogInfra.Model;
using FogInfra.Rollout.Planning;

namespace FogInfra.Rollout.Running;

/// <summary>
/// Runs a plan: ring by ring, wave by wave; checks after each ring; stops at the first failure and, if the policy says so, puts back
/// what it changed.
/// </summary>
public sealed class RolloutRunner(IStackDriver driver, IRolloutObserver observer, TimeProvider time)
{
    /// <summary>Runs a plan to its end.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="onFailure">What to do with what was changed when the rollout fails.</param>
    /// <param name="cancellationToken">Ends the rollout: running updates end gracefully, nothing more is started, nothing is put back.</param>
    public async Task<RolloutReport> RunAsync(RolloutPlan plan, FailureAction onFailure, CancellationToken cancellationToken)
    {
        var progress = new RolloutProgress(plan, driver, observer, time);
        var started = time.GetTimestamp();
        await observer.OnAsync(new RolloutEvent.Started(plan), cancellationToken).ConfigureAwait(false);
        var outcome = await RunRingsAsync(plan, progress, onFailure, cancellationToken).ConfigureAwait(false);
        var report = new RolloutReport(outcome, progress.Stacks, progress.Failures, time.GetElapsedTime(started));
        await observer.OnAsync(new RolloutEvent.Finished(report), CancellationToken.None).ConfigureAwait(false);
        return report;
    }

    private async Task<RolloutOutcome> RunRingsAsync(
        RolloutPlan plan, RolloutProgress progress, FailureAction onFailure, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var ring in plan.Rings)
            {
                if (!await RunRingAsync(ring, progress, cancellationToken).ConfigureAwait(false))
                {
                    return await StopAsync(progress, onFailure, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return RolloutOutcome.Cancelled;
        }

        return progress.Stacks.Any(stack => stack.Outcome == StackOutcome.Changed) ? RolloutOutcome.Succeeded : RolloutOutcome.NoChanges;
    }

    private async Task<bool> RunRingAsync(RingPlan ring, RolloutProgress progress, CancellationToken cancellationToken)
    {
        await observer.OnAsync(new RolloutEvent.RingStarted(ring), cancellationToken).ConfigureAwait(false);
        foreach (var wave in ring.Waves)
        {
            if (!await RunWaveAsync(ring, wave, progress, cancellationToken).ConfigureAwait(false))
            {
                return false;
            }
        }

        foreach (var step in ring.Waves.SelectMany(wave => wave.Steps).Where(step => step.Wanted is not null))
        {
            await progress.CheckAsync(ring, step, cancellationToken).ConfigureAwait(false);
        }

        if (!progress.Failures.IsEmpty)
        {
            return false;
        }

        await observer.OnAsync(new RolloutEvent.RingPassed(ring), cancellationToken).ConfigureAwait(false);
        return true;
    }

    // After a failure the wave's running updates are awaited, but no further one is started.
    private static async Task<bool> RunWaveAsync(RingPlan ring, WavePlan wave, RolloutProgress progress, CancellationToken cancellationToken)
    {
        using var places = new SemaphoreSlim(wave.MaxConcurrent);
        var failed = false;
        await Task.WhenAll(wave.Steps.Select(async step =>
        {
            await places.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                if (!Volatile.Read(ref failed) && !await progress.UpdateAsync(ring, step, cancellationToken).ConfigureAwait(false))
                {
                    Volatile.Write(ref failed, true);
                }
            }
            finally
            {
                places.Release();
            }
        })).ConfigureAwait(false);
        return !failed;
    }

    private async Task<RolloutOutcome> StopAsync(RolloutProgress progress, FailureAction onFailure, CancellationToken cancellationToken)
    {
        await observer.OnAsync(new RolloutEvent.Stopped(progress.Failures), cancellationToken).ConfigureAwait(false);
        if (onFailure == FailureAction.Hold)
        {
            return RolloutOutcome.Held;
        }

        var steps = progress.Touched().Reverse().ToImmutableArray();
        await observer.OnAsync(new RolloutEvent.RollbackStarted(steps), cancellationToken).ConfigureAwait(false);
        var complete = true;
        foreach (var step in steps)
        {
            complete &= await progress.PutBackAsync(step, cancellationToken).ConfigureAwait(false);
        }

        return complete ? RolloutOutcome.RolledBack : RolloutOutcome.RollbackFailed;
    }
}
