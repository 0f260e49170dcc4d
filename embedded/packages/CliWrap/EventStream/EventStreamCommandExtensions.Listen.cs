using System.Runtime.CompilerServices;
using System.Text;
using System.Threading.Channels;

namespace CliWrap.EventStream;

public static partial class EventStreamCommandExtensions
{
    /// <summary>Runs a command when its events are asked for. The command waits where its reader does not keep up.</summary>
    /// <param name="command">The command.</param>
    /// <param name="standardOutputEncoding">How the output is written.</param>
    /// <param name="standardErrorEncoding">How the error output is written.</param>
    /// <param name="forcefulCancellationToken">Kills the process and all that it has started.</param>
    /// <param name="gracefulCancellationToken">Interrupts the process, as Ctrl+C does, and waits for it to end by itself.</param>
    public static async IAsyncEnumerable<CommandEvent> ListenAsync(
        this Command command,
        Encoding standardOutputEncoding,
        Encoding standardErrorEncoding,
        [EnumeratorCancellation] CancellationToken forcefulCancellationToken,
        CancellationToken gracefulCancellationToken)
    {
        var events = Channel.CreateBounded<CommandEvent>(1);
        var running = Tee(
                command, standardOutputEncoding, standardErrorEncoding, (item, token) => events.Writer.WriteAsync(item, token).AsTask())
            .ExecuteAsync(forcefulCancellationToken, gracefulCancellationToken);
        yield return new StartedCommandEvent(running.ProcessId);

        _ = running.Task.ContinueWith(
            _ => events.Writer.TryComplete(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        try
        {
            await foreach (var item in events.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
            {
                yield return item;
            }
        }
        finally
        {
            // A reader that stops early leaves a process whose outputs are closed, not one that waits for ever to write.
            events.Writer.TryComplete();
        }

        // Here its failure or its cancellation comes to light, too.
        var result = await running.ConfigureAwait(false);
        yield return new ExitedCommandEvent(result.ExitCode);
    }

    /// <summary>Runs a command when its events are asked for. The command waits where its reader does not keep up.</summary>
    /// <param name="command">The command.</param>
    /// <param name="standardOutputEncoding">How the output is written.</param>
    /// <param name="standardErrorEncoding">How the error output is written.</param>
    /// <param name="cancellationToken">Kills the process and all that it has started.</param>
    public static IAsyncEnumerable<CommandEvent> ListenAsync(
        this Command command,
        Encoding standardOutputEncoding,
        Encoding standardErrorEncoding,
        CancellationToken cancellationToken = default) =>
        command.ListenAsync(standardOutputEncoding, standardErrorEncoding, cancellationToken, CancellationToken.None);

    /// <summary>Runs a command when its events are asked for. The command waits where its reader does not keep up.</summary>
    /// <param name="command">The command.</param>
    /// <param name="encoding">How both outputs are written.</param>
    /// <param name="cancellationToken">Kills the process and all that it has started.</param>
    public static IAsyncEnumerable<CommandEvent> ListenAsync(
        this Command command, Encoding encoding, CancellationToken cancellationToken = default) =>
        command.ListenAsync(encoding, encoding, cancellationToken);

    /// <summary>Runs a command when its events are asked for. The command waits where its reader does not keep up.</summary>
    /// <param name="command">The command.</param>
    /// <param name="cancellationToken">Kills the process and all that it has started.</param>
    public static IAsyncEnumerable<CommandEvent> ListenAsync(this Command command, CancellationToken cancellationToken = default) =>
        command.ListenAsync(Encoding.Default, cancellationToken);
}
