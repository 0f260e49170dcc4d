using System.Collections.Immutable;
using System.Text.Json.Nodes;
using FogInfra.Model;

namespace FogInfra.Tests;

/// <summary>
/// What an observer of the cluster sees while services with random dependencies are created and updated: none begins before those it
/// depends on run the same version and are ready. The observer is a watch, so that it sees everything, in the cluster's own order.
/// </summary>
public sealed class DependencyOrderTests
{
    private const string VersionLabel = "app.kubernetes.io/version";

    // FOG_TEST_DAGS=100 takes more of them.
    private static readonly int Applications = int.TryParse(Environment.GetEnvironmentVariable("FOG_TEST_DAGS"), out var asked) ? asked : 8;

    [Fact]
    public async Task RandomDependencies_NoServiceBeginsBeforeThoseItDependsOnAreReady()
    {
        await using var simulation = await Simulation.StartAsync();
        var kubeconfig = await simulation.StartClusterAsync("sim");
        var checkedEdges = 0;
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Applications),
            new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = TestContext.Current.CancellationToken },
            async (seed, _) => Interlocked.Add(ref checkedEdges, await CheckAsync(simulation, kubeconfig, seed)));

        Assert.True(checkedEdges > Applications, $"only {checkedEdges} dependencies were checked");
    }

    [Fact]
    public void Observer_ServiceThatBeginsTooEarly_IsFound()
    {
        var events = new[]
        {
            Event("a", "1", ready: true), Event("b", "1", ready: true),
            Event("b", "2", ready: false), Event("a", "2", ready: true),
        };

        Assert.Equal(
            ["b began 2 before a was ready with it"],
            TooEarly(events, [("a", []), ("b", ["a"])]).Faults);
    }

    private static async Task<int> CheckAsync(Simulation simulation, string kubeconfig, int seed)
    {
        var dag = RandomDag.Of(seed, services: 2 + (seed % 5));
        var application = $"dag-{seed}";
        using var stacks = new StackRun();
        using var watch = await simulation.WatchAsync("sim", $"/apis/apps/v1/namespaces/{application}/deployments");

        foreach (var version in new[] { "1", "2" })
        {
            await stacks.UpAsync(Workload(application, version, dag), kubeconfig, (StackContract.Definition, "none"));
        }

        await stacks.DestroyAsync(Workload(application, "2", dag), kubeconfig);
        var (faults, edges) = TooEarly(await watch.UntilAsync(events => events.Count(IsDeleted) == dag.Length), dag);
        Assert.True(faults.Count == 0, $"seed {seed}: {string.Join("; ", faults)}");
        Assert.Equal(2 * dag.Sum(service => service.DependsOn.Length), edges);
        return edges;
    }

    /// <summary>Follows the Deployments, and looks at the dependencies of each at the moment in which it is first asked for another version.</summary>
    private static (IReadOnlyList<string> Faults, int Edges) TooEarly(
        IEnumerable<JsonNode> events, ImmutableArray<(string Name, ImmutableArray<string> DependsOn)> dag)
    {
        var now = new Dictionary<string, JsonNode>();
        var faults = new List<string>();
        var edges = 0;
        foreach (var happened in events)
        {
            var deployment = happened["object"]!;
            var name = deployment["metadata"]!["name"]!.GetValue<string>();
            var version = VersionOf(deployment);
            if (IsDeleted(happened))
            {
                now.Remove(name);
                continue;
            }

            if (deployment["metadata"]!["deletionTimestamp"] is null && (!now.TryGetValue(name, out var before) || VersionOf(before) != version))
            {
                var dependencies = dag.Single(service => service.Name == name).DependsOn;
                edges += dependencies.Length;
                faults.AddRange(dependencies.Where(other => !now.TryGetValue(other, out var found) || !IsReadyWith(found, version))
                    .Select(other => $"{name} began {version} before {other} was ready with it"));
            }

            now[name] = deployment;
        }

        return (faults, edges);
    }

    private static bool IsDeleted(JsonNode happened) => happened["type"]!.GetValue<string>() == "DELETED";

    private static string VersionOf(JsonNode deployment) =>
        deployment["spec"]!["template"]!["metadata"]!["labels"]![VersionLabel]!.GetValue<string>();

    private static bool IsReadyWith(JsonNode deployment, string version)
    {
        var wanted = deployment["spec"]!["replicas"]!.GetValue<int>();
        int Count(string field) => deployment["status"]?[field]?.GetValue<int>() ?? 0;
        return VersionOf(deployment) == version
            && Count("observedGeneration") == deployment["metadata"]!["generation"]!.GetValue<int>()
            && Count("updatedReplicas") == wanted && Count("readyReplicas") == wanted && Count("replicas") == wanted;
    }

    private static JsonNode Event(string name, string version, bool ready) => JsonNode.Parse(
        $$$"""
        {"type": "MODIFIED", "object": {
          "metadata": {"name": "{{{name}}}", "generation": 1},
          "spec": {"replicas": 1, "template": {"metadata": {"labels": {"app.kubernetes.io/version": "{{{version}}}"} } } },
          "status": {"observedGeneration": 1, "replicas": 1, "updatedReplicas": 1, "readyReplicas": {{{(ready ? 1 : 0)}}} } } }
        """)!;

    private static ClusterWorkload Workload(string name, string version, ImmutableArray<(string Name, ImmutableArray<string> DependsOn)> dag) => new()
    {
        Application = name,
        Namespace = name,
        Cluster = "sim",
        Layer = Layer.Cloud,
        Services =
        [
            .. dag.Select((service, index) => new ServiceWorkload
            {
                Name = service.Name,
                Version = version,
                Replicas = 1 + (index % 2),
                Containers = [new Container { Name = "main", Image = $"test/{service.Name}:{version}", Ports = [new ContainerPort(8080)] }],
                DependsOn = service.DependsOn,
            }),
        ],
    };
}
