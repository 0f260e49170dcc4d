using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FogInfra.Clusters.Arguments;
using FogInfra.Clusters.Simulated;
using FogInfra.Embedded.Kubernetes.Client;
using FogInfra.Embedded.Kubernetes.Connection;
using FogInfra.Embedded.Simulator.Hosting;

namespace FogInfra.Tests;

/// <summary>The four topologies on simulated clusters: which nodes there are, and where the scheduler puts work.</summary>
public sealed class TopologyTests
{
    private static readonly ApiResource Pods = new("v1", "Pod", "pods", Namespaced: true);
    private static readonly ApiResource Nodes = new("v1", "Node", "nodes", Namespaced: false);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, 0, "c-control-plane", "c-control-plane")]
    [InlineData(1, 1, "c-control-plane c-worker", "c-worker")]
    [InlineData(1, 3, "c-control-plane c-worker c-worker2 c-worker3", "c-worker c-worker2 c-worker3")]
    [InlineData(3, 3, "c-control-plane c-control-plane2 c-control-plane3 c-worker c-worker2 c-worker3", "c-worker c-worker2 c-worker3")]
    public async Task Topology_HasItsNodes_AndWorkGoesToWorkersWhereThereAreAny(int controlPlanes, int workers, string nodes, string used)
    {
        await using var cluster = await Cluster.StartAsync($$$"""{"name":"c","engine":"simulated","layer":"fog","topology":{"controlPlanes":{{{controlPlanes}}},"workers":{{{workers}}}}}""");

        var placed = await cluster.PlaceAsync(6, new JsonObject());

        Assert.Equal(nodes.Split(' '), (await cluster.NodesAsync()).Select(node => node.Name).Order());
        Assert.Equal(used.Split(' '), placed.Distinct().Order());
        Assert.All(await cluster.NodesAsync(), node => Assert.Equal("fog", node.Label("foginfra.dev/layer")));
    }

    [Fact]
    public async Task Taint_KeepsWorkAway_ButForThatWhichTolerates()
    {
        await using var cluster = await Cluster.StartAsync(
            """{"name":"c","engine":"simulated","topology":{"controlPlanes":1,"workers":1},"worker":{"taints":["dedicated=line:NoSchedule"]}}""");

        var intolerant = await cluster.PlaceAsync(1, new JsonObject());
        var tolerant = await cluster.PlaceAsync(
            1, new JsonObject { ["tolerations"] = new JsonArray(new JsonObject { ["key"] = "dedicated", ["operator"] = "Equal", ["value"] = "line", ["effect"] = "NoSchedule" }) });

        Assert.Equal([""], intolerant);
        Assert.Equal(["c-worker"], tolerant);
    }

    [Fact]
    public async Task Label_IsWhatANodeSelectorFinds()
    {
        await using var cluster = await Cluster.StartAsync(
            """{"name":"c","engine":"simulated","topology":{"controlPlanes":1,"workers":2},"worker":{"labels":{"site":"plant"}},"architecture":"arm64"}""");

        Assert.DoesNotContain("", await cluster.PlaceAsync(2, new JsonObject { ["nodeSelector"] = new JsonObject { ["site"] = "plant", ["foginfra.dev/architecture"] = "arm64" } }));
        Assert.Equal([""], await cluster.PlaceAsync(1, new JsonObject { ["nodeSelector"] = new JsonObject { ["site"] = "harbour" } }));
    }

    [Fact]
    public async Task Limit_IsWhatANodePromises()
    {
        await using var cluster = await Cluster.StartAsync("""{"name":"c","engine":"simulated","layer":"edge","controlPlane":{"cpu":"1","memory":"1Gi"}}""");
        static JsonObject Asking(string cpu) => new() { ["resources"] = new JsonObject { ["requests"] = new JsonObject { ["cpu"] = cpu } } };

        Assert.Equal(["c-control-plane"], await cluster.PlaceAsync(1, new JsonObject(), Asking("900m")));
        Assert.Equal([""], await cluster.PlaceAsync(1, new JsonObject(), Asking("900m")));
    }

    private sealed class Cluster : IAsyncDisposable
    {
        private readonly SimulatorServer _server;
        private readonly KubernetesClient _client;
        private int _pods;

        private Cluster(SimulatorServer server)
        {
            _server = server;
            _client = new KubernetesClient(ClusterConnection.To(new Uri(server.AddressOf("c") + "/")));
        }

        public static async Task<Cluster> StartAsync(string inputs)
        {
            var server = await SimulatorServer.StartAsync(new SimulatorOptions(), Cancellation);
            await server.CreateClusterAsync(SimulatedNodes.SpecOf(ClusterArgumentsReader.Read(Generated.Map(inputs))), Cancellation);
            return new Cluster(server);
        }

        public async ValueTask DisposeAsync()
        {
            _client.Dispose();
            await _server.DisposeAsync();
        }

        public async Task<IReadOnlyList<KubeObject>> NodesAsync() => (await _client.ListAsync(Nodes, null, ObjectSelection.All, Cancellation)).Items;

        /// <summary>Makes pods, and tells the node of each; empty for one that finds none.</summary>
        public async Task<IReadOnlyList<string>> PlaceAsync(int count, JsonObject spec, JsonObject? container = null)
        {
            var names = Enumerable.Range(0, count).Select(_ => $"pod-{_pods++}").ToList();
            foreach (var name in names)
            {
                var pod = new JsonObject
                {
                    ["apiVersion"] = "v1",
                    ["kind"] = "Pod",
                    ["metadata"] = new JsonObject { ["name"] = name },
                    ["spec"] = spec.DeepClone(),
                };
                var only = (JsonObject?)container?.DeepClone() ?? [];
                only["name"] = "main";
                only["image"] = "web:1";
                pod["spec"]!["containers"] = new JsonArray(only);
                await _client.CreateAsync(Pods, "default", Encoding.UTF8.GetBytes(pod.ToJsonString()), new WriteOptions("tests"), Cancellation);
            }

            await _server.WhenIdleAsync("c");
            var placed = new List<string>();
            foreach (var name in names)
            {
                placed.Add((await _client.GetAsync(Pods, "default", name, Cancellation)).Text("spec", "nodeName") ?? "");
            }

            return placed;
        }
    }
}
