using System.Collections.Immutable;
using FogInfra.Model;
using FogInfra.Rollout.Gates;
using FogInfra.Rollout.Planning;

namespace FogInfra.Rollout.Running;

/// <summary>The state of a running rollout, stack by stack, and the operations that move it on. Safe for concurrent updates of different stacks.</summary>
internal sealed class RolloutProgress
{
    private readonly Lock _lock = new();
    private readonly IStackDriver _driver;
    private readonly IRolloutObserver _observer;
    private readonly TimeProvider _time;
    private readonly ImmutableArray<StackId> _order;
    private readonly Dictionary<StackId, StackReport> _stacks;
    private readonly List<RolloutFailure> _failures = [];

    public RolloutProgress(RolloutPlan plan, IStackDriver driver, IRolloutObserver observer, TimeProvider time)
    {
        _driver = driver;
        _observer = observer;
        _time = time;
        var reports =
            from ring in plan.Rings
            from wave in ring.Waves
            from step in wave.Steps
            select new StackReport { Ring = ring.Ring.Name, Step = step };
        _stacks = reports.ToDictionary(report => report.Step.Stack);
        _order = [.. plan.Steps.Select(step => step.Stack)];
    }

    /// <summary>Every stack, in the order of the plan.</summary>
    public ImmutableArray<StackReport> Stacks
    {
        get
        {
            lock (_lock)
            {
                return [.. _order.Select(stack => _stacks[stack])];
            }
        }
    }

    /// <summary>Why the rollout fails; empty while it does not.</summary>
    public ImmutableArray<RolloutFailure> Failures
    {
        get
        {
            lock (_lock)
            {
                return [.. _failures];
            }
        }
    }

    /// <summary>The steps of stacks that this rollout changed or may have changed, in the order of the plan.</summary>
    public IEnumerable<StackStep> Touched() =>
        Stacks.Where(stack => stack.Outcome is StackOutcome.Changed or StackOutcome.Failed).Select(stack => stack.Step);

    /// <summary>Brings a stack to what is wanted; false when it failed.</summary>
    public async Task<bool> UpdateAsync(RingPlan ring, StackStep step, CancellationToken cancellationToken)
    {
        await _observer.OnAsync(new RolloutEvent.StackStarted(step), cancellationToken).ConfigureAwait(false);
        var (result, duration) = await ApplyAsync(step, step.Wanted, cancellationToken).ConfigureAwait(false);
        Record(step, result, duration, result switch
        {
            { Succeeded: false } => StackOutcome.Failed,
            { HasChanges: true } => StackOutcome.Changed,
            _ => StackOutcome.Unchanged,
        });
        Fail(result.Failures.Select(failure => new RolloutFailure(ring.Ring.Name, step.Cluster.Name, failure.Service, failure.Reason)));
        await _observer.OnAsync(new RolloutEvent.StackFinished(step, result, duration), cancellationToken).ConfigureAwait(false);
        return result.Succeeded;
    }

    /// <summary>Evaluates the ring's checks on a stack's outputs.</summary>
    public async Task CheckAsync(RingPlan ring, StackStep step, CancellationToken cancellationToken)
    {
        foreach (var check in ring.Ring.Checks)
        {
            var result = OutputChecks.Evaluate(check, _stacks[step.Stack].Result?.Outputs);
            lock (_lock)
            {
                _stacks[step.Stack] = _stacks[step.Stack] with { Checks = _stacks[step.Stack].Checks.Add(result) };
            }

            if (!result.Passed)
            {
                Fail([new RolloutFailure(ring.Ring.Name, step.Cluster.Name, null, $"the check '{check}' does not hold: {result.Evidence}")]);
            }

            await _observer.OnAsync(new RolloutEvent.Checked(ring, step, result), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Brings a stack back to what it was before the rollout; false when that failed.</summary>
    public async Task<bool> PutBackAsync(StackStep step, CancellationToken cancellationToken)
    {
        await _observer.OnAsync(new RolloutEvent.RollbackStackStarted(step), cancellationToken).ConfigureAwait(false);
        var (result, duration) = await ApplyAsync(step, step.Deployed, cancellationToken).ConfigureAwait(false);
        Record(step, result, duration, result.Succeeded ? StackOutcome.RolledBack : StackOutcome.RollbackFailed);
        await _observer.OnAsync(new RolloutEvent.RollbackStackFinished(step, result, duration), cancellationToken).ConfigureAwait(false);
        return result.Succeeded;
    }

    private async Task<(StackResult Result, TimeSpan Duration)> ApplyAsync(
        StackStep step, ClusterWorkload? workload, CancellationToken cancellationToken)
    {
        var activity = new ActivityReporter(_observer, step.Stack);
        var started = _time.GetTimestamp();
        var result = workload is null
            ? await _driver.DestroyAsync(step.Stack, activity, cancellationToken).ConfigureAwait(false)
            : await _driver.UpAsync(step.Stack, step.Cluster, workload, activity, cancellationToken).ConfigureAwait(false);
        return (result, _time.GetElapsedTime(started));
    }

    private void Record(StackStep step, StackResult result, TimeSpan duration, StackOutcome outcome)
    {
        lock (_lock)
        {
            var report = _stacks[step.Stack];
            _stacks[step.Stack] = report with { Result = result, Outcome = outcome, Duration = report.Duration + duration };
        }
    }

    private void Fail(IEnumerable<RolloutFailure> failures)
    {
        lock (_lock)
        {
            _failures.AddRange(failures);
        }
    }

    // Progress<T> would hand reports to the thread pool, where they overtake each other and the end of the update.
    private sealed class ActivityReporter(IRolloutObserver observer, StackId stack) : IProgress<string>
    {
        public void Report(string value) => observer.OnActivity(stack, value);
    }
}
