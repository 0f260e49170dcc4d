using System.Diagnostics;
using System.Text.Json;

namespace FogInfra.Tests;

/// <summary>Gates, people and drift with the real command, engine, provider and simulated clusters.</summary>
public sealed class GatedRolloutTests : IAsyncLifetime
{
    private readonly FogProject _project = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _project.RunAsync("down", "--engine", "embedded");
        _project.Dispose();
    }

    [Fact]
    public async Task Up_LooksAtClustersAndCommands_KeepsTheEvidence_AndIsApprovedFromAnotherTerminal()
    {
        WriteFleet(
            """
            [{ready: true}, {job: {image: shop/smoke:1, command: [smoke]}}, {command: [sh, -c, 'echo looked at $FOG_CLUSTERS']},
             {http: "http://127.0.0.1:1", dryRun: true}, {approval: after}]
            """);

        var up = _project.RunAsync("up", "--engine", "embedded", "--json");
        while (!(await _project.RunAsync("why")).Output.Contains("waits for 'approval'", StringComparison.Ordinal))
        {
            Assert.False(up.IsCompleted, up.IsCompleted ? (await up).ToString() : "");
            await Task.Delay(200, Cancellation);
        }

        var approved = await _project.RunAsync("approve", "--why", "it looks well", "--by", "anna");
        Assert.True(approved.ExitCode == 0, approved.ToString());
        var outcome = await up;

        Assert.True(outcome.ExitCode == 0, outcome.ToString());
        var history = JsonDocument.Parse((await _project.RunAsync("history", "show", "--json")).Output).RootElement;
        var evidence = history.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("event"))
            .Where(@event => @event.GetProperty("event").GetString() == "gateEvaluated")
            .SelectMany(@event => @event.GetProperty("evidence").EnumerateArray()).Select(found => found.GetProperty("value").GetString()!).ToList();
        Assert.Contains("it has completed", evidence);
        Assert.Contains("exit code 0: looked at edge", evidence);
        Assert.Contains(evidence, value => value.StartsWith("web 1/1 ready, 1 updated", StringComparison.Ordinal));
        Assert.Contains(evidence, value => value.StartsWith("no answer: ", StringComparison.Ordinal));
        Assert.Equal(0, (await _project.RunAsync("history", "verify")).ExitCode);
    }

    [Fact]
    public async Task Killed_InTheMiddle_ResumeGoesOn_AndNothingIsDoneTwice()
    {
        WriteFleet("[{approval: after}]");
        using var up = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "fog.dll"), "up", "--engine", "embedded"])
        {
            WorkingDirectory = _project.Folder, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        while (await up.StandardOutput.ReadLineAsync(Cancellation) is { } line && !line.Contains("waits for approval", StringComparison.Ordinal))
        {
        }

        up.Kill();
        await up.WaitForExitAsync(Cancellation);
        Assert.Contains("Its runner is gone", (await _project.RunAsync("why")).Output, StringComparison.Ordinal);
        Assert.Contains("Nobody runs rollout", (await _project.RunAsync("approve", "--why", "it looks well")).Output, StringComparison.Ordinal);
        var resumed = await _project.RunAsync("resume", "--engine", "embedded");

        Assert.True(resumed.ExitCode == 0, resumed.ToString());
        Assert.Contains("2 stacks changed, 0 unchanged", resumed.Output, StringComparison.Ordinal);
        var history = (await _project.RunAsync("history", "show", "--json")).Output;
        Assert.Equal(2, history.Split("\"stackStarted\"").Length - 1);
        Assert.Equal(1, history.Split("\"takenOver\"").Length - 1);
    }

    [Fact]
    public async Task Drift_IsShown_AndPutRight()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).All(folder => !File.Exists(Path.Combine(folder, "kubectl"))), "needs kubectl on PATH: https://kubernetes.io/docs/tasks/tools/");
        WriteFleet("[]");
        await _project.RunAsync("up", "--engine", "embedded");
        Assert.Equal(0, (await _project.RunAsync("drift", "--engine", "embedded")).ExitCode);

        await _project.KubectlAsync("edge", "--namespace", "shop", "scale", "deployment", "--all", "--replicas", "3");
        var drift = await _project.RunAsync("drift", "--engine", "embedded");
        Assert.Equal(1, drift.ExitCode);
        Assert.Contains("1 resource of 2 stacks drifted.", drift.Output, StringComparison.Ordinal);
        Assert.Contains("Deployment", drift.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("cloud", drift.Output, StringComparison.Ordinal);

        Assert.Equal(0, (await _project.RunAsync("up", "--engine", "embedded", "--refresh")).ExitCode);
        Assert.Equal(0, (await _project.RunAsync("drift", "--engine", "embedded")).ExitCode);
        Assert.Contains(" 1/1 ", (await _project.KubectlAsync("edge", "--namespace", "shop", "get", "deployments", "--no-headers")).Output, StringComparison.Ordinal);
    }

    private void WriteFleet(string gates) => File.WriteAllText(
        Path.Combine(_project.Folder, "fleet.yaml"),
        $$$"""
        apiVersion: foginfra.dev/v1alpha1
        kind: Fleet
        metadata: {name: example}
        applications:
          shop:
            services:
              web:
                version: 1.0.0
                containers: [{name: web, image: shop/web}]
                layers: {cloud: {replicas: 1}, edge: {replicas: 1}}
        rings:
          - {name: first}
          - name: rest
            gates: {{{gates.ReplaceLineEndings(" ")}}}
        clusters:
          cloud: {layer: cloud, ring: first}
          edge: {layer: edge, ring: rest, parent: cloud}
        """);
}
