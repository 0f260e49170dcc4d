using System.Collections.Immutable;
using FogInfra.Model;

namespace FogInfra.Tests;

/// <summary>The connections that manifests allow, derived from the manifests alone, against the application's dependencies.</summary>
public sealed class NetworkProofTests
{
    private const int Port = 8080;

    private static readonly Endpoint IngressController = Pod("ingress-controller", "ingress-nginx");
    private static readonly Endpoint Prometheus = Pod("prometheus", "monitoring");
    private static readonly Endpoint StrangerHere = Pod("stranger", "shop");
    private static readonly Endpoint StrangerThere = Pod("stranger-there", "other");
    private static readonly Endpoint Client = new("client", null, ImmutableDictionary<string, string>.Empty, "203.0.113.5");

    /// <summary>Five services: web in front, two in the middle, a database and a queue behind.</summary>
    private static readonly (string From, string To)[] Edges =
        [("web", "orders"), ("web", "catalogue"), ("orders", "database"), ("orders", "queue"), ("catalogue", "database")];

    [Theory]
    [InlineData(Layer.Cloud)]
    [InlineData(Layer.Fog)]
    [InlineData(Layer.Edge)]
    public async Task FiveServices_AllowedConnections_AreTheDependenciesAndIngressAndMonitoring(Layer layer)
    {
        string[] names = ["database", "queue", "orders", "catalogue", "web"];
        var workload = Samples.On(layer, [.. names.Select(name => Samples.Listening(
            name,
            name == "web" ? new ServiceSettings { Ingress = new IngressRoute { Host = "shop.example.org" } } : null,
            [.. Edges.Where(edge => edge.From == name).Select(edge => edge.To)]))]);

        var allowed = await AllowedIn(workload);

        Assert.Equal(
            [.. Edges.Concat(names.Select(name => ("prometheus", name))).Append(("ingress-controller", "web")).Order()],
            allowed);
    }

    [Fact]
    public async Task RandomApplications_AllowedConnections_AreTheDependenciesAndMonitoring()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var dag = RandomDag.Of(seed, services: 2 + (seed % 7));
            var workload = Samples.Workload([.. dag.Select(service => Samples.Listening(service.Name, null, [.. service.DependsOn]))]);

            var allowed = await AllowedIn(workload);

