using System.Diagnostics;
using System.Text.RegularExpressions;

namespace FogInfra.Bench.Fleet;

/// <summary>A project in a temporary folder, and the command run in it.</summary>
internal sealed partial class BenchProject : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fog-bench-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public void Write(string file, string text) => File.WriteAllText(Path.Combine(_folder, file), text);

    public void MakeUnreachable(IEnumerable<string> clusters)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "offline"));
        foreach (var cluster in clusters)
        {
            var kubeconfig = File.ReadAllText(Path.Combine(_folder, ".fog", "clusters", $"{cluster}.kubeconfig"));
            Write(Path.Combine("offline", $"{cluster}.kubeconfig"), Server().Replace(kubeconfig, "server: https://127.0.0.1:1"));
        }
    }

    public string LatestJournal() =>
        File.ReadAllText(Path.Combine(Directory.EnumerateDirectories(Path.Combine(_folder, ".fog", "rollouts")).Order(StringComparer.Ordinal).Last(), "journal.jsonl"));

    /// <summary>Runs the command with the embedded engine; its standard output.</summary>
    public async Task<string> RunAsync(params string[] arguments)
    {
        string[] engine = arguments[0] == "cluster" ? [] : ["--engine", "embedded"];
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "fog.dll"), .. arguments, .. engine])
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode is 0 or 1 && output.Length > 0 ? output : throw new InvalidOperationException($"fog {string.Join(' ', arguments)}: {await error}{output}");
    }

    [GeneratedRegex("server: .*")]
    private static partial Regex Server();
}
