using System.Threading.Channels;
using FogInfra.Embedded.Simulator.Errors;
using FogInfra.Embedded.Simulator.Kinds;
using FogInfra.Embedded.Simulator.Storage;
using Microsoft.Extensions.Logging;

namespace FogInfra.Embedded.Simulator.Controllers;

/// <summary>
/// Runs the controllers of one cluster, one step at a time: changes first, in the order of the store, then one key after another.
/// So controllers need no locks, and the same changes lead to the same steps.
/// </summary>
internal sealed partial class ControllerLoop : IAsyncDisposable
{
    private const int StepsBetweenPauses = 64;

    private readonly IReadOnlyList<Controller> _controllers;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Channel<Signal> _signals = Channel.CreateUnbounded<Signal>();
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<TaskCompletionSource> _waitingForIdle = [];
    private readonly ITimer _timer;
    private readonly Task _run;
    private DateTimeOffset? _timerDue;

    /// <summary>Starts the controllers on a store: what is there already counts as added.</summary>
    public ControllerLoop(ObjectStore store, IReadOnlyList<Controller> controllers, TimeProvider time, ILogger logger)
    {
        (_controllers, _time, _logger) = (controllers, time, logger);
        _timer = time.CreateTimer(_ => _signals.Writer.TryWrite(Signal.TimePassed), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        store.Observe(change => _signals.Writer.TryWrite(new Signal(change, null)));
        foreach (var stored in store.ReadAll().Resources.SelectMany(objects => objects.All)) Tell(new ObjectChange(ChangeType.Added, stored, null));
        _signals.Writer.TryWrite(Signal.TimePassed);
        _run = Task.Run(RunAsync);
    }

    /// <summary>Waits until the controllers have nothing to do but wait for time to pass.</summary>
    public Task WhenIdleAsync()
    {
        var idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_signals.Writer.TryWrite(new Signal(null, idle))) idle.SetCanceled();
        return idle.Task;
    }

    /// <summary>Stops after the step under way.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        _signals.Writer.TryComplete();
        await _run.ConfigureAwait(false);
        await _timer.DisposeAsync().ConfigureAwait(false);
        _stopping.Dispose();
        foreach (var idle in _waitingForIdle) idle.TrySetCanceled();
    }

    private async Task RunAsync()
    {
        try
        {
            var steps = 0;
            while (await _signals.Reader.WaitToReadAsync(_stopping.Token).ConfigureAwait(false))
            {
                do
                {
                    ReadSignals();
                    if (++steps % StepsBetweenPauses == 0) await Task.Yield(); // Requests of clients get their turn.
                }
                while (!_stopping.IsCancellationRequested && Step());
                SetTimer();
                if (_signals.Reader.Count > 0) continue;
                foreach (var idle in _waitingForIdle) idle.TrySetResult();
                _waitingForIdle.Clear();
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The cluster is being stopped.
        }
    }

    private void ReadSignals()
    {
        while (_signals.Reader.TryRead(out var signal))
        {
            if (signal.Change is { } change) Tell(change);
            else if (signal.Idle is { } idle) _waitingForIdle.Add(idle);
            else _timerDue = null; // It has fired, perhaps a moment early: set it again for what is still due.
        }
    }

    private void Tell(ObjectChange change)
    {
        foreach (var controller in _controllers) controller.Observe(change);
    }

    private bool Step()
    {
        var worked = false;
        foreach (var controller in _controllers)
        {
            if (!controller.Queue.TryTake(out var key)) continue;
            worked = true;
            Reconcile(controller, key);
        }
        return worked;
    }

    private void Reconcile(Controller controller, ObjectKey key)
    {
        try
        {
            controller.Reconcile(key);
            controller.Queue.Succeeded(key);
        }
        catch (StatusException error)
        {
            // Another writer was faster, or what the step needs is not there yet: the next try sees how things are then.
            LogRefused(_logger, controller.GetType().Name, key.ToString(), error.Message);
            controller.Queue.AddAfterFailure(key);
        }
#pragma warning disable CA1031 // One broken object must not stop the whole cluster; the log tells of it.
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogFailed(_logger, error, controller.GetType().Name, key.ToString());
            controller.Queue.AddAfterFailure(key);
        }
    }

    private void SetTimer()
    {
        var due = _controllers.Min(controller => controller.Queue.NextDue);
        if (due is null || due == _timerDue) return;
        _timerDue = due;
        var delay = due.Value - _time.GetUtcNow();
        _timer.Change(delay < TimeSpan.Zero ? TimeSpan.Zero : delay, Timeout.InfiniteTimeSpan);
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Controller} will try {Key} again: {Reason}")]
    private static partial void LogRefused(ILogger logger, string controller, string key, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Controller} failed at {Key}")]
    private static partial void LogFailed(ILogger logger, Exception error, string controller, string key);

    private readonly record struct Signal(ObjectChange? Change, TaskCompletionSource? Idle)
    {
        public static Signal TimePassed => default;
    }
}
