using System.ComponentModel;
using System.Diagnostics;

namespace FogInfra.Embedded.Kubernetes.Connection;

/// <summary>Runs a credential plugin.</summary>
internal static class ExecPluginProcess
{
    /// <summary>Runs the program and gives what it printed.</summary>
    /// <param name="plugin">The program.</param>
    /// <param name="info">The value of its variable KUBERNETES_EXEC_INFO.</param>
    /// <param name="cancellationToken">Ends the program.</param>
    /// <exception cref="KubeconfigException">It is not there, or failed.</exception>
    public static async Task<string> RunAsync(ExecPlugin plugin, string info, CancellationToken cancellationToken)
    {
        using var process = Start(plugin, info);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            return process.ExitCode == 0
                ? await output.ConfigureAwait(false)
                : throw new KubeconfigException(
                    $"The credential plugin {plugin.Command} failed with exit code {process.ExitCode}: {(await errors.ConfigureAwait(false)).Trim()}");
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static Process Start(ExecPlugin plugin, string info)
    {
        var start = new ProcessStartInfo(plugin.Command, plugin.Arguments)
        {
            RedirectStandardInput = true, // It must not read the input of the program that we run in.
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in plugin.Environment)
        {
            start.Environment[name] = value;
        }

        start.Environment["KUBERNETES_EXEC_INFO"] = info;
        try
        {
            var process = Process.Start(start)!;
            process.StandardInput.Close();
            return process;
        }
        catch (Win32Exception error)
        {
            var hint = plugin.InstallHint is { } text ? $" {text.Trim()}" : "";
            throw new KubeconfigException($"The credential plugin {plugin.Command} cannot be started: {error.Message}.{hint}", error);
        }
    }
}
