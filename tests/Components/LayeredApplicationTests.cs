using FogInfra.Components;
using FogInfra.Model;
using Pulumi;
using Pulumi.Utilities;

namespace FogInfra.Tests;

public sealed class LayeredApplicationTests
{
    private const string DeploymentType = "kubernetes:apps/v1:Deployment";
    private const string ServiceType = "kubernetes:core/v1:Service";
    private const string AddressName = "shop-edge-1-web-address";

    private static readonly Model.Container Full = new()
    {
        Name = "main",
        Image = "shop/web:1.0.0",
        ImagePullPolicy = "IfNotPresent",
        Command = ["/bin/web"],
        Args = ["--verbose"],
        WorkingDir = "/srv",
        Ports = [new ContainerPort(8080, "http"), new ContainerPort(9090)],
        Env =
        [
            new EnvironmentVariable("PLAIN", "text"),
            new EnvironmentVariable("CONFIG", From: new ValueSource(ValueSourceKind.ConfigMap, "settings", "mode")),
            new EnvironmentVariable("TOKEN", From: new ValueSource(ValueSourceKind.Secret, "keys", "token")),
            new EnvironmentVariable("ADDRESS", From: new ValueSource(ValueSourceKind.Field, "", "status.podIP")),
        ],
        Resources = new Resources
        {
            Requests = Resources("cpu", "100m"),
            Limits = Resources("memory", "64Mi"),
        },
        LivenessProbe = new Probe { TcpPort = "8080", PeriodSeconds = 5 },
        ReadinessProbe = new Probe { Http = new HttpProbe("/ready", "http"), InitialDelaySeconds = 1, FailureThreshold = 2 },
        StartupProbe = new Probe { Command = ["/bin/check"], TimeoutSeconds = 3, SuccessThreshold = 1 },
    };

    [Fact]
    public async Task Application_IsANamespaceWithItsServices()
    {
        var mocks = new ClusterMocks();

        await Run(mocks, Workload(Service("orders"), Service("web")));

        Assert.Equal("shop", Tree.At(mocks.Inputs("kubernetes:core/v1:Namespace", "shop-edge-1"), "metadata.name"));
        Assert.Equal(
            ["shop-edge-1-orders", "shop-edge-1-web"],
            mocks.Registered.Where(args => args.Type == ApplicationService.Type).Select(args => args.Name).Order());
    }

    [Fact]
    public async Task Deployment_HasReplicasLabelsAndSelector()
    {
        var mocks = new ClusterMocks();

        await Run(mocks, Workload(Service("web")));

        var deployment = mocks.Inputs(DeploymentType, "shop-edge-1-web");
        Assert.Equal("web", Tree.At(deployment, "metadata.name"));
        Assert.Equal("shop", Tree.At(deployment, "metadata.namespace"));
        Assert.Equal(2.0, Tree.At(deployment, "spec.replicas"));
        Assert.Equal(
            new Dictionary<string, string> { [Labels.Name] = "web", [Labels.PartOf] = "shop" },
            Tree.Texts(deployment, "spec.selector.matchLabels"));
        Assert.Equal(
            new Dictionary<string, string>
            {
                [Labels.Name] = "web",
                [Labels.PartOf] = "shop",
                [Labels.Version] = "1.0.0",
                [Labels.ManagedBy] = "foginfra",
                [Labels.Layer] = "edge",
                [Labels.Cluster] = "edge-1",
            },
            Tree.Texts(deployment, "spec.template.metadata.labels"));
    }

