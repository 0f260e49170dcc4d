using System.Diagnostics;
using System.Runtime.InteropServices;
using FogInfra.Embedded.Simulator.Hosting;

namespace FogInfra.Embedded.Simulator.Client;

/// <summary>The simulator as a process in the background, which outlives the one that has started it.</summary>
public static class SimulatorProcess
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>A client of the simulator that serves a folder, which is started first when there is none. Several processes may call this at once: one simulator starts.</summary>
    /// <param name="dataDirectory">The folder in which clusters are kept; it is made when it is not there.</param>
    /// <param name="time">The clock of the waiting.</param>
    /// <param name="cancellationToken">Ends the waiting; a simulator that was started goes on.</param>
    /// <exception cref="SimulatorException">It did not start; the message says why, and where its log is.</exception>
    public static async Task<SimulatorClient> EnsureStartedAsync(string dataDirectory, TimeProvider time, CancellationToken cancellationToken)
    {
        var directory = Path.GetFullPath(dataDirectory);
        if (await SimulatorClient.FindAsync(directory, cancellationToken).ConfigureAwait(false) is { } running) return running;
        Directory.CreateDirectory(directory);
        var files = new SimulatorFiles(directory);
        using var process = Start(directory);
        var started = time.GetTimestamp();
        while (time.GetElapsedTime(started) < Patience)
        {
            if (await SimulatorClient.FindAsync(directory, cancellationToken).ConfigureAwait(false) is { } client) return client;

            // Another process may have been faster; then its simulator is the one to wait for.
            if (process.HasExited && process.ExitCode != ServeCommand.Taken)
            {
                var words = (await process.StandardError.ReadToEndAsync(cancellationToken).ConfigureAwait(false)).Trim();
                throw new SimulatorException($"The simulator ended at once with exit code {process.ExitCode}: {(words.Length > 0 ? words : LastWords(files.Log))}");
            }
            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        }
        throw new SimulatorException($"The simulator did not answer within {Patience.TotalSeconds:0} seconds; its log is {files.Log}.");
    }

    private static Process Start(string directory)
    {
        var start = new ProcessStartInfo
        {
            FileName = DotnetHost(),
            ArgumentList = { typeof(SimulatorProcess).Assembly.Location, "serve", "--data", directory, "--background" },
            WorkingDirectory = directory,
            UseShellExecute = false,
            CreateNoWindow = true,
            // Pipes until the process has a session of its own, so that it never writes to this one's terminal.
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start) ?? throw new SimulatorException($"{start.FileName} could not be started.");
    }

    // The host of the running runtime: <root>/shared/Microsoft.NETCore.App/<version> lies three folders below it.
    private static string DotnetHost()
    {
        var root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        var host = Path.Combine(root, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
        return File.Exists(host) ? host : "dotnet";
    }

    private static string LastWords(string log) => File.Exists(log) ? string.Join(' ', File.ReadLines(log).TakeLast(3)) : "it has said nothing";
}
