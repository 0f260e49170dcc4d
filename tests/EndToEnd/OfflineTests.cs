using System.Text.Json;
using System.Text.RegularExpressions;

namespace FogInfra.Tests;

/// <summary>A cluster that cannot be reached while a rollout runs, and comes back when it is over.</summary>
public sealed partial class OfflineTests : IDisposable
{
    private readonly FogProject _project = new();
    private readonly FogProject _elsewhere = new();

    public void Dispose()
    {
        _project.Dispose();
        _elsewhere.Dispose();
    }

    [Fact]
    public async Task Up_ClusterIsOffline_IsDeferred_AndCatchesUpWhenItIsBack()
    {
        try
        {
            var kubeconfig = await StartLateAsync();
            WriteFleet();
            WriteKubeconfig(Server().Replace(kubeconfig, "server: https://127.0.0.1:1"));

            Assert.Equal("succeeded: core changed, early changed, late deferred", await RunAsync("up"));
            var early = await _project.RunAsync("catch-up", "--engine", "embedded");
            Assert.Contains("late is still owed: 127.0.0.1:1 cannot be reached", early.Output, StringComparison.Ordinal);

            // The way to the cluster is open again, but its end answers that the cluster is not there.
            WriteKubeconfig(Server().Replace(kubeconfig, match => $"{match.Value.TrimEnd()}-gone"));
            var gateway = await _project.RunAsync("catch-up", "--engine", "embedded");
            Assert.Contains("it answers 404", gateway.Output, StringComparison.Ordinal);

            WriteKubeconfig(kubeconfig);

            Assert.Equal("succeeded: late changed", await RunAsync("catch-up"));
            Assert.Contains("No cluster is owed anything.", (await _project.RunAsync("catch-up", "--engine", "embedded")).Output, StringComparison.Ordinal);
            Assert.Equal("noChanges: core unchanged, early unchanged, late unchanged", await RunAsync("up"));
        }
        finally
        {
            await _project.RunAsync("down", "--engine", "embedded");
            await _elsewhere.RunAsync("down", "--engine", "embedded");
        }
    }

    // The late cluster is another project's, so that no command of this one makes or removes it.
    private async Task<string> StartLateAsync()
    {
        File.WriteAllText(Path.Combine(_elsewhere.Folder, "fleet.yaml"), FleetOf("late: {layer: edge, ring: rest}"));
        var started = await _elsewhere.RunAsync("cluster", "start", "--engine", "embedded");
        Assert.True(started.ExitCode == 0, started.ToString());
        return await File.ReadAllTextAsync(Path.Combine(_elsewhere.Folder, ".fog", "clusters", "late.kubeconfig"), TestContext.Current.CancellationToken);
    }

    private async Task<string> RunAsync(string command)
    {
        var outcome = await _project.RunAsync(command, "--engine", "embedded", "--json");
        Assert.True(outcome.ExitCode is 0 or 1, outcome.ToString());
        var report = JsonDocument.Parse(outcome.Output).RootElement;
        var stacks = report.GetProperty("stacks").EnumerateArray().Select(stack => $"{stack.GetProperty("cluster")} {stack.GetProperty("outcome")}");
        return $"{report.GetProperty("outcome")}: {string.Join(", ", stacks)}";
    }

    private void WriteKubeconfig(string text) => File.WriteAllText(Path.Combine(_project.Folder, "late.kubeconfig"), text);

    private void WriteFleet() => File.WriteAllText(
        Path.Combine(_project.Folder, "fleet.yaml"),
        FleetOf(
            """
            core: {layer: cloud, ring: first}
              early: {layer: edge, ring: rest, parent: core}
              late: {layer: edge, ring: rest, parent: core, engine: existing, kubeconfig: late.kubeconfig}
            """));

    private static string FleetOf(string clusters) =>
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
          - {name: rest, checks: [{output: healthy, is: "true"}]}
        policy: {quorum: 50%, retry: {attempts: 1}}
        clusters:
          {{{clusters}}}
        """;

    [GeneratedRegex("server: .*")]
    private static partial Regex Server();
}
