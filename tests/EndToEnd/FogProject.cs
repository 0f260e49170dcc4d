using System.Diagnostics;

namespace FogInfra.Tests;

/// <summary>A project of its own in a temporary folder, and the real <c>fog</c> command run in it.</summary>
public sealed class FogProject : IDisposable
{
    public FogProject()
    {
        Folder = Directory.CreateTempSubdirectory("fog-project-").FullName;
        var template = Path.Combine(AppContext.BaseDirectory, "project");
        foreach (var file in Directory.EnumerateFiles(template, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(Folder, Path.GetRelativePath(template, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    public string Folder { get; }

    /// <summary>The PATH of the commands; null for that of this machine.</summary>
    public string? SearchPath { get; init; }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>Runs <c>fog</c>.</summary>
    public Task<CommandOutcome> RunAsync(params string[] arguments) =>
        StartAsync("dotnet", [Path.Combine(AppContext.BaseDirectory, "fog.dll"), .. arguments]);

    /// <summary>Runs kubectl on a cluster.</summary>
    public async Task<CommandOutcome> KubectlAsync(string cluster, params string[] arguments)
    {
        var kubeconfig = await RunAsync("cluster", "kubeconfig", cluster);
        return await StartAsync("kubectl", ["--kubeconfig", kubeconfig.Output.Trim(), .. arguments]);
    }

    private async Task<CommandOutcome> StartAsync(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var variable in start.Environment.Keys.Where(name => name.StartsWith("PULUMI_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(variable);
        }

        if (SearchPath is not null)
        {
            start.Environment["PATH"] = SearchPath;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new CommandOutcome(process.ExitCode, await output, await error);
    }
}

/// <summary>How a command ended, and what it said.</summary>
public sealed record CommandOutcome(int ExitCode, string Output, string Error)
{
    public override string ToString() => $"exit code {ExitCode}\n{Output}\n{Error}";
}
