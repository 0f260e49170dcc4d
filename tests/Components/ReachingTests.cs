using FogInfra.Components;
using FogInfra.Model;
using Pulumi.Utilities;

namespace FogInfra.Tests;

/// <summary>How services are reached: Services, ingresses and endpoints.</summary>
public sealed class ReachingTests
{
    private const string KubernetesService = "kubernetes:core/v1:Service";
    private const string Ingress = "kubernetes:networking.k8s.io/v1:Ingress";
    private const string Address = "shop-edge-1-web-address";

    [Theory]
    [InlineData(ExposureKind.ClusterIP, "ClusterIP", "")]
    [InlineData(ExposureKind.NodePort, "NodePort", "")]
    [InlineData(ExposureKind.LoadBalancer, "LoadBalancer", "192.0.2.7:8080")]
    public async Task Expose_Type_DecidesTheExternalEndpoint(ExposureKind kind, string type, string endpoint)
    {
        var run = await Expose(new Exposure { Kind = kind });

        Assert.Equal(type, run.At(KubernetesService, Address, "spec.type"));
        Assert.Equal(endpoint, await External(run));
    }

    [Fact]
    public async Task Balancer_WithAHostName_IsReachedByIt()
    {
        var run = await Expose(new Exposure { Kind = ExposureKind.LoadBalancer }, new ClusterMocks { Balancer = ("hostname", "lb.example.org") });

        Assert.Equal("lb.example.org:8080", await External(run));
    }

    [Fact]
    public async Task Balancer_WithAnIPv6Address_HasItInBrackets()
    {
        var run = await Expose(new Exposure { Kind = ExposureKind.LoadBalancer }, new ClusterMocks { Balancer = ("ip", "2001:db8::7") });

        Assert.Equal("[2001:db8::7]:8080", await External(run));
    }

    [Fact]
    public async Task ExternalIPs_AreAWayIn()
    {
        var run = await Expose(new Exposure { ExternalIPs = ["198.51.100.24"] });

        Assert.Equal("198.51.100.24", run.At(KubernetesService, Address, "spec.externalIPs.0"));
        Assert.Equal("198.51.100.24:8080", await External(run));
    }

    [Theory]
    [InlineData("spec.ports.0.port", 80.0)]
    [InlineData("spec.ports.0.targetPort", "http")]
    [InlineData("spec.ports.0.name", "public")]
    [InlineData("spec.ports.0.protocol", "TCP")]
    [InlineData("spec.ports.0.nodePort", 30080.0)]
    [InlineData("spec.ports.1.port", 9000.0)]
    [InlineData("spec.ports.1.targetPort", 9000.0)]
    [InlineData("spec.ports.1.name", "port-9000")]
    [InlineData("spec.ports.1.protocol", "UDP")]
    [InlineData("spec.ports.1.nodePort", null)]
    [InlineData("metadata.annotations.size", "small")]
    public async Task Ports_AreAsGiven(string path, object? expected)
    {
        var run = await Expose(new Exposure
        {
            Kind = ExposureKind.NodePort,
            Ports = [new ExposedPort(80, "http", "public", NodePort: 30080), new ExposedPort(9000, Protocol: "UDP")],
            Annotations = Samples.Map(("size", "small")),
        });

        Assert.Equal(expected, run.At(KubernetesService, Address, path));
    }

    [Fact]
    public async Task Endpoint_IsThatOfTheFirstPort()
    {
        var run = await Expose(new Exposure { Ports = [new ExposedPort(80, "http"), new ExposedPort(443, "http")] });

        Assert.Equal("web.shop.svc:80", await OutputUtilities.GetValueAsync(run.Single<ApplicationService>().Endpoint));
    }

    [Theory]
    [InlineData("spec.ingressClassName", "nginx")]
    [InlineData("spec.rules.0.host", "shop.example.org")]
    [InlineData("spec.rules.0.http.paths.0.path", "/shop")]
    [InlineData("spec.rules.0.http.paths.0.pathType", "Prefix")]
    [InlineData("spec.rules.0.http.paths.0.backend.service.name", "web")]
    [InlineData("spec.rules.0.http.paths.0.backend.service.port.number", 8080.0)]
    [InlineData("spec.tls.0.secretName", "shop-tls")]
    [InlineData("spec.tls.0.hosts.0", "shop.example.org")]
    [InlineData("metadata.annotations.limit", "10")]
    public async Task Ingress_IsAsGiven(string path, object expected)
    {
        var run = await Route(new IngressRoute
        {
            Host = "shop.example.org",
            Path = "/shop",
            Port = "http",
            ClassName = "nginx",
            TlsSecret = "shop-tls",
            Annotations = Samples.Map(("limit", "10")),
        });

        Assert.Equal(expected, run.At(Ingress, Address, path));
    }

    [Theory]
    [InlineData("shop.example.org", null, "shop.example.org:80")]
    [InlineData("shop.example.org", "tls", "shop.example.org:443")]
    [InlineData(null, null, "192.0.2.7:80")]
    public async Task Ingress_IsTheExternalEndpoint(string? host, string? secret, string endpoint)
    {
        var run = await Route(new IngressRoute { Host = host, TlsSecret = secret });

        Assert.Equal(endpoint, await External(run));
    }

    [Fact]
    public async Task Ingress_ToAPortThatIsNotThere_IsRefused()
    {
        var error = await Assert.ThrowsAnyAsync<Exception>(() => Route(new IngressRoute { Port = "admin" }));

        Assert.Contains("The service 'web' has no port 'admin'.", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("192.0.2.1:80", "192.0.2.1", 80)]
    [InlineData("[2001:db8::1]:443", "2001:db8::1", 443)]
    [InlineData("web.example.org:8080", "web.example.org", 8080)]
    [InlineData("web.example.org", "web.example.org", 443)]
    public void Endpoint_HasAHostAndAPort(string endpoint, string host, int port)
    {
        Assert.Equal(host, Endpoints.HostOf(endpoint));
        Assert.Equal(port, Endpoints.PortOf(endpoint));
    }

    private static Task<ComponentRun> Expose(Exposure exposure, ClusterMocks? mocks = null) =>
        ComponentRun.Of(Samples.Workload(Samples.Listening("web", new ServiceSettings { Expose = exposure })), mocks);

    private static Task<ComponentRun> Route(IngressRoute route) => ComponentRun.Of(Samples.Listening("web", new ServiceSettings { Ingress = route }));

    private static Task<string> External(ComponentRun run) => OutputUtilities.GetValueAsync(run.Single<ApplicationService>().ExternalEndpoint);
}
