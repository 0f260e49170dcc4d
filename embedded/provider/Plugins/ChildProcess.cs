using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace FogInfra.Embedded.Provider.Plugins;

/// <summary>A process to start.</summary>
/// <param name="File">The program: a path, or a name that is looked up on the PATH of <paramref name="Environment"/>.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="WorkingDirectory">The folder in which it runs.</param>
/// <param name="Environment">Its whole environment.</param>
public sealed record ProcessCommand(
    string File, ImmutableArray<string> Arguments, string WorkingDirectory, ImmutableDictionary<string, string> Environment);

/// <summary>A process could not be started; the message says which and why.</summary>
public sealed class ChildProcessException(string message, Exception? innerException = null) : Exception(message, innerException);

/// <summary>A process that was started, with its output line by line.</summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan OutputGracePeriod = TimeSpan.FromSeconds(2);

    private readonly Process _process;
    private readonly Task _output;
    private readonly TimeProvider _clock;

    private ChildProcess(Process process, Action<string> onOutput, Action<string> onError, TimeProvider clock)
    {
        _process = process;
        _clock = clock;
        _output = Task.WhenAll(ReadLinesAsync(process.StandardOutput, onOutput), ReadLinesAsync(process.StandardError, onError));
        Exited = WaitAsync();
    }

    /// <summary>Done with the exit code when the process has ended and its output was read.</summary>
    public Task<int> Exited { get; }

    /// <summary>Starts a process.</summary>
    /// <param name="command">The process.</param>
    /// <param name="onOutput">Called with each line of its standard output.</param>
    /// <param name="onError">Called with each line of its standard error.</param>
    /// <param name="clock">Measures the time that it is given to end.</param>
    /// <exception cref="ChildProcessException">It cannot be started.</exception>
    public static ChildProcess Start(ProcessCommand command, Action<string> onOutput, Action<string> onError, TimeProvider? clock = null)
    {
        var start = new ProcessStartInfo(FindExecutable(command))
        {
            WorkingDirectory = command.WorkingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in command.Arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Clear();
        foreach (var (name, value) in command.Environment)
        {
            start.Environment[name] = value;
        }

        try
        {
            var process = Process.Start(start)!;
            process.StandardInput.Close();
            return new ChildProcess(process, onOutput, onError, clock ?? TimeProvider.System);
        }
        catch (Win32Exception exception)
        {
            throw new ChildProcessException($"could not start '{command.File}' in '{command.WorkingDirectory}': {exception.Message}", exception);
        }
    }

    /// <summary>Runs a process to its end. When the token is cancelled it is asked to end, and after five seconds made to.</summary>
    /// <returns>Its exit code.</returns>
    /// <exception cref="ChildProcessException">It cannot be started.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; the process has ended.</exception>
    public static async Task<int> RunAsync(
        ProcessCommand command, Action<string> onOutput, Action<string> onError, CancellationToken cancellationToken)
    {
        await using var child = Start(command, onOutput, onError);
        await Task.WhenAny(child.Exited, CancelledAsync(cancellationToken)).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested(); // The disposal ends the process.
        return await child.Exited.ConfigureAwait(false);
    }

    /// <summary>Ends the process, if it runs: interrupts it, and after five seconds kills it with all that it has started.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!Exited.IsCompleted)
        {
            Interrupt();
            try
            {
                await Exited.WaitAsync(GracePeriod, _clock).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                Kill();
                await Exited.ConfigureAwait(false);
            }
        }

        _process.Dispose();
    }

    private void Interrupt()
    {
        const int Sigint = 2;
        if (OperatingSystem.IsWindows() || SendSignal(_process.Id, Sigint) != 0)
        {
            Kill();
        }
    }

    private void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended in the meantime.
        }
    }

    private async Task<int> WaitAsync()
    {
        await _process.WaitForExitAsync().ConfigureAwait(false);
        try
        {
            // Something that the process has started may hold on to its output.
            await _output.WaitAsync(OutputGracePeriod, _clock).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // Then what has come so far must do.
        }

        return _process.ExitCode;
    }

    private static async Task ReadLinesAsync(StreamReader reader, Action<string> onLine)
    {
        try
        {
            while (await reader.ReadLineAsync().ConfigureAwait(false) is { } line)
            {
                onLine(line);
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // The process is gone and nobody waits for the rest.
        }
    }

    private static Task CancelledAsync(CancellationToken cancellationToken)
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        cancellationToken.Register(() => cancelled.TrySetResult());
        return cancelled.Task;
    }

    // The child's PATH counts, which need not be that of this process.
    private static string FindExecutable(ProcessCommand command)
    {
        if (command.File.Contains(Path.DirectorySeparatorChar))
        {
            return command.File;
        }

        return FindOnPath(command.File, command.Environment)
            ?? throw new ChildProcessException($"could not start '{command.File}': it was not found on the PATH");
    }

    /// <summary>Looks a program up on the PATH of an environment; null when it is not there.</summary>
    public static string? FindOnPath(string name, IReadOnlyDictionary<string, string> environment)
    {
        string[] names = OperatingSystem.IsWindows() ? [name + ".exe", name + ".cmd", name] : [name];
        return (environment.GetValueOrDefault("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => names.Select(file => Path.Combine(folder, file)))
            .FirstOrDefault(File.Exists);
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int process, int signal);
}