    [Theory]
    [InlineData("image", "shop/web:1.0.0")]
    [InlineData("imagePullPolicy", "IfNotPresent")]
    [InlineData("command.0", "/bin/web")]
    [InlineData("args.0", "--verbose")]
    [InlineData("workingDir", "/srv")]
    [InlineData("ports.0.name", "http")]
    [InlineData("ports.0.containerPort", 8080.0)]
    [InlineData("ports.0.protocol", "TCP")]
    [InlineData("ports.1.name", null)]
    [InlineData("env.0.value", "text")]
    [InlineData("env.1.valueFrom.configMapKeyRef.name", "settings")]
    [InlineData("env.2.valueFrom.secretKeyRef.key", "token")]
    [InlineData("env.3.valueFrom.fieldRef.fieldPath", "status.podIP")]
    [InlineData("resources.requests.cpu", "100m")]
    [InlineData("resources.limits.memory", "64Mi")]
    [InlineData("livenessProbe.tcpSocket.port", 8080.0)]
    [InlineData("livenessProbe.periodSeconds", 5.0)]
    [InlineData("readinessProbe.httpGet.port", "http")]
    [InlineData("readinessProbe.httpGet.path", "/ready")]
    [InlineData("readinessProbe.failureThreshold", 2.0)]
    [InlineData("readinessProbe.periodSeconds", null)]
    [InlineData("startupProbe.exec.command.0", "/bin/check")]
    [InlineData("startupProbe.timeoutSeconds", 3.0)]
    public async Task Container_EveryField_ReachesTheDeployment(string path, object? expected)
    {
        var mocks = new ClusterMocks();

        await Run(mocks, Workload(Service("web") with { Containers = [Full] }));

        Assert.Equal(expected, Tree.At(mocks.Inputs(DeploymentType, "shop-edge-1-web"), $"spec.template.spec.containers.0.{path}"));
    }

    [Fact]
    public async Task Service_WithPorts_IsReachableByName()
    {
        var mocks = new ClusterMocks();

        var application = await Run(mocks, Workload(Service("web") with { Containers = [Full] }));

        var service = mocks.Inputs(ServiceType, AddressName);
        Assert.Equal(8080.0, Tree.At(service, "spec.ports.0.port"));
        Assert.Equal("http", Tree.At(service, "spec.ports.0.name"));
        Assert.Equal("port-9090", Tree.At(service, "spec.ports.1.name"));
        Assert.DoesNotContain(Labels.Version, Tree.Texts(service, "metadata.labels").Keys);
        Assert.Equal("web.shop.svc:8080", await OutputUtilities.GetValueAsync(application.Services["web"].Endpoint));
    }

    [Fact]
    public async Task Service_WithoutPorts_HasNoKubernetesService()
    {
        var mocks = new ClusterMocks();

        var application = await Run(mocks, Workload(Service("worker")));

        Assert.DoesNotContain(mocks.Registered, args => args.Type == ServiceType);
        Assert.Equal("", await OutputUtilities.GetValueAsync(application.Services["worker"].Endpoint));
    }

    [Fact]
    public async Task Services_AreRegisteredAfterThoseTheyDependOn()
    {
        var mocks = new ClusterMocks();

        await Run(mocks, Workload(
            Service("a"), Service("b") with { DependsOn = ["a"] }, Service("c") with { DependsOn = ["a", "b"] }));

        var deployments = mocks.Registered.Where(args => args.Type == DeploymentType).Select(args => args.Name).ToList();
        Assert.Equal(["shop-edge-1-a", "shop-edge-1-b", "shop-edge-1-c"], deployments);
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(1, false)]
    [InlineData(0, false)]
    public async Task Healthy_IsWhetherAllPodsAreReady(int ready, bool healthy)
    {
        var mocks = new ClusterMocks { ReadyReplicas = (name, replicas) => name.EndsWith("web", StringComparison.Ordinal) ? ready : replicas };

        var application = await Run(mocks, Workload(Service("orders"), Service("web")));

        Assert.Equal(healthy, await OutputUtilities.GetValueAsync(application.Healthy));
        Assert.Equal(ready, await OutputUtilities.GetValueAsync(application.Services["web"].ReadyReplicas));
    }

    [Fact]
    public async Task SecretsWithoutAReader_AreRefused()
    {
        var service = Samples.Service("web", new ServiceSettings { Secrets = Samples.Map(("TOKEN", new SecretSource(SecretKind.Environment, "TOKEN"))) });

        var error = await Assert.ThrowsAnyAsync<Exception>(() => ComponentRun.Of(
            () => _ = new LayeredApplication("shop", new LayeredApplicationArgs { Workload = Samples.Workload(service) })));

        Assert.Contains("ReadSecret must give their values", error.ToString(), StringComparison.Ordinal);
    }

    private static async Task<LayeredApplication> Run(ClusterMocks mocks, ClusterWorkload workload) =>
        (await ComponentRun.Of(workload, mocks)).Single<LayeredApplication>();

    private static ClusterWorkload Workload(params ServiceWorkload[] services) => Samples.Workload(services);

    private static ServiceWorkload Service(string name) => Samples.Service(name);

    private static System.Collections.Immutable.ImmutableSortedDictionary<string, string> Resources(string name, string quantity) =>
        System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty.Add(name, quantity);
}
