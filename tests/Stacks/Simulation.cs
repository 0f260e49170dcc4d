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
    public async Task<string> StartClusterAsync(string name, Layer layer = Layer.Cloud)
    {
        await _server.CreateClusterAsync(
            new ClusterSpec
            {
                Name = name,
                Nodes =
                [
                    .. Enumerable.Range(1, layer == Layer.Cloud ? 3 : 1).Select(number => new NodeSpec
                    {
                        Name = $"{name}-node-{number}",
                        Architecture = layer == Layer.Edge ? "arm64" : "amd64",
                        Pods = 1000,
                        Cpu = "500",
                        Memory = "500Gi",

                        // The nodes of a layer are kept for the pods of that layer.
                        Taints = [new NodeTaint(LayerDefaults.LayerTaint, "NoSchedule", layer.Name())],
                    }),
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

    /// <summary>What happens to the objects of a kind, in the order of the cluster, from the first object ever to the call of <paramref name="ended"/>.</summary>
    public async Task<IReadOnlyList<JsonNode>> WatchAsync(string cluster, string path, CancellationToken ended)
    {
        var events = new List<JsonNode>();
        try
        {
            using var response = await _http.GetAsync(
                new Uri($"{_server.AddressOf(cluster)}{path}?watch=true&resourceVersion=0"), HttpCompletionOption.ResponseHeadersRead, ended);
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(ended));
            while (await reader.ReadLineAsync(ended) is { } line)
            {
                events.Add(JsonNode.Parse(line)!);
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // This is how a watch ends.
        }

        return events;
    }
}
