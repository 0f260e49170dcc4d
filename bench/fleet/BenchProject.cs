using System.Diagnostics;

namespace FogInfra.Bench.Fleet;

/// <summary>What a command printed, and what it took.</summary>
/// <param name="Output">Its standard output.</param>
/// <param name="Wall">How long it ran.</param>
/// <param name="Processor">The processor time of its process, to a tenth of a second.</param>
internal sealed record CommandRun(string Output, TimeSpan Wall, TimeSpan Processor);

/// <summary>A project in a temporary folder, and the command run in it.</summary>
internal sealed class BenchProject : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private readonly string _folder = Directory.CreateTempSubdirectory("fog-bench-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public void Write(string file, string text)
    {
        var path = Path.Combine(_folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    /// <summary>The kubeconfig of a cluster that this project has started.</summary>
    public string KubeconfigOf(string cluster) => File.ReadAllText(Path.Combine(_folder, ".fog", "clusters", $"{cluster}.kubeconfig"));

    public string LatestJournal() =>
        File.ReadAllText(Path.Combine(Directory.EnumerateDirectories(Path.Combine(_folder, ".fog", "rollouts")).Order(StringComparer.Ordinal).Last(), "journal.jsonl"));

    /// <summary>Runs the command with the embedded engine.</summary>
    /// <exception cref="InvalidOperationException">It ended with another exit code than one of those that are expected.</exception>
    public async Task<CommandRun> RunAsync(IReadOnlyList<string> arguments, params int[] expected)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "fog.dll"), .. arguments, "--engine", "embedded"])
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var started = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        var processor = TimeSpan.Zero;
        while (!process.WaitForExit(Look))
        {
            processor = ProcessorTimeOf(process) ?? processor;
        }

        await process.WaitForExitAsync();
        var run = new CommandRun(await output, Stopwatch.GetElapsedTime(started), processor);
        return expected.Contains(process.ExitCode)
            ? run
            : throw new InvalidOperationException($"fog {string.Join(' ', arguments)}: exit code {process.ExitCode}\n{await error}{run.Output}");
    }

    // The system forgets it with the process.
    private static TimeSpan? ProcessorTimeOf(Process process)
    {
        try
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
