using System.ComponentModel;
using System.Diagnostics;
using CliWrap;

namespace FogInfra.Tests;

/// <summary>Real child processes for tests: scripts of the POSIX shell.</summary>
internal static class Shell
{
    /// <summary>A command that runs a script; its arguments are $1, $2 and so on.</summary>
    public static Command Script(string script, params string[] arguments) =>
        Cli.Wrap("sh").WithArguments(["-c", script, "script", .. arguments]);

    /// <summary>Whether a process is there and not just waiting for its parent to notice its end.</summary>
    public static bool IsRunning(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            var state = File.Exists($"/proc/{processId}/stat") ? File.ReadAllText($"/proc/{processId}/stat") : "";
            return !state.Contains(") Z ", StringComparison.Ordinal);
        }
        catch (Exception exception) when (exception is ArgumentException or IOException or Win32Exception)
        {
            return false;
        }
    }

    /// <summary>Returns when a process that was killed, but that nobody waits for, has gone.</summary>
    public static async Task WaitUntilGoneAsync(int processId, CancellationToken cancellationToken)
    {
        while (IsRunning(processId))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
