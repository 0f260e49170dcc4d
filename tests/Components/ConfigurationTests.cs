using FogInfra.Components;
using FogInfra.Model;
using Pulumi;

namespace FogInfra.Tests;

/// <summary>Configuration, files, secrets and endpoints: how they reach containers, and that a change of them rolls pods out.</summary>
public sealed class ConfigurationTests
{
    private const string Deployment = "kubernetes:apps/v1:Deployment";
    private const string ConfigMap = "kubernetes:core/v1:ConfigMap";
    private const string Secret = "kubernetes:core/v1:Secret";
    private const string Web = "shop-edge-1-web";
    private const string Container = "spec.template.spec.containers.0";

    [Fact]
    public async Task Config_IsAConfigMapOfTheProvidersNaming_SoThatAChangeIsANewObject()
    {
        var run = await ComponentRun.Of(Samples.Service("web", new ServiceSettings { Config = Samples.Map(("MODE", "fast"), ("LEVEL", "3")) }));

        var map = run.Mocks.Inputs(ConfigMap, $"{Web}-config");
        Assert.Null(Tree.At(map, "metadata.name"));
        Assert.Equal("shop", Tree.At(map, "metadata.namespace"));
        Assert.Equal(true, map["immutable"]);
        Assert.Equal(new Dictionary<string, string> { ["LEVEL"] = "3", ["MODE"] = "fast" }, Tree.Texts(map, "data"));
        Assert.Equal($"{Web}-config-0a1b2c3d", run.At(Deployment, Web, $"{Container}.envFrom.0.configMapRef.name"));
    }

    [Fact]
    public async Task NothingToConfigure_MakesNoObjects()
    {
        var run = await ComponentRun.Of(Samples.Service("web"));

        Assert.Empty(run.Mocks.Names(ConfigMap));
        Assert.Empty(run.Mocks.Names(Secret));
        Assert.Null(run.At(Deployment, Web, $"{Container}.envFrom.0"));
        Assert.Null(run.At(Deployment, Web, "spec.template.spec.volumes.0"));
    }

    [Fact]
    public async Task Files_AreMountedOneByOne()
    {
        var run = await ComponentRun.Of(Samples.Service("web", new ServiceSettings
        {
            Files = Samples.Map(("/etc/nginx/nginx.conf", "events {}"), ("/srv/a b.txt", "text")),
        }));

        Assert.Equal(
            new Dictionary<string, string> { ["0.nginx.conf"] = "events {}", ["1.a_b.txt"] = "text" },
            Tree.Texts(run.Mocks.Inputs(ConfigMap, $"{Web}-files"), "data"));
        Assert.Equal("/etc/nginx/nginx.conf", run.At(Deployment, Web, $"{Container}.volumeMounts.0.mountPath"));
        Assert.Equal("0.nginx.conf", run.At(Deployment, Web, $"{Container}.volumeMounts.0.subPath"));
        Assert.Equal(true, run.At(Deployment, Web, $"{Container}.volumeMounts.1.readOnly"));
        Assert.Equal($"{Web}-files-0a1b2c3d", run.At(Deployment, Web, "spec.template.spec.volumes.0.configMap.name"));
    }

    [Fact]
    public async Task Secret_AsVariable_IsReadFromTheSecretObject()
    {
        var run = await ComponentRun.Of(Samples.Service("web", new ServiceSettings
        {
            Secrets = Samples.Map(("TOKEN", new SecretSource(SecretKind.Environment, "SHOP_TOKEN"))),
        }));

        var secret = run.Mocks.Inputs(Secret, $"{Web}-secrets");
        Assert.Null(Tree.At(secret, "metadata.name"));
        Assert.Equal(true, secret["immutable"]);
        Assert.Equal("value of SHOP_TOKEN", Tree.At(secret, "stringData.TOKEN"));
        Assert.Equal("TOKEN", run.At(Deployment, Web, $"{Container}.env.0.name"));
        Assert.Equal("TOKEN", run.At(Deployment, Web, $"{Container}.env.0.valueFrom.secretKeyRef.key"));
        Assert.Equal($"{Web}-secrets-0a1b2c3d", run.At(Deployment, Web, $"{Container}.env.0.valueFrom.secretKeyRef.name"));
        Assert.Null(run.At(Deployment, Web, "spec.template.spec.volumes.0"));
    }

