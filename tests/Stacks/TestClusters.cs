using System.Text.Json.Nodes;
using FogInfra.Model;

namespace FogInfra.Tests;

/// <summary>Clusters to try programs on, and what an observer sees of them.</summary>
public abstract class TestClusters : IAsyncDisposable
{
    /// <summary>Talks to the API servers.</summary>
    protected HttpClient Http { get; } = new() { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Makes a cluster ready for use and gives the text of its kubeconfig.</summary>
    /// <param name="name">The name that it gets.</param>
    /// <param name="layer">The layer that it is for.</param>
    /// <param name="topology">Its nodes, where they can be chosen.</param>
    public abstract Task<string> StartClusterAsync(string name, Layer layer, Topology topology);

    /// <summary>Makes a cluster ready with as many nodes as its layer usually has.</summary>
    public Task<string> StartClusterAsync(string name, Layer layer = Layer.Cloud) =>
        StartClusterAsync(name, layer, new Topology(0, layer == Layer.Cloud ? 3 : 1));

    /// <summary>Where a cluster's API answers without credentials.</summary>
    protected abstract string AddressOf(string cluster);

    /// <summary>Waits until a cluster has taken in what was made.</summary>
    protected abstract Task SettleAsync(string cluster);

    /// <inheritdoc/>
    public virtual ValueTask DisposeAsync()
    {
        Http.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

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

        await SettleAsync(cluster);
    }

    /// <summary>Makes namespaces.</summary>
    public async Task CreateNamespacesAsync(string cluster, params string[] names)
    {
        foreach (var name in names)
        {
            var place = new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Namespace", ["metadata"] = new JsonObject { ["name"] = name } };
            await SendAsync(HttpMethod.Post, cluster, "/api/v1/namespaces", place.ToJsonString(), "application/json");
        }

        await SettleAsync(cluster);
    }

    /// <summary>Changes an object by a merge patch, as a person or a controller would.</summary>
    public Task PatchAsync(string cluster, string path, string patch) => SendAsync(HttpMethod.Patch, cluster, path, patch, "application/merge-patch+json");

    protected async Task SendAsync(HttpMethod method, string cluster, string path, string body, string type)
    {
        using var request = new HttpRequestMessage(method, new Uri($"{AddressOf(cluster)}{path}"))
        {
            Content = new StringContent(body, System.Text.Encoding.UTF8, type),
        };
        using var response = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>An object or a list of a cluster.</summary>
    public async Task<JsonNode> GetAsync(string cluster, string path) =>
        JsonNode.Parse(await Http.GetStringAsync(new Uri($"{AddressOf(cluster)}{path}"), TestContext.Current.CancellationToken))!;

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

    /// <summary>Asserts that a cluster has what it had before, and nothing else. What a cluster does about a deletion by itself may take it a moment.</summary>
    public async Task AssertLeftAsync(string cluster, IReadOnlyList<string> before)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (!patience.IsCancellationRequested)
        {
            try
            {
                if (before.SequenceEqual(await ObjectsAsync(cluster)))
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // A kind that was listed is not served any more.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        Assert.Equal(before, await ObjectsAsync(cluster));
    }

    /// <summary>Watches the objects of a kind from here on: what happens after this call has returned is seen.</summary>
    public Task<ClusterWatch> WatchAsync(string cluster, string path) =>
        ClusterWatch.StartAsync(Http, new Uri($"{AddressOf(cluster)}{path}?watch=true&resourceVersion=0"), TestContext.Current.CancellationToken);
}