            var expected = dag.SelectMany(service => service.DependsOn.Select(other => (service.Name, other)).Append(("prometheus", service.Name))).Order();
            Assert.True(expected.SequenceEqual(allowed), $"seed {seed}");
        }
    }

    [Fact]
    public async Task OtherPortsAndProtocols_AreNotAllowed()
    {
        var (model, pods) = Read(await ComponentRun.Of(Samples.Listening("orders"), Samples.Listening("web", null, "orders")));

        Assert.True(model.Allows(pods["web"], pods["orders"], Port));
        Assert.False(model.Allows(pods["web"], pods["orders"], 9090));
        Assert.False(model.Allows(pods["web"], pods["orders"], Port, "UDP"));
    }

    [Fact]
    public async Task Names_CanBeAskedOfTheClustersServer_ByEveryPodOfTheNamespace()
    {
        var (model, pods) = Read(await ComponentRun.Of(Samples.Listening("web")));
        var dns = new Endpoint("dns", "kube-system", ImmutableDictionary<string, string>.Empty.Add("k8s-app", "kube-dns"), "10.0.0.10");

        Assert.True(model.Allows(pods["web"], dns, 53, "UDP"));
        Assert.True(model.Allows(StrangerHere, dns, 53));
        Assert.False(model.Allows(pods["web"], dns, 443));
        Assert.False(model.Allows(pods["web"], dns with { Labels = ImmutableDictionary<string, string>.Empty }, 53, "UDP"));
    }

    [Theory]
    [InlineData(ExposureKind.ClusterIP, false)]
    [InlineData(ExposureKind.NodePort, true)]
    [InlineData(ExposureKind.LoadBalancer, true)]
    public async Task Clients_ReachWhatIsExposed(ExposureKind kind, bool reached)
    {
        var (model, pods) = Read(await ComponentRun.Of(
            Samples.Listening("orders"), Samples.Listening("web", new ServiceSettings { Expose = new Exposure { Kind = kind } }, "orders")));

        Assert.Equal(reached, model.Allows(Client, pods["web"], Port));
        Assert.False(model.Allows(Client, pods["orders"], Port));
    }

    [Fact]
    public async Task ServiceFurtherIn_IsReachedAtItsAddressAndPort()
    {
        var (model, pods) = Read(await ComponentRun.Of(Samples.Listening("web") with { Upstream = [new UpstreamService("orders", "cloud-1", Layer.Cloud)] }));

        Assert.True(model.Allows(pods["web"], Client with { Address = "192.0.2.9" }, 8443));
        Assert.False(model.Allows(pods["web"], Client with { Address = "192.0.2.10" }, 8443));
        Assert.False(model.Allows(pods["web"], Client with { Address = "192.0.2.9" }, 443));
    }

    [Fact]
    public async Task ServiceFurtherIn_KnownByName_IsReachedAtItsPort()
    {
        var (model, pods) = Read(await ComponentRun.Of(Samples.Listening("web") with { Upstream = [new UpstreamService("named", "cloud-1", Layer.Cloud)] }));

        Assert.True(model.Allows(pods["web"], Client, 443));
        Assert.False(model.Allows(pods["web"], Client, 80));
    }

    [Fact]
    public async Task Egress_AndTheKubernetesApi_AreReachedWhereTheServiceSaysSo()
    {
        var (model, pods) = Read(await ComponentRun.Of(
            Samples.Listening("web", new ServiceSettings { Egress = [new EgressRule { Cidr = "198.51.100.0/24", Ports = [5432] }] }),
            Samples.Listening("agent", new ServiceSettings { Access = [new AccessRule { ApiGroups = [""], Resources = ["pods"], Verbs = ["get"] }] })));

        Assert.True(model.Allows(pods["web"], Client with { Address = "198.51.100.9" }, 5432));
        Assert.False(model.Allows(pods["web"], Client with { Address = "198.51.101.9" }, 5432));
        Assert.False(model.Allows(pods["web"], Client, 6443));
        Assert.True(model.Allows(pods["agent"], Client, 6443));
    }

    [Fact]
    public async Task Namespaces_OfMonitoringAndIngress_CanBeChosen()
    {
        var workload = Samples.Workload(Samples.Listening("web", new ServiceSettings { Ingress = new IngressRoute() })) with
        {
            Isolation = new Isolation { MonitoringNamespace = "other", IngressNamespace = "kube-system" },
        };
        var (model, pods) = Read(await ComponentRun.Of(workload));

        Assert.False(model.Allows(Prometheus, pods["web"], Port));
        Assert.False(model.Allows(IngressController, pods["web"], Port));
        Assert.True(model.Allows(StrangerThere, pods["web"], Port));
        Assert.True(model.Allows(Pod("controller", "kube-system"), pods["web"], Port));
    }

    [Fact]
    public async Task OpenNetwork_AllowsEverything()
    {
        var workload = Samples.Workload(Samples.Listening("orders"), Samples.Listening("web")) with { Isolation = new Isolation { Network = false } };
        var (model, pods) = Read(await ComponentRun.Of(workload));

        Assert.True(model.Allows(pods["orders"], pods["web"], Port));
        Assert.True(model.Allows(StrangerThere, pods["web"], 1));
    }

    private static async Task<IReadOnlyList<(string From, string To)>> AllowedIn(ClusterWorkload workload)
    {
        var (model, pods) = Read(await ComponentRun.Of(workload));
        Endpoint[] sources = [.. pods.Values, IngressController, Prometheus, StrangerHere, StrangerThere, Client];
        return
        [
            .. (from source in sources
                from target in pods.Values
                where source != target && model.Allows(source, target, Port)
                select (source.Name, target.Name)).Order(),
        ];
    }

    private static (NetworkModel Model, IReadOnlyDictionary<string, Endpoint> Pods) Read(ComponentRun run) => NetworkReading.Of(run, "shop", "other");

    private static Endpoint Pod(string name, string @namespace) =>
        new(name, @namespace, ImmutableDictionary<string, string>.Empty.Add("app.kubernetes.io/name", name), "10.2.0.1");
}