    [Fact]
    public async Task Secret_AsFile_IsMountedAndNoVariable()
    {
        var run = await ComponentRun.Of(Samples.Service("web", new ServiceSettings
        {
            Secrets = Samples.Map(("KEY", new SecretSource(SecretKind.File, "tls.key", Path: "/run/tls.key"))),
        }));

        Assert.Null(run.At(Deployment, Web, $"{Container}.env.0"));
        Assert.Equal("/run/tls.key", run.At(Deployment, Web, $"{Container}.volumeMounts.0.mountPath"));
        Assert.Equal("KEY", run.At(Deployment, Web, $"{Container}.volumeMounts.0.subPath"));
        Assert.Equal($"{Web}-secrets-0a1b2c3d", run.At(Deployment, Web, "spec.template.spec.volumes.0.secret.secretName"));
        Assert.Equal(292.0, run.At(Deployment, Web, "spec.template.spec.volumes.0.secret.defaultMode"));
    }

    [Fact]
    public async Task Variable_OfTheContainerItself_Wins()
    {
        var service = Samples.Listening("web", new ServiceSettings
        {
            Secrets = Samples.Map(("TOKEN", new SecretSource(SecretKind.Environment, "T"))),
        });
        service = service with
        {
            Containers = [service.Containers[0] with { Env = [new EnvironmentVariable("TOKEN", "mine"), new EnvironmentVariable("ORDERS_ENDPOINT", "there")] }],
            DependsOn = ["orders"],
        };

        var run = await ComponentRun.Of(Samples.Listening("orders"), service);

        Assert.Equal("mine", run.At(Deployment, Web, $"{Container}.env.0.value"));
        Assert.Equal("there", run.At(Deployment, Web, $"{Container}.env.1.value"));
        Assert.Null(run.At(Deployment, Web, $"{Container}.env.2"));
    }

    [Fact]
    public async Task Dependency_OfTheSameCluster_IsToldByItsEndpoint()
    {
        var run = await ComponentRun.Of(Samples.Listening("order-book"), Samples.Listening("web", null, "order-book"));

        Assert.Equal("ORDER_BOOK_ENDPOINT", run.At(Deployment, Web, $"{Container}.env.0.name"));
        Assert.Equal("order-book.shop.svc:8080", run.At(Deployment, Web, $"{Container}.env.0.value"));
    }

    [Fact]
    public async Task Dependency_WithoutPorts_HasNoEndpoint()
    {
        var run = await ComponentRun.Of(Samples.Service("worker"), Samples.Listening("web", null, "worker"));

        Assert.Null(run.At(Deployment, Web, $"{Container}.env.0"));
    }

    [Fact]
    public async Task Dependency_OfAClusterFurtherIn_IsToldByItsExternalEndpoint()
    {
        var run = await ComponentRun.Of(Samples.Listening("web") with { Upstream = [new UpstreamService("orders", "cloud-1", Layer.Cloud)] });

        Assert.Equal("ORDERS_ENDPOINT", run.At(Deployment, Web, $"{Container}.env.0.name"));
        Assert.Equal("192.0.2.9:8443", run.At(Deployment, Web, $"{Container}.env.0.value"));
    }

    [Theory]
    [InlineData("configMapRef.name", "settings")]
    [InlineData("prefix", "APP_")]
    public async Task EnvFrom_ReachesTheContainer(string path, string expected)
    {
        var service = Samples.Service("web");
        service = service with { Containers = [service.Containers[0] with { EnvFrom = [new EnvironmentSource(ValueSourceKind.ConfigMap, "settings", "APP_")] }] };

        var run = await ComponentRun.Of(service);

        Assert.Equal(expected, run.At(Deployment, Web, $"{Container}.envFrom.0.{path}"));
    }

    [Fact]
    public async Task EnvFrom_Secret_ReachesTheContainer()
    {
        var service = Samples.Service("web");
        service = service with { Containers = [service.Containers[0] with { EnvFrom = [new EnvironmentSource(ValueSourceKind.Secret, "keys")] }] };

        var run = await ComponentRun.Of(service);

        Assert.Equal("keys", run.At(Deployment, Web, $"{Container}.envFrom.0.secretRef.name"));
    }

    [Theory]
    [InlineData("orders", "ORDERS_ENDPOINT")]
    [InlineData("order-book-2", "ORDER_BOOK_2_ENDPOINT")]
    public void EndpointVariable_IsTheServicesNameInCapitals(string service, string variable) =>
        Assert.Equal(variable, ApplicationService.EndpointVariable(service));

    [Fact]
    public async Task MissingSecretValue_IsNamed()
    {
        var service = Samples.Service("web", new ServiceSettings { Secrets = Samples.Map(("TOKEN", new SecretSource(SecretKind.Environment, "T"))) });

        var error = await Assert.ThrowsAnyAsync<Exception>(() => ComponentRun.Of(() => _ = new ApplicationService(
            "web", new ApplicationServiceArgs { Workload = Samples.Workload(service), Service = service, Namespace = "shop" })));

        Assert.Contains("'web' lacks the values of its secrets: TOKEN", error.ToString(), StringComparison.Ordinal);
    }
}
