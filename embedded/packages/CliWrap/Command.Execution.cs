using System.Diagnostics;
using System.Net.Sockets;
using CliWrap.Exceptions;
using CliWrap.Processes;

namespace CliWrap;

public partial class Command
{
    /// <summary>Runs the command, after a last change to how its process starts. For what this class does not offer.</summary>
    /// <param name="configureStartInfo">Called before the process starts.</param>
    /// <param name="configureProcess">Called right after it has started.</param>
    /// <param name="forcefulCancellationToken">Kills the process and all that it has started.</param>
    /// <param name="gracefulCancellationToken">Interrupts the process, as Ctrl+C does, and waits for it to end by itself.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">The program cannot be started.</exception>
    /// <exception cref="PlatformNotSupportedException">A graceful token was given where processes cannot be interrupted.</exception>
    public CommandTask<CommandResult> ExecuteAsync(
        Action<ProcessStartInfo>? configureStartInfo,
        Action<Process>? configureProcess = null,
        CancellationToken forcefulCancellationToken = default,
        CancellationToken gracefulCancellationToken = default)
    {
        if (gracefulCancellationToken.CanBeCanceled && !ChildProcess.CanBeInterrupted)
        {
            throw new PlatformNotSupportedException(
                $"'{TargetFilePath}' cannot be cancelled gracefully: this platform cannot interrupt processes. Use a forceful token.");
        }

        var startInfo = ProcessSetup.Describe(this);
        configureStartInfo?.Invoke(startInfo);
        var process = ChildProcess.Start(startInfo, started =>
        {
            ProcessSetup.Apply(ResourcePolicy, started);
            configureProcess?.Invoke(started);
        });

        // The id is read first: a process that ends at once is gone when RunAsync returns.
        var processId = process.Id;
        return new CommandTask<CommandResult>(RunAsync(process, forcefulCancellationToken, gracefulCancellationToken), processId);
    }

    /// <summary>Runs the command.</summary>
    /// <param name="forcefulCancellationToken">Kills the process and all that it has started.</param>
    /// <param name="gracefulCancellationToken">Interrupts the process, as Ctrl+C does, and waits for it to end by itself.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">The program cannot be started.</exception>
    /// <exception cref="PlatformNotSupportedException">A graceful token was given where processes cannot be interrupted.</exception>
    public CommandTask<CommandResult> ExecuteAsync(
        CancellationToken forcefulCancellationToken, CancellationToken gracefulCancellationToken) =>
        ExecuteAsync(null, null, forcefulCancellationToken, gracefulCancellationToken);

    /// <summary>Runs the command. It fails with <see cref="CommandExecutionException"/> where <see cref="Validation"/> says so.</summary>
    /// <param name="cancellationToken">Kills the process and all that it has started.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">The program cannot be started.</exception>
    public CommandTask<CommandResult> ExecuteAsync(CancellationToken cancellationToken = default) =>
        ExecuteAsync(cancellationToken, CancellationToken.None);

    private async Task<CommandResult> RunAsync(ChildProcess process, CancellationToken forceful, CancellationToken graceful)
    {
        using var ownedProcess = process;
        using var inputNotNeeded = CancellationTokenSource.CreateLinkedTokenSource(forceful);
        await using var killing = forceful.Register(process.Kill).ConfigureAwait(false);
        await using var interrupting = graceful.Register(process.Interrupt).ConfigureAwait(false);

        // The outputs are read to their end, which may come later than the process's own: a child of it may still write.
        var pipes = Task.WhenAll(
            WriteInputAsync(process.StandardInput, inputNotNeeded.Token),
            ReadOutputAsync(StandardOutputPipe, process.StandardOutput, forceful),
            ReadOutputAsync(StandardErrorPipe, process.StandardError, forceful));

        await process.WaitForExitAsync(forceful).ConfigureAwait(false);
        await inputNotNeeded.CancelAsync().ConfigureAwait(false);
        await pipes.ConfigureAwait(false);

        ThrowIfCancelled(process, forceful, "killed");
        ThrowIfCancelled(process, graceful, "interrupted");
        var result = new CommandResult(process.ExitCode, process.StartTime, process.ExitTime);
        return result.IsSuccess || !Validation.HasFlag(CommandResultValidation.ZeroExitCode)
            ? result
            : throw new CommandExecutionException(
                this, result.ExitCode, $"The process {process} ended with the exit code {result.ExitCode}. Its command line was: {this}");
    }

    private async Task WriteInputAsync(Stream input, CancellationToken notNeeded)
    {
        await using var closing = input.ConfigureAwait(false);
        try
        {
            // A source that never looks at its token is left behind: the process has ended and reads no more.
            await StandardInputPipe.CopyToAsync(input, notNeeded).WaitAsync(notNeeded).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (notNeeded.IsCancellationRequested)
        {
            // The process has ended, or is being killed.
        }
        catch (IOException exception) when (IsClosedByReader(exception))
        {
            // A process may end, or close its input, without having read all of it.
        }
    }

    private static async Task ReadOutputAsync(PipeTarget target, Stream output, CancellationToken forceful)
    {
        await using var closing = output.ConfigureAwait(false);
        try
        {
            await target.CopyFromAsync(output, forceful).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (forceful.IsCancellationRequested)
        {
            // RunAsync tells of the cancellation, once the process has gone.
        }
    }

    // Unix: EPIPE. Windows: ERROR_BROKEN_PIPE (109) and ERROR_NO_DATA (232).
    private static bool IsClosedByReader(IOException exception) =>
        exception.InnerException is SocketException { SocketErrorCode: SocketError.Shutdown or SocketError.ConnectionReset }
        || (exception.HResult & 0xFFFF) is 109 or 232;

    private static void ThrowIfCancelled(ChildProcess process, CancellationToken token, string what)
    {
        if (token.IsCancellationRequested)
        {
            throw new OperationCanceledException($"The command was cancelled; the process {process} was {what}.", token);
        }
    }
}
