using System.Text.Json;
using System.Text.Json.Nodes;
using FogInfra.Embedded.Simulator.Clusters;
using FogInfra.Embedded.Simulator.Hosting;
using FogInfra.Model;
using ClusterSpec = FogInfra.Embedded.Simulator.Clusters.ClusterSpec;

namespace FogInfra.Tests;

/// <summary>Quick simulated clusters in this process, and what an observer sees of them.</summary>
public sealed class Simulation : IAsyncDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(15);

    private const string ControlPlane = "node-role.kubernetes.io/control-plane";

    private readonly SimulatorServer _server;
    private readonly HttpClient _http = new() { Timeout = Timeout.InfiniteTimeSpan };

    private Simulation(SimulatorServer server) => _server = server;

    public static async Task<Simulation> StartAsync() =>
        new(await SimulatorServer.StartAsync(new SimulatorOptions { Random = new Random(1) }, CancellationToken.None));

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    /// <summary>Starts a cluster and gives the text of its kubeconfig.</summary>
    public Task<string> StartClusterAsync(string name, Layer layer = Layer.Cloud) =>
        StartClusterAsync(name, layer, new Topology(0, layer == Layer.Cloud ? 3 : 1));

    /// <summary>Starts a cluster with nodes of both roles. Those with the control plane are tainted, as kubeadm does it.</summary>
    public async Task<string> StartClusterAsync(string name, Layer layer, Topology topology)
    {
        await _server.CreateClusterAsync(
            new ClusterSpec
            {
                Name = name,
                Nodes =
                [
                    .. Enumerable.Range(1, topology.Workers).Select(number => NodeOf($"{name}-node-{number}", layer, (LayerDefaults.LayerTaint, layer.Name()))),
                    .. Enumerable.Range(1, topology.ControlPlanes).Select(number => NodeOf($"{name}-control-plane-{number}", layer, (ControlPlane, ""))),
                ],
                Timings = new ClusterTimings
                {
                    ImagePull = Soon, ContainerStart = Soon, Readiness = Soon, ContainerStop = Soon, LoadBalancer = Soon, Volume = Soon,
                },
            },
            CancellationToken.None);
        await _server.WhenIdleAsync(name); // The cluster's own objects are there.
        return _server.KubeconfigOf(name);
    }

    // Nodes are kept for pods that tolerate their taint.
    private static NodeSpec NodeOf(string name, Layer layer, (string Key, string Value) taint) => new()
    {
        Name = name,
        Architecture = layer == Layer.Edge ? "arm64" : "amd64",
        Pods = 1000,
        Cpu = "500",
        Memory = "500Gi",
        Taints = [new NodeTaint(taint.Key, "NoSchedule", taint.Value)],
    };

    /// <summary>Teaches a cluster kinds, as the installation of whatever has them would.</summary>
    public async Task DefineAsync(string cluster, params (string Group, string Version, string Kind)[] kinds)
    {
        foreach (var (group, version, kind) in kinds)
        {
            var singular = kind.ToLowerInvariant();
            var plural = singular.EndsWith('y') ? $"{singular[..^1]}ies" : $"{singular}s";
            var definition = new JsonObject
            {
                ["apiVersion"] = "apiextensions.k8s.io/v1",
                ["kind"] = "CustomResourceDefinition",
                ["metadata"] = new JsonObject { ["name"] = $"{plural}.{group}" },
                ["spec"] = new JsonObject
                {
                    ["group"] = group,
                    ["scope"] = "Namespaced",
                    ["names"] = new JsonObject { ["kind"] = kind, ["listKind"] = $"{kind}List", ["plural"] = plural, ["singular"] = singular },
                    ["versions"] = new JsonArray(new JsonObject
                    {
                        ["name"] = version,
                        ["served"] = true,
                        ["storage"] = true,
                        ["schema"] = new JsonObject
                        {
                            ["openAPIV3Schema"] = new JsonObject { ["type"] = "object", ["x-kubernetes-preserve-unknown-fields"] = true },
                        },
                    }),
                },
            };
            await SendAsync(HttpMethod.Post, cluster, "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", definition.ToJsonString(), "application/json");
        }

        await _server.WhenIdleAsync(cluster);
    }

    /// <summary>Makes namespaces.</summary>
    public async Task CreateNamespacesAsync(string cluster, params string[] names)
    {
        foreach (var name in names)
        {
            var place = new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Namespace", ["metadata"] = new JsonObject { ["name"] = name } };
            await SendAsync(HttpMethod.Post, cluster, "/api/v1/namespaces", place.ToJsonString(), "application/json");
        }

        await _server.WhenIdleAsync(cluster);
    }

    /// <summary>Changes an object by a merge patch, as a person or a controller would.</summary>
    public Task PatchAsync(string cluster, string path, string patch) => SendAsync(HttpMethod.Patch, cluster, path, patch, "application/merge-patch+json");

    private async Task SendAsync(HttpMethod method, string cluster, string path, string body, string type)
    {
        using var request = new HttpRequestMessage(method, new Uri($"{_server.AddressOf(cluster)}{path}"))
        {
            Content = new StringContent(body, System.Text.Encoding.UTF8, type),
        };
        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>An object or a list of a cluster.</summary>
    public async Task<JsonNode> GetAsync(string cluster, string path) =>
        JsonNode.Parse(await _http.GetStringAsync(new Uri($"{_server.AddressOf(cluster)}{path}"), TestContext.Current.CancellationToken))!;

    /// <summary>The names of all objects of a cluster, in every group and kind that it serves: <c>KIND NAMESPACE/NAME</c>.</summary>
    public async Task<IReadOnlyList<string>> ObjectsAsync(string cluster)
    {
        var versions = new List<string> { "/api/v1" };
        var groups = await GetAsync(cluster, "/apis");
        versions.AddRange(groups["groups"]!.AsArray().Select(group => $"/apis/{group!["preferredVersion"]!["groupVersion"]!.GetValue<string>()}"));
        var objects = new List<string>();
        foreach (var version in versions)
        {
            foreach (var kind in (await GetAsync(cluster, version))["resources"]!.AsArray())
            {
                var (plural, name) = (kind!["name"]!.GetValue<string>(), kind["kind"]!.GetValue<string>());
                if (plural.Contains('/') || plural == "events" || !kind["verbs"]!.AsArray().Any(verb => verb!.GetValue<string>() == "list"))
                {
                    continue;
                }

                var list = await GetAsync(cluster, $"{version}/{plural}");
                objects.AddRange(list["items"]!.AsArray().Select(item =>
                    $"{name} {item!["metadata"]!["namespace"]?.GetValue<string>()}/{item["metadata"]!["name"]!.GetValue<string>()}"));
            }
        }

        return [.. objects.Order(StringComparer.Ordinal)];
    }

    /// <summary>Watches the objects of a kind from here on: what happens after this call has returned is seen.</summary>
    public Task<ClusterWatch> WatchAsync(string cluster, string path) =>
        ClusterWatch.StartAsync(_http, new Uri($"{_server.AddressOf(cluster)}{path}?watch=true&resourceVersion=0"), TestContext.Current.CancellationToken);
}
