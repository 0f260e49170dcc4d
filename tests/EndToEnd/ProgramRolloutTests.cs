using System.Text.Json;

namespace FogInfra.Tests;

/// <summary>A Pulumi project of somebody's own, which knows nothing of fleets, rolled out over one.</summary>
public sealed class ProgramRolloutTests : IDisposable
{
    private readonly FogProject _project = new();

    public ProgramRolloutTests()
    {
        var folder = Path.Combine(_project.Folder, "billing");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "Pulumi.yaml"), $"name: billing\nruntime: {{name: dotnet, options: {{binary: '{Path.Combine(AppContext.BaseDirectory, "Billing.dll")}'}}}}\n");
        WriteFleet(version: "1.0.0");
    }

    public void Dispose() => _project.Dispose();

    [Fact]
    public async Task Up_ProjectFolder_IsBroughtToEveryCluster_UpdatedSkippedAndPutBackLikeAnyOther()
    {
        try
        {
            var first = await UpAsync();
            Assert.Equal(("succeeded", "core changed 1.0.0, north changed 1.0.0, south changed 1.0.0"), first);
            Assert.Equal("EUR/north", await CurrencyAsync("north"));

            WriteFleet(version: "1.0.0");
            Assert.Equal(("noChanges", "core unchanged -, north unchanged -, south unchanged -"), await UpAsync());

            Assert.Equal(("succeeded", "core changed 2.0.0, north changed 2.0.0, south changed 2.0.0"), await UpAsync("--set", "billing=2.0.0"));

            // The check of the first ring does not hold for this one.
            Assert.Equal(("rolledBack", "core rolledBack 2.0.0, north notReached -, south notReached -"), await UpAsync("--set", "billing=3.0.0"));
        }
        finally
        {
            await _project.RunAsync("down", "--engine", "embedded");
        }
    }

    [Fact]
    public async Task Up_ProjectHasAnotherName_SaysSo()
    {
        await File.WriteAllTextAsync(Path.Combine(_project.Folder, "billing", "Pulumi.yaml"), "name: accounts\nruntime: dotnet\n", TestContext.Current.CancellationToken);
        try
        {
            var outcome = await _project.RunAsync("up", "--engine", "embedded");

            Assert.Equal(1, outcome.ExitCode);
            Assert.Contains("is called accounts; an application and its project have the same name, and this one is called billing.", outcome.Output, StringComparison.Ordinal);
        }
        finally
        {
            await _project.RunAsync("down", "--engine", "embedded");
        }
    }

    private async Task<(string Outcome, string Stacks)> UpAsync(params string[] arguments)
    {
        var outcome = await _project.RunAsync(["up", "--engine", "embedded", "--json", .. arguments]);
        Assert.True(outcome.ExitCode is 0 or 1, outcome.ToString());
        var report = JsonDocument.Parse(outcome.Output).RootElement;
        var stacks = report.GetProperty("stacks").EnumerateArray().Select(stack =>
            $"{stack.GetProperty("cluster")} {stack.GetProperty("outcome")} {(stack.GetProperty("outputs") is { ValueKind: JsonValueKind.Object } outputs ? outputs.GetProperty("version") : "-")}");
        return (report.GetProperty("outcome").GetString()!, string.Join(", ", stacks));
    }

    private async Task<string> CurrencyAsync(string cluster)
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).All(folder => !File.Exists(Path.Combine(folder, "kubectl"))), "needs kubectl on PATH: https://kubernetes.io/docs/tasks/tools/");
        return (await _project.KubectlAsync(cluster, "get", "configmap", "billing", "-o", "jsonpath={.data.currency}")).Output;
    }

    private void WriteFleet(string version) => File.WriteAllText(
        Path.Combine(_project.Folder, "fleet.yaml"),
        $$"""
        apiVersion: foginfra.dev/v1alpha1
        kind: Fleet
        metadata: {name: example}
        applications:
          billing:
            program: ./billing
            version: {{version}}
            config: {version: "${version}", currency: "EUR/${cluster}"}
        rings:
          - name: one
            checks: [{output: version, isNot: 3.0.0}]
          - name: two
        clusters:
          core: {layer: cloud, ring: one}
          north: {layer: edge, ring: two, parent: core}
          south: {layer: edge, ring: two, parent: core}
        """);
}
