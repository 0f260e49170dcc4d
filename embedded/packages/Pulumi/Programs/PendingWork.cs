using System.Collections.Immutable;

namespace Pulumi;

/// <summary>
/// The work that a program has begun without waiting for it: registrations, outputs, messages. The program has ended when all of it
/// has, or when something of it has failed.
/// </summary>
internal sealed class PendingWork
{
    private readonly Lock _lock = new();
    private int _running;
    private ImmutableList<Exception> _failures = [];
    private TaskCompletionSource? _waiter;

    /// <summary>Adds work.</summary>
    public void Track(Task task)
    {
        if (task.IsCompletedSuccessfully)
        {
            return;
        }

        lock (_lock)
        {
            _running++;
        }

        task.ContinueWith(End, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>Waits until nothing is left to do (an empty result), or something has failed (the failures so far, each once).</summary>
    public async Task<ImmutableArray<Exception>> WhenIdleOrFailedAsync(CancellationToken cancellationToken)
    {
        Task waiting;
        lock (_lock)
        {
            _waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting = _waiter.Task;
            WakeIfDone();
        }

        await waiting.WaitAsync(cancellationToken).ConfigureAwait(false);
        lock (_lock)
        {
            return [.. _failures.Distinct()];
        }
    }

    private void End(Task task)
    {
        lock (_lock)
        {
            _running--;
            if (task.Exception is { } exception)
            {
                _failures = _failures.AddRange(exception.InnerExceptions);
            }
            else if (task.IsCanceled && !_failures.Any(failure => failure is OperationCanceledException))
            {
                // Not to be passed over: what needs the value would be left out silently. But one of many is enough to tell.
                _failures = _failures.Add(new TaskCanceledException(task));
            }

            WakeIfDone();
        }
    }

    private void WakeIfDone()
    {
        if (_running == 0 || _failures.Count > 0)
        {
            _waiter?.TrySetResult();
        }
    }
}
