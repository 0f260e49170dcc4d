using System.Collections.Immutable;
using System.Text.Json.Nodes;
using FogInfra.Model;

namespace FogInfra.Tests;

/// <summary>
/// Who may reach whom, by the NetworkPolicies and pods that are read back from a cluster in which an application runs: exactly those that its
/// dependencies, its way in and the monitoring ask for.
/// </summary>
public sealed class LiveNetworkTests
{
    private const int Port = 8080;

    private static readonly (string From, string To)[] Edges =
        [("web", "orders"), ("web", "catalogue"), ("orders", "database"), ("orders", "queue"), ("catalogue", "database")];

    [Fact]
    public async Task AllowedPairs_ReadFromTheCluster_AreDependenciesIngressAndMonitoring()
    {
        await using var simulation = await Simulation.StartAsync();
        using var stacks = new StackRun();
        var kubeconfig = await simulation.StartClusterAsync("live");
        await simulation.CreateNamespacesAsync("live", "monitoring", "ingress-nginx", "other");
        string[] names = ["database", "queue", "orders", "catalogue", "web"];
        await stacks.UpAsync(Workload(names), kubeconfig, (StackContract.Definition, "none"));

        var model = new NetworkModel(await ListAsync(simulation, "/apis/networking.k8s.io/v1/networkpolicies"), await NamespacesAsync(simulation));
        var pods = await PodsAsync(simulation);
        Endpoint[] sources =
        [
            .. pods,
            Outside("prometheus", "monitoring"), Outside("ingress-controller", "ingress-nginx"), Outside("stranger", "shop"), Outside("neighbour", "other"),
            new Endpoint("client", null, ImmutableDictionary<string, string>.Empty, "203.0.113.5"),
        ];
        var allowed = from source in sources
                      from target in pods
                      where source.Name != target.Name && model.Allows(source, target, Port)
                      select (source.Name, target.Name);

        Assert.Equal(
            Edges.Concat(names.Select(name => ("prometheus", name))).Append(("ingress-controller", "web")).Order(),
            allowed.Distinct().Order());
        Assert.Equal(names.Order(), pods.Select(pod => pod.Name).Distinct().Order());
    }

    private static async Task<IReadOnlyList<JsonNode>> ListAsync(Simulation simulation, string path) =>
        [.. (await simulation.GetAsync("live", path))["items"]!.AsArray().Select(item => item!)];

    private static async Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>> NamespacesAsync(Simulation simulation) =>
        (await ListAsync(simulation, "/api/v1/namespaces")).ToDictionary(item => item["metadata"]!["name"]!.GetValue<string>(), LabelsOf);

    private static async Task<IReadOnlyList<Endpoint>> PodsAsync(Simulation simulation) =>
    [
        .. (await ListAsync(simulation, "/api/v1/namespaces/shop/pods")).Select(pod => new Endpoint(
            LabelsOf(pod)["app.kubernetes.io/name"], "shop", LabelsOf(pod), pod["status"]!["podIP"]!.GetValue<string>())),
    ];

    private static IReadOnlyDictionary<string, string> LabelsOf(JsonNode item) =>
        item["metadata"]!["labels"]!.AsObject().ToDictionary(label => label.Key, label => label.Value!.GetValue<string>());

    private static Endpoint Outside(string name, string place) =>
        new(name, place, ImmutableDictionary<string, string>.Empty.Add("app.kubernetes.io/name", name), "10.250.0.1");

    private static ClusterWorkload Workload(IEnumerable<string> names) => new()
    {
        Application = "shop",
        Namespace = "shop",
        Cluster = "live",
        Layer = Layer.Cloud,
        Services =
        [
            .. names.Select(name => new ServiceWorkload
            {
                Name = name,
                Version = "1",
                Replicas = 2,
                Containers = [new Container { Name = name, Image = $"shop/{name}:1", Ports = [new ContainerPort(Port, "http")] }],
                DependsOn = [.. Edges.Where(edge => edge.From == name).Select(edge => edge.To)],
                Settings = name == "web" ? new ServiceSettings { Ingress = new IngressRoute { Host = "shop.example.org" } } : new ServiceSettings(),
            }),
        ],
    };
}
