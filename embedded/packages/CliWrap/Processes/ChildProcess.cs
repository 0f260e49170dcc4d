using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace CliWrap.Processes;

/// <summary>A started process: its pipes, its end, and the two ways to end it.</summary>
internal sealed class ChildProcess : IDisposable
{
    private const int Sigint = 2;

    // A killed process ends at once; one in an uninterruptible wait of the kernel (a dead network disk) does not.
    private static readonly TimeSpan KillLimit = TimeSpan.FromSeconds(3);

    private readonly Process _process;

    private ChildProcess(Process process)
    {
        _process = process;
        Id = process.Id;
        StartTime = TimeProvider.System.GetLocalNow();
    }

    /// <summary>Whether <see cref="Interrupt"/> works on this platform.</summary>
    public static bool CanBeInterrupted => !OperatingSystem.IsWindows();

    public int Id { get; }

    public DateTimeOffset StartTime { get; }

    public DateTimeOffset ExitTime { get; private set; }

    public int ExitCode => _process.ExitCode;

    public Stream StandardInput => _process.StartInfo.RedirectStandardInput ? _process.StandardInput.BaseStream : Stream.Null;

    public Stream StandardOutput => _process.StartInfo.RedirectStandardOutput ? _process.StandardOutput.BaseStream : Stream.Null;

    public Stream StandardError => _process.StartInfo.RedirectStandardError ? _process.StandardError.BaseStream : Stream.Null;

    public static ChildProcess Start(ProcessStartInfo startInfo, Action<Process> configure)
    {
        var process = new Process { StartInfo = startInfo, EnableRaisingEvents = true };
        try
        {
            process.Start();
        }
        catch (Win32Exception exception)
        {
            process.Dispose();
            throw new Win32Exception(
                $"'{startInfo.FileName}' cannot be started in '{startInfo.WorkingDirectory}': {exception.Message}", exception);
        }

        var child = new ChildProcess(process);
        try
        {
            configure(process);
            return child;
        }
        catch
        {
            // Nobody would wait for a process whose start is told to have failed.
            child.Kill();
            child.Dispose();
            throw;
        }
    }

    public async Task WaitForExitAsync(CancellationToken forceful)
    {
        try
        {
            await _process.WaitForExitAsync(forceful).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (forceful.IsCancellationRequested)
        {
            await WaitAfterKillAsync().ConfigureAwait(false);
        }

        ExitTime = TimeProvider.System.GetLocalNow();
    }

    /// <summary>Sends what Ctrl+C sends; a process that cannot be sent it is killed instead.</summary>
    public void Interrupt()
    {
        if (!_process.HasExited && SendSignal(Id, Sigint) != 0)
        {
            Kill();
        }
    }

    /// <summary>Ends the process and all that it has started, at once.</summary>
    public void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception or AggregateException)
        {
            // Either it has just ended, or the wait for its end tells that it has not.
        }
    }

    public void Dispose() => _process.Dispose();

    public override string ToString() => $"{Path.GetFileName(_process.StartInfo.FileName)} ({Id})";

    private async Task WaitAfterKillAsync()
    {
        try
        {
            await _process.WaitForExitAsync(CancellationToken.None).WaitAsync(KillLimit, TimeProvider.System).ConfigureAwait(false);
        }
        catch (TimeoutException exception)
        {
            throw new TimeoutException($"The process {this} was killed, but has not ended within {KillLimit.TotalSeconds} s.", exception);
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int processId, int signal);
}
