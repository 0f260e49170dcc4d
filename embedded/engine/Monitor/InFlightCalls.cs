namespace FogInfra.Embedded.Engine.Monitor;

/// <summary>Counts the calls of a program that are under way, so that a run can wait for the last. May be used by many threads at once.</summary>
internal sealed class InFlightCalls
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;
    private bool _closed;

    /// <summary>Begins a call; false when no more are taken.</summary>
    public bool TryBegin()
    {
        lock (_lock)
        {
            if (_closed)
            {
                return false;
            }

            _count++;
            return true;
        }
    }

    /// <summary>Ends a call.</summary>
    public void End()
    {
        lock (_lock)
        {
            _count--;
            SignalIfDrained();
        }
    }

    /// <summary>Takes no more calls, and is done when the last has ended.</summary>
    public Task CloseAsync()
    {
        lock (_lock)
        {
            _closed = true;
            SignalIfDrained();
            return _drained.Task;
        }
    }

    private void SignalIfDrained()
    {
        if (_closed && _count == 0)
        {
            _drained.TrySetResult();
        }
    }
}
