using System.Runtime.Versioning;
using System.Text.Json;

namespace FogInfra.Tests;

/// <summary>
/// The same commands where a program called <c>pulumi</c> is on PATH. The one here writes down how it is called, and answers by handing the
/// call on to the embedded engine's command line, which keeps to the contract of the CLI: each call is a process of its own.
/// </summary>
public sealed class InstalledPulumiTests : IDisposable
{
    private readonly string _programs = Directory.CreateTempSubdirectory("fog-programs-").FullName;
    private readonly FogProject _project;

    public InstalledPulumiTests()
    {
        _project = new FogProject { SearchPath = $"{_programs}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}" };
        File.WriteAllText(
            Path.Combine(_project.Folder, "fleet.yaml"),
            """
            apiVersion: foginfra.dev/v1alpha1
            kind: Fleet
            metadata: {name: example}
            applications:
              shop:
                services:
                  web:
                    version: 1.0.0
                    containers: [{name: web, image: shop/web}]
                    layers: {cloud: {replicas: 1}}
            rings: [{name: first, checks: [{output: healthy, is: "true"}]}]
            clusters:
              core: {layer: cloud, ring: first}
            """);
    }

    private string CallsFile => Path.Combine(_programs, "calls");

    public void Dispose()
    {
        _project.Dispose();
        Directory.Delete(_programs, recursive: true);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task PulumiIsOnPath_TheSameCommandsRunThroughIt_AndEachEngineGoesOnFromTheOther()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a system on which a script is a program");
        InstallPulumi();
        try
        {
            var first = await _project.RunAsync("up");
            Assert.True(first.ExitCode == 0, first.ToString());
            Assert.Contains($"on the Pulumi CLI at {Path.Combine(_programs, "pulumi")}.", first.Output, StringComparison.Ordinal);
            Assert.Equal(["config set-all", "stack init", "stack output", "up"], Known(TakeCalls(), "core"));

            var preview = await _project.RunAsync("preview", "--set", "web=2.0.0");
            Assert.True(preview.ExitCode == 0, preview.ToString());
            Assert.Contains(TakeCalls(), call => call.StartsWith("preview ", StringComparison.Ordinal));

            var second = await _project.RunAsync("up", "--engine", "pulumi", "--set", "web=2.0.0");
            Assert.True(second.ExitCode == 0, second.ToString());
            Assert.Contains("Rolled out: 1 stack changed", second.Output, StringComparison.Ordinal);
            Assert.Equal(["config set-all", "stack output", "stack select", "up"], Known(TakeCalls(), "core"));

            var embedded = await _project.RunAsync("up", "--engine", "embedded", "--set", "web=2.0.0", "--force", "--json");
            Assert.True(embedded.ExitCode == 0, embedded.ToString());
            Assert.Equal(["same"], ChangesIn(embedded.Output));
            Assert.Empty(TakeCalls());

            var drift = await _project.RunAsync("drift");
            Assert.True(drift.ExitCode == 0, drift.ToString());
            Assert.Contains(TakeCalls(), call => call.StartsWith("refresh ", StringComparison.Ordinal) && call.Contains(" --preview-only ", StringComparison.Ordinal));

            var status = JsonDocument.Parse((await _project.RunAsync("status", "--json")).Output).RootElement;
            Assert.Equal("2.0.0", status[0].GetProperty("workload").GetProperty("services")[0].GetProperty("version").GetString());
        }
        finally
        {
            TakeCalls();
            var down = await _project.RunAsync("down");
            Assert.True(down.ExitCode == 0, down.ToString());
            Assert.Equal(["destroy", "stack rm", "stack select"], Known(TakeCalls(), "core"));
        }
    }

    [Fact]
    public async Task NoPulumiIsOnPath_WhoAsksForItIsToldSo_AndNothingIsTouched()
    {
        using var project = new FogProject { SearchPath = _programs };

        var outcome = await project.RunAsync("up", "--engine", "pulumi");

        Assert.Equal(2, outcome.ExitCode);
        Assert.Equal("There is no 'pulumi' on PATH. Install the Pulumi CLI, or use --engine embedded.", outcome.Error.Trim());
        Assert.False(Directory.Exists(Path.Combine(project.Folder, ".fog")));
    }

    [UnsupportedOSPlatform("windows")]
    private void InstallPulumi()
    {
        var program = Path.Combine(_programs, "pulumi");
        File.WriteAllText(
            program,
            $"""
            #!/bin/sh
            printf '%s\n' "$*" >> '{CallsFile}'
            exec dotnet '{Path.Combine(AppContext.BaseDirectory, "fog.dll")}' pulumi "$@"
            """);
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static IEnumerable<string> ChangesIn(string report) =>
        JsonDocument.Parse(report).RootElement.GetProperty("stacks")[0].GetProperty("changes").EnumerateObject().Select(change => change.Name);

    // The calls since the last time.
    private string[] TakeCalls()
    {
        var calls = File.Exists(CallsFile) ? File.ReadAllLines(CallsFile) : [];
        File.Delete(CallsFile);
        return calls;
    }

    // Which of the commands that change or read a stack were called for one.
    private static IEnumerable<string> Known(IEnumerable<string> calls, string stack) =>
        new[] { "config set-all", "destroy", "stack init", "stack output", "stack rm", "stack select", "up" }
            .Where(command => calls.Any(call => call.StartsWith($"{command} ", StringComparison.Ordinal) && call.Split(' ').Contains(stack)));
}
