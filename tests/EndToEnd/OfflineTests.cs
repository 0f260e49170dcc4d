using System.Text.Json;
using System.Text.RegularExpressions;

namespace FogInfra.Tests;

/// <summary>A cluster that cannot be reached while a rollout runs, and comes back when it is over.</summary>
public sealed partial class OfflineTests : IDisposable
{
    private readonly FogProject _project = new();

    public void Dispose() => _project.Dispose();

    [Fact(Explicit = true)] // an open bug: see docs/bugs.md
    public async Task Up_ClusterIsOffline_IsDeferred_AndCatchesUpWhenItIsBack()
    {
        try
        {
            WriteFleet(lateCluster: "{layer: edge, ring: rest, parent: core}");
            await _project.RunAsync("cluster", "start");
            var kubeconfig = await File.ReadAllTextAsync(Path.Combine(_project.Folder, ".fog", "clusters", "late.kubeconfig"), TestContext.Current.CancellationToken);
            WriteKubeconfig(Server().Replace(kubeconfig, "server: https://127.0.0.1:1"));
            WriteFleet(lateCluster: "{layer: edge, ring: rest, parent: core, engine: existing, kubeconfig: late.kubeconfig}");

            Assert.Equal("succeeded: core changed, early changed, late deferred", await RunAsync("up"));
            var early = await _project.RunAsync("catch-up", "--engine", "embedded");
            Assert.Contains("late is still owed: 127.0.0.1:1 cannot be reached", early.Output, StringComparison.Ordinal);

            WriteKubeconfig(kubeconfig);

            Assert.Equal("succeeded: late changed", await RunAsync("catch-up"));
            Assert.Contains("No cluster is owed anything.", (await _project.RunAsync("catch-up", "--engine", "embedded")).Output, StringComparison.Ordinal);
            Assert.Equal("noChanges: core unchanged, early unchanged, late unchanged", await RunAsync("up"));
        }
        finally
        {
            await _project.RunAsync("down", "--engine", "embedded");
        }
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

    private void WriteFleet(string lateCluster) => File.WriteAllText(
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
          - {name: rest, checks: [{output: healthy, is: "true"}]}
        policy: {quorum: 50%, retry: {attempts: 1}}
        clusters:
          core: {layer: cloud, ring: first}
          early: {layer: edge, ring: rest, parent: core}
          late: {{{lateCluster}}}
        """);

    [GeneratedRegex("server: .*")]
    private static partial Regex Server();
}
