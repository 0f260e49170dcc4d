using System.Text;

namespace CliWrap.EventStream;

public static partial class EventStreamCommandExtensions
{
    /// <summary>Runs a command for each subscriber, called by one thread at a time. Unsubscribing does not end the command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="standardOutputEncoding">How the output is written.</param>
    /// <param name="standardErrorEncoding">How the error output is written.</param>
    /// <param name="forcefulCancellationToken">Kills the process and all that it has started.</param>
    /// <param name="gracefulCancellationToken">Interrupts the process, as Ctrl+C does, and waits for it to end by itself.</param>
    public static IObservable<CommandEvent> Observe(
        this Command command,
        Encoding standardOutputEncoding,
        Encoding standardErrorEncoding,
        CancellationToken forcefulCancellationToken,
        CancellationToken gracefulCancellationToken) => new ObservedCommand(
        publishAsync => Tee(command, standardOutputEncoding, standardErrorEncoding, publishAsync)
            .ExecuteAsync(forcefulCancellationToken, gracefulCancellationToken));

    /// <summary>Runs a command for each subscriber, called by one thread at a time. Unsubscribing does not end the command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="standardOutputEncoding">How the output is written.</param>
    /// <param name="standardErrorEncoding">How the error output is written.</param>
    /// <param name="cancellationToken">Kills the process and all that it has started.</param>
    public static IObservable<CommandEvent> Observe(
        this Command command,
        Encoding standardOutputEncoding,
        Encoding standardErrorEncoding,
        CancellationToken cancellationToken = default) =>
        command.Observe(standardOutputEncoding, standardErrorEncoding, cancellationToken, CancellationToken.None);

    /// <summary>Runs a command for each subscriber, called by one thread at a time. Unsubscribing does not end the command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="encoding">How both outputs are written.</param>
    /// <param name="cancellationToken">Kills the process and all that it has started.</param>
    public static IObservable<CommandEvent> Observe(
        this Command command, Encoding encoding, CancellationToken cancellationToken = default) =>
        command.Observe(encoding, encoding, cancellationToken);

    /// <summary>Runs a command for each subscriber, called by one thread at a time. Unsubscribing does not end the command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="cancellationToken">Kills the process and all that it has started.</param>
    public static IObservable<CommandEvent> Observe(this Command command, CancellationToken cancellationToken = default) =>
        command.Observe(Encoding.Default, cancellationToken);

    private sealed class ObservedCommand(
        Func<Func<CommandEvent, CancellationToken, Task>, CommandTask<CommandResult>> execute) : IObservable<CommandEvent>
    {
        public IDisposable Subscribe(IObserver<CommandEvent> observer)
        {
            // The first line may come before the start is told, and the two outputs are read by two threads.
            var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var gate = new Lock();
            var running = execute(async (item, _) =>
            {
                await started.Task.ConfigureAwait(false);
                lock (gate)
                {
                    observer.OnNext(item);
                }
            });
            observer.OnNext(new StartedCommandEvent(running.ProcessId));
            started.SetResult();
            _ = CompleteAsync(running, observer);
            return new Unsubscriber();
        }

        private static async Task CompleteAsync(CommandTask<CommandResult> running, IObserver<CommandEvent> observer)
        {
            int exitCode;
            try
            {
                exitCode = (await running.ConfigureAwait(false)).ExitCode;
            }
#pragma warning disable CA1031 // Whatever ends the command is what the observer is told.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                observer.OnError(exception);
                return;
            }

            observer.OnNext(new ExitedCommandEvent(exitCode));
            observer.OnCompleted();
        }

        private sealed class Unsubscriber : IDisposable
        {
            public void Dispose()
            {
            }
        }
    }
}
