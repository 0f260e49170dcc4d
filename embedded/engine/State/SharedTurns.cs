namespace FogInfra.Embedded.Engine.State;

/// <summary>
/// Does one piece of work for many callers: those that ask for it while it is being done share the next turn. There is never more than
/// one turn at a time. May be used by many threads at once.
/// </summary>
/// <param name="work">The work. When it fails, those fail that shared the turn; later turns are taken all the same.</param>
/// <param name="blocks">The work blocks its thread, so it gets one of its own; else a turn begins on the thread of whoever asks for it.</param>
internal sealed class SharedTurns(Func<Task> work, bool blocks = false)
{
    // A thread that waits takes the next turn sooner than one that must be started; after this long it is let go.
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(1);

    private readonly object _lock = new();
    private TaskCompletionSource? _next;
    private bool _isRunning;

    /// <summary>Asks for the work; done when a turn that began after this call has ended.</summary>
    public Task RunAsync()
    {
        Task turn;
        bool isFirst;
        lock (_lock)
        {
            // Whoever waited goes on beside the next turn, not before it.
            _next ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            turn = _next.Task;
            isFirst = !_isRunning;
            _isRunning = true;
            System.Threading.Monitor.Pulse(_lock);
        }

        if (isFirst)
        {
            _ = blocks
                ? Task.Factory.StartNew(TakeTurnsAsync, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)
                : TakeTurnsAsync();
        }

        return turn;
    }

    private async Task TakeTurnsAsync()
    {
        while (TryBegin() is { } turn)
        {
            try
            {
                var done = work();
                if (blocks)
                {
                    done.GetAwaiter().GetResult();
                }
                else
                {
                    await done.ConfigureAwait(false);
                }

                turn.SetResult();
            }
#pragma warning disable CA1031 // It is thrown where the turn is awaited.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                turn.SetException(exception);
            }
        }
    }

    private TaskCompletionSource? TryBegin()
    {
        lock (_lock)
        {
            if (blocks && _next is null)
            {
                System.Threading.Monitor.Wait(_lock, Linger);
            }

            var turn = _next;
            _next = null;
            _isRunning = turn is not null;
            return turn;
        }
    }
}
