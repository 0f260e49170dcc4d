using FogInfra.Components;
using FogInfra.Model;

namespace FogInfra.Tests;

/// <summary>A web application in its environments: one base, an overlay for each.</summary>
public sealed class WebApplicationTests
{
    private const string Deployment = "kubernetes:apps/v1:Deployment";

    public static WebApplicationArgs Args(WebEnvironment environment, WebApplicationOverlay? overlay = null) => new()
    {
        Application = "demo",
        Cluster = "edge-1",
        Environment = environment,
        Overlay = overlay,
        Backend = new WebServer { Image = "demo/backend:1", Port = 8000 },
        Frontend = new WebServer { Image = "demo/frontend:1", Port = 4321 },
    };

    [Theory]
    [InlineData(WebEnvironment.Development, Layer.Cloud, 1, "512Mi", ExposureKind.ClusterIP)]
    [InlineData(WebEnvironment.EdgeStaging, Layer.Edge, 1, "192Mi", ExposureKind.NodePort)]
    [InlineData(WebEnvironment.EdgeProduction, Layer.Edge, 2, "192Mi", ExposureKind.LoadBalancer)]
    public void Environment_LaysItsOverlayOverTheBase(WebEnvironment environment, Layer layer, int replicas, string memory, ExposureKind exposure)
    {
        var workload = WebApplication.WorkloadOf(Args(environment));

        Assert.Equal(layer, workload.Layer);
        Assert.Equal(["backend", "frontend", "proxy"], workload.Services.Select(service => service.Name));
        Assert.All(workload.Services, service => Assert.Equal(replicas, service.Replicas));
        var backend = workload.Services[0];
        Assert.Equal("demo/backend:1", backend.Containers[0].Image);
        Assert.Equal(memory, backend.Containers[0].Resources.Limits["memory"]);
        Assert.NotNull(backend.Containers[0].LivenessProbe);
        Assert.NotNull(backend.Containers[0].ReadinessProbe);
        Assert.Equal(exposure, workload.Services[2].Settings.Expose!.Kind);
    }

    [Fact]
    public void OverlayOfOnesOwn_WinsFieldByField()
    {
        var workload = WebApplication.WorkloadOf(Args(WebEnvironment.EdgeProduction, new WebApplicationOverlay
        {
            Backend = new ServiceSettings { Replicas = 5, Config = Samples.Map(("LOG_LEVEL", "debug")) },
        }));

        Assert.Equal(5, workload.Services[0].Replicas);
        Assert.Equal("debug", workload.Services[0].Settings.Config["LOG_LEVEL"]);
        Assert.Equal("8000", workload.Services[0].Settings.Config["PORT"]);
        Assert.Equal("0.0.0.0", workload.Services[0].Settings.Config["HOST"]);
        Assert.Equal("http://backend:8000", workload.Services[1].Settings.Config["PUBLIC_API_URL"]);
        Assert.Equal(1, workload.Services[1].Replicas);
    }

    [Fact]
    public async Task Proxy_StartsAfterTheServers_AndAloneReachesBoth()
    {
        var run = await ComponentRun.Of(() => _ = new WebApplication("demo", Args(WebEnvironment.EdgeStaging)));

        Assert.Equal(["demo-edge-1-backend", "demo-edge-1-frontend", "demo-edge-1-proxy"], run.Mocks.Names(Deployment));
        var (model, pods) = NetworkReading.Of(run, "demo");
        Assert.True(model.Allows(pods["proxy"], pods["backend"], 8000));
        Assert.True(model.Allows(pods["proxy"], pods["frontend"], 4321));
        Assert.True(model.Allows(pods["frontend"], pods["backend"], 8000));
        Assert.False(model.Allows(pods["backend"], pods["frontend"], 4321));
        Assert.False(model.Allows(pods["frontend"], pods["proxy"], 8080));
    }

    [Fact]
    public void Proxy_SendsApiToTheBackend_LimitsIt_AndKeepsStaticFiles()
    {
        var text = WebApplication.WorkloadOf(Args(WebEnvironment.EdgeStaging)).Services[2].Settings.Files[ProxyConfiguration.Path];

        Assert.Contains("limit_req_zone $binary_remote_addr zone=route0:10m rate=10r/s;", text, StringComparison.Ordinal);
        Assert.Contains("location /api/ {\n      proxy_pass http://backend:8000;", text, StringComparison.Ordinal);
        Assert.Contains("limit_req zone=route0 burst=20 nodelay;", text, StringComparison.Ordinal);
        Assert.Contains("location /_astro/ {\n      proxy_pass http://frontend:4321;", text, StringComparison.Ordinal);
        Assert.Contains("proxy_cache_valid 200 60s;", text, StringComparison.Ordinal);
        Assert.Contains("location / {\n      proxy_pass http://frontend:4321;", text, StringComparison.Ordinal);
        Assert.Equal(text.Count(character => character == '{'), text.Count(character => character == '}'));
    }

    [Theory]
    [InlineData("api", "http://backend:80", 1)]
    [InlineData("/api; return 200", "http://backend:80", 1)]
    [InlineData("/api", "http://backend:80; #", 1)]
    [InlineData("/api", "http://backend:80", 0)]
    public void Route_ThatIsNone_IsRefused(string path, string upstream, int perSecond)
    {
        var configuration = new ProxyConfiguration { Routes = [new ProxyRoute(path, upstream) { Limit = new RateLimit(perSecond) }] };

        Assert.Throws<ArgumentException>(configuration.ToText);
    }

    [Fact]
    public void Routes_OfTheSamePath_AreRefused() => Assert.Throws<ArgumentException>(
        new ProxyConfiguration { Routes = [new ProxyRoute("/", "http://a"), new ProxyRoute("/", "http://b")] }.ToText);

    [Fact]
    public async Task Host_MakesAnIngressWithACertificate()
    {
        var args = new WebApplicationArgs
        {
            Application = "demo",
            Cluster = "edge-1",
            Environment = WebEnvironment.EdgeProduction,
            Backend = Args(WebEnvironment.EdgeProduction).Backend,
            Frontend = Args(WebEnvironment.EdgeProduction).Frontend,
            Host = "demo.example.org",
            TlsSecret = "demo-tls",
        };
        var run = await ComponentRun.Of(() => _ = new WebApplication("demo", args));

        Assert.Equal("demo-tls", run.At("kubernetes:networking.k8s.io/v1:Ingress", "demo-edge-1-proxy-address", "spec.tls.0.secretName"));
    }
}
