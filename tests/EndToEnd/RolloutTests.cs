using System.Text.Json;

namespace FogInfra.Tests;

/// <summary>What a user does with the example fleet, through the real command, engine, provider and simulated clusters.</summary>
public sealed class RolloutTests(RunningFleet fleet) : IClassFixture<RunningFleet>
{
    private static readonly string[] FirstVersions =
    [
        "cloud-1 shop orders 1.0.0",
        "cloud-1 shop inventory 1.0.0",
        "edge-1 shop web 1.0.0",
        "edge-2 shop web 1.0.0",
        "edge-3 shop web 1.0.0",
        "fog-1 shop inventory 1.0.0",
        "fog-1 shop web 1.0.0",
    ];

    [Fact]
    public async Task FirstUp_BringsEveryClusterToItsVersions()
    {
        Assert.True(fleet.FirstUp.ExitCode == 0, fleet.FirstUp.ToString());
        Assert.Contains("Rolled out: 5 stacks changed, 0 unchanged.", fleet.FirstUp.Output, StringComparison.Ordinal);
        Assert.Equal(FirstVersions, await fleet.VersionsAsync());
    }

    [Fact]
    public async Task SecondUp_ChangesNothing_AndSaysSo()
    {
        var outcome = await fleet.UpAsync();

        Assert.Equal(0, outcome.ExitCode);
        Assert.Contains("No changes: all 5 stacks are as wanted.", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kubectl_ShowsWhatWasRolledOut_AsReady()
    {
        var version = await KubectlVersion();
        Assert.SkipWhen(version is null, "needs kubectl on PATH: https://kubernetes.io/docs/tasks/tools/");

        var cloud = await fleet.Project.KubectlAsync("cloud-1", "get", "deployments", "-A", "--no-headers");
        var edge = await fleet.Project.KubectlAsync("edge-1", "get", "deployments", "-A", "--no-headers");

        Assert.Equal(["shop inventory 2/2", "shop orders 3/3"], FirstColumns(cloud.Output));
        Assert.Equal(["shop web 1/1"], FirstColumns(edge.Output));
    }

    [Fact]
    public async Task Kubectl_ShowsEachRollout_WithVersionLayerAndState()
    {
        Assert.SkipWhen(await KubectlVersion() is null, "needs kubectl on PATH: https://kubernetes.io/docs/tasks/tools/");

        var rollouts = await fleet.Project.KubectlAsync("fog-1", "get", "fogrollouts", "-A");
        var byShortName = await fleet.Project.KubectlAsync("fog-1", "get", "fr", "-n", "shop", "web", "--no-headers");

        Assert.Equal(
            ["NAMESPACE NAME VERSION LAYER STATE READY", "shop inventory 1.0.0 fog Complete 2/2", "shop web 1.0.0 fog Complete 2/2"],
            rollouts.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(6))));
        Assert.StartsWith("web", byShortName.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Up_ImageThatDoesNotExist_StopsAtItsFirstRing_SaysWhy_AndPutsEverythingBack()
    {
        var (exitCode, report) = await fleet.UpAsJsonAsync("--set", "web=does-not-exist");

        Assert.Equal(1, exitCode);
        Assert.Equal("rolledBack", report.GetProperty("outcome").GetString());
        var failure = Assert.Single(report.GetProperty("failures").EnumerateArray());
        Assert.Equal(
            ("pilot", "fog-1", "web"),
            (failure.GetProperty("ring").GetString(), failure.GetProperty("cluster").GetString(), failure.GetProperty("service").GetString()));
        Assert.Contains("ImagePullBackOff", failure.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Contains("shop/web:does-not-exist", failure.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal(
            ["cloud-1 unchanged", "fog-1 rolledBack", "edge-1 notReached", "edge-2 notReached", "edge-3 notReached"],
            report.GetProperty("stacks").EnumerateArray().Select(stack => $"{stack.GetProperty("cluster")} {stack.GetProperty("outcome")}"));
        Assert.Equal(FirstVersions, await fleet.VersionsAsync());
        Assert.Contains("No changes", (await fleet.UpAsync()).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Up_NewVersion_ChangesOnlyWhatRunsIt()
    {
        var (exitCode, report) = await fleet.UpAsJsonAsync("--set", "orders=2.0.0");
        try
        {
            Assert.Equal(0, exitCode);
            Assert.Equal(
                ["cloud-1 changed", "fog-1 unchanged", "edge-1 unchanged", "edge-2 unchanged", "edge-3 unchanged"],
                report.GetProperty("stacks").EnumerateArray().Select(stack => $"{stack.GetProperty("cluster")} {stack.GetProperty("outcome")}"));
            Assert.Equal(2, Changes(report, "cloud-1").GetProperty("update").GetInt32()); // the Deployment, and the status of its record
            Assert.Equal(1, Changes(report, "cloud-1").GetProperty("replace").GetInt32()); // the record of the version
            Assert.Contains("cloud-1 shop orders 2.0.0", await fleet.VersionsAsync());
        }
        finally
        {
            await fleet.UpAsync();
        }

        Assert.Equal(FirstVersions, await fleet.VersionsAsync());
    }

    [Fact]
    public async Task Up_FogRolloutWithMistakes_TellsThemAll_AndTouchesNothing()
    {
        await File.WriteAllTextAsync(
            Path.Combine(fleet.Project.Folder, "bad.yaml"),
            """
            apiVersion: paguos.io/v1alpha1
            kind: FogRollout
            metadata:
              name: Nginx
            spec:
              deployments:
                cloud:
                  replicas: many
                  containers:
                    - name: nginx
                      image: nginx:1.29
                      ports:
                        - containerPort: 99999
                edge:
                  containers: []
            """,
            TestContext.Current.CancellationToken);

        var outcome = await fleet.UpAsync("-f", "bad.yaml");

        Assert.Equal(2, outcome.ExitCode);
        Assert.Equal(
            [
                "bad.yaml:4:9: metadata.name:",
                "bad.yaml:6:3: spec:",
                "bad.yaml:8:17: spec.deployments.cloud.replicas:",
                "bad.yaml:13:30: spec.deployments.cloud.containers[0].ports[0].containerPort:",
                "bad.yaml:15:19: spec.deployments.edge.containers:",
                "Nothing was touched: 5 problems.",
            ],
            outcome.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(": ")[0] + ":" is var place && line.Contains("bad.yaml", StringComparison.Ordinal) ? $"{place} {line.Split(": ")[1]}:" : line));
        Assert.Equal(FirstVersions, await fleet.VersionsAsync());
    }

    private static JsonElement Changes(JsonElement report, string cluster) =>
        report.GetProperty("stacks").EnumerateArray().Single(stack => stack.GetProperty("cluster").GetString() == cluster).GetProperty("changes");

    private static IEnumerable<string> FirstColumns(string table) =>
        table.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(3)));

    private async Task<string?> KubectlVersion()
    {
        try
        {
            return (await fleet.Project.KubectlAsync("edge-1", "version", "--client")).Output;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null; // There is no such program.
        }
    }
}
