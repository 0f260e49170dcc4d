using System.Text.Json.Nodes;
using FogInfra.Model;
using FogInfra.Model.Documents;
using Pulumi.Automation;

namespace FogInfra.Tests;

/// <summary>Every example, from its document to ready pods in clusters and back to nothing.</summary>
public sealed class ExampleTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "examples");

    private static readonly (string Key, string Value)[] Owning = [(StackContract.Definition, "own")];

    public static TheoryData<string> Examples { get; } =
        [.. Directory.EnumerateFiles(Folder, "*.yaml", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Folder, file)).Order()];

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task Example_BecomesReady_AndIsDestroyedWithoutALeftover(string example)
    {
        await using var simulation = await Simulation.StartAsync();
        using var stacks = new StackRun();
        var (fleet, application) = Read(example);
        var clusters = new List<(ClusterWorkload Workload, string Kubeconfig, IReadOnlyList<string> Before)>();
        foreach (var cluster in fleet.Clusters.OrderBy(cluster => cluster.Layer))
        {
            if (ClusterWorkload.Resolve(application, cluster, fleet) is { } workload)
            {
                var kubeconfig = await simulation.StartClusterAsync(cluster.Name, cluster.Layer);
                clusters.Add((workload, kubeconfig, await simulation.ObjectsAsync(cluster.Name)));
            }
        }

        Assert.NotEmpty(clusters);
        foreach (var (workload, kubeconfig, _) in clusters)
        {
            var up = await stacks.UpAsync(workload, kubeconfig, [.. Owning, .. Root(example)]);
            Assert.True(StackRun.Outputs(up, workload.Cluster)["healthy"]!.GetValue<bool>());
            foreach (var service in workload.Services)
            {
                await AssertRecorded(simulation, workload, service);
            }

            Assert.Equal(0, StackRun.Changes(await stacks.UpAsync(workload, kubeconfig, [.. Owning, .. Root(example)])));
        }

        foreach (var (workload, kubeconfig, before) in Enumerable.Reverse(clusters))
        {
            await stacks.DestroyAsync(workload, kubeconfig);
            Assert.Equal(before, await simulation.ObjectsAsync(workload.Cluster));
        }
    }

    [Fact]
    public async Task ExampleInCSharp_BecomesReady_AndIsDestroyedWithoutALeftover()
    {
        await using var simulation = await Simulation.StartAsync();
        using var stacks = new StackRun();
        var kubeconfig = await simulation.StartClusterAsync("edge", Layer.Edge);
        var before = await simulation.ObjectsAsync("edge");

        var up = await stacks.UpAndDestroyAsync<Example.InCSharp.GatewayStack>("in-csharp", kubeconfig, async () =>
        {
            var collector = await simulation.GetAsync("edge", "/apis/apps/v1/namespaces/gateway/deployments/collector");
            Assert.Equal(2, collector["status"]!["readyReplicas"]!.GetValue<int>());
        });

        Assert.Equal(true, up.Outputs["Healthy"].Value);
        Assert.Equal("broker.gateway.svc:1883", up.Outputs["Broker"].Value);
        Assert.Equal(before, await simulation.ObjectsAsync("edge"));
    }

    [Fact]
    public void Examples_AreThere() => Assert.Superset(new HashSet<string> { "fleet.yaml", "nginx-rollout.yaml", Path.Combine("shop", "fleet.yaml") }, Examples.Select(row => (string)row).ToHashSet());

    private static IEnumerable<(string Key, string Value)> Root(string example) =>
        [(StackContract.Root, Path.GetDirectoryName(Path.Combine(Folder, example))!)];

    // A FogRollout document is rolled out over the clusters of the first example.
    internal static (Fleet Fleet, Application Application) Read(string example)
    {
        var text = File.ReadAllText(Path.Combine(Folder, example));
        if (!text.Contains("kind: FogRollout", StringComparison.Ordinal))
        {
            var fleet = FleetReader.Read(example, text);
            Assert.Empty(fleet.Problems);
            return (fleet.Value!, fleet.Value!.Applications[0]);
        }

        var rollout = FogRolloutReader.Read(example, text);
        Assert.Empty(rollout.Problems);
        return (Read("fleet.yaml").Fleet, rollout.Value!);
    }

    private static async Task AssertRecorded(Simulation simulation, ClusterWorkload workload, ServiceWorkload service)
    {
        var record = await simulation.GetAsync(workload.Cluster, $"/apis/paguos.io/v1alpha1/namespaces/{workload.Namespace}/fogrollouts/{service.Name}");
        Assert.Equal(service.Version, record["spec"]!["version"]!.GetValue<string>());
        Assert.Equal("Complete", record["status"]!["state"]!.GetValue<string>());
        Assert.Equal(workload.Layer.Name(), record["metadata"]!["labels"]!["foginfra.dev/layer"]!.GetValue<string>());
    }
}
