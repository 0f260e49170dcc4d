using System.Text;
using CliWrap.Exceptions;

namespace CliWrap.Buffered;

/// <summary>Runs commands whose output is wanted as text, at their end.</summary>
public static class BufferedCommandExtensions
{
    /// <summary>Runs a command and keeps what it writes; the command's own pipes get it too.</summary>
    /// <param name="command">The command.</param>
    /// <param name="standardOutputEncoding">How the output is written.</param>
    /// <param name="standardErrorEncoding">How the error output is written.</param>
    /// <param name="forcefulCancellationToken">Kills the process and all that it has started.</param>
    /// <param name="gracefulCancellationToken">Interrupts the process, as Ctrl+C does, and waits for it to end by itself.</param>
    public static CommandTask<BufferedCommandResult> ExecuteBufferedAsync(
        this Command command,
        Encoding standardOutputEncoding,
        Encoding standardErrorEncoding,
        CancellationToken forcefulCancellationToken,
        CancellationToken gracefulCancellationToken)
    {
        var output = new StringBuilder();
        var error = new StringBuilder();
        var running = command
            .WithStandardOutputPipe(
                PipeTarget.Merge(command.StandardOutputPipe, PipeTarget.ToStringBuilder(output, standardOutputEncoding)))
            .WithStandardErrorPipe(
                PipeTarget.Merge(command.StandardErrorPipe, PipeTarget.ToStringBuilder(error, standardErrorEncoding)))
            .ExecuteAsync(forcefulCancellationToken, gracefulCancellationToken);
        return new CommandTask<BufferedCommandResult>(CompleteAsync(running, output, error), running.ProcessId);
    }

    /// <summary>Runs a command and keeps what it writes; the command's own pipes get it too.</summary>
    /// <param name="command">The command.</param>
    /// <param name="standardOutputEncoding">How the output is written.</param>
    /// <param name="standardErrorEncoding">How the error output is written.</param>
    /// <param name="cancellationToken">Kills the process and all that it has started.</param>
    public static CommandTask<BufferedCommandResult> ExecuteBufferedAsync(
        this Command command,
        Encoding standardOutputEncoding,
        Encoding standardErrorEncoding,
        CancellationToken cancellationToken = default) =>
        command.ExecuteBufferedAsync(standardOutputEncoding, standardErrorEncoding, cancellationToken, CancellationToken.None);

    /// <summary>Runs a command and keeps what it writes; the command's own pipes get it too.</summary>
    /// <param name="command">The command.</param>
    /// <param name="encoding">How both outputs are written.</param>
    /// <param name="cancellationToken">Kills the process and all that it has started.</param>
    public static CommandTask<BufferedCommandResult> ExecuteBufferedAsync(
        this Command command, Encoding encoding, CancellationToken cancellationToken = default) =>
        command.ExecuteBufferedAsync(encoding, encoding, cancellationToken);

    /// <summary>Runs a command and keeps what it writes; the command's own pipes get it too.</summary>
    /// <param name="command">The command.</param>
    /// <param name="cancellationToken">Kills the process and all that it has started.</param>
    public static CommandTask<BufferedCommandResult> ExecuteBufferedAsync(
        this Command command, CancellationToken cancellationToken = default) =>
        command.ExecuteBufferedAsync(Encoding.Default, cancellationToken);

    private static async Task<BufferedCommandResult> CompleteAsync(
        CommandTask<CommandResult> running, StringBuilder output, StringBuilder error)
    {
        try
        {
            var result = await running.ConfigureAwait(false);
            return new BufferedCommandResult(result.ExitCode, result.StartTime, result.ExitTime, output.ToString(), error.ToString());
        }
        catch (CommandExecutionException exception)
        {
            throw new CommandExecutionException(
                exception.Command, exception.ExitCode, $"{exception.Message}\nIt wrote: {error.ToString().Trim()}", exception);
        }
    }
}
