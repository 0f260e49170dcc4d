using System.Text.Json.Nodes;
using FogInfra.Model;
using FogInfra.Model.Documents;
using Pulumi.Automation;

namespace FogInfra.Tests;

/// <summary>Every document of the examples, on simulated clusters.</summary>
public sealed class SimulatedExampleTests : ExampleTests
{
    protected override async Task<TestClusters> StartAsync() => await Simulation.StartAsync();

    protected override IEnumerable<Cluster> ClustersOf(Fleet fleet) => fleet.Clusters.OrderBy(cluster => cluster.Layer);

    [Fact]
    public void Examples_AreThere() => Assert.Superset(new HashSet<string> { "fleet.yaml", "nginx-rollout.yaml", Path.Combine("shop", "fleet.yaml") }, Examples.Select(row => (string)row).ToHashSet());
}

/// <summary>Every document of the examples, from itself to ready pods in clusters and back to nothing.</summary>
public abstract class ExampleTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "examples");

    private static readonly (string Key, string Value)[] Owning = [(StackContract.Definition, "own")];

    public static TheoryData<string> Examples { get; } =
        [.. Directory.EnumerateFiles(Folder, "*.yaml", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Folder, file)).Order()];

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task Example_BecomesReady_AndIsDestroyedWithoutALeftover(string example)
    {
        await using var started = await StartAsync();
        using var stacks = new StackRun();
        var (fleet, application) = Read(example);
        var clusters = new List<(ClusterWorkload Workload, string Kubeconfig, IReadOnlyList<string> Before)>();
        foreach (var cluster in ClustersOf(fleet))
        {
            if (ClusterWorkload.Resolve(application, cluster, fleet) is { } workload)
            {
                var kubeconfig = await started.StartClusterAsync(cluster.Name, cluster.Layer);
                clusters.Add((workload, kubeconfig, await started.ObjectsAsync(cluster.Name)));
            }
        }

        Assert.NotEmpty(clusters);
        try
        {
            foreach (var (workload, kubeconfig, _) in clusters)
            {
                var up = await stacks.UpAsync(workload, kubeconfig, [.. Owning, .. Root(example)]);
                Assert.True(StackRun.Outputs(up, workload.Cluster)["healthy"]!.GetValue<bool>());
                foreach (var service in workload.Services)
                {
                    await AssertRecorded(started, workload, service);
                }

                Assert.Equal(0, StackRun.Changes(await stacks.UpAsync(workload, kubeconfig, [.. Owning, .. Root(example)])));
            }
        }
        finally
        {
            foreach (var (workload, kubeconfig, _) in Enumerable.Reverse(clusters))
            {
                await stacks.DestroyAsync(workload, kubeconfig);
            }
        }

        foreach (var (workload, _, before) in clusters)
        {
            await started.AssertLeftAsync(workload.Cluster, before);
        }
    }

    /// <summary>Makes the clusters to deploy to.</summary>
    protected abstract Task<TestClusters> StartAsync();

    /// <summary>The clusters of a fleet that are tried, parents before their children.</summary>
    protected abstract IEnumerable<Cluster> ClustersOf(Fleet fleet);

    private static IEnumerable<(string Key, string Value)> Root(string example) =>
        [(StackContract.Root, Path.GetDirectoryName(Path.Combine(Folder, example))!)];

    // A FogRollout document is rolled out over the clusters of the first example.
    private static (Fleet Fleet, Application Application) Read(string example)
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

    private static async Task AssertRecorded(TestClusters clusters, ClusterWorkload workload, ServiceWorkload service)
    {
        var record = await clusters.GetAsync(workload.Cluster, $"/apis/paguos.io/v1alpha1/namespaces/{workload.Namespace}/fogrollouts/{service.Name}");
        Assert.Equal(service.Version, record["spec"]!["version"]!.GetValue<string>());
        Assert.Equal("Complete", record["status"]!["state"]!.GetValue<string>());
        Assert.Equal(workload.Layer.Name(), record["metadata"]!["labels"]!["foginfra.dev/layer"]!.GetValue<string>());
    }
}
