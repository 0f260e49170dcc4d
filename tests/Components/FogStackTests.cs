using System.Text.Json;
using FogInfra.Model;
using FogInfra.Stacks;
using Pulumi;
using Pulumi.Testing;
using Pulumi.Utilities;

namespace FogInfra.Tests;

/// <summary>The stack program under Pulumi's mocks. Its configuration is the process's environment, so these tests run one by one.</summary>
public sealed class FogStackTests : IDisposable
{
    private const string Fleet =
        """
        apiVersion: foginfra.dev/v1alpha1
        kind: Fleet
        metadata: {name: test}
        rings: [{name: all}]
        clusters:
          cloud-1: {layer: cloud, ring: all, kubeconfig: cloud-1.kubeconfig, context: admin}
          edge-1: {layer: edge, ring: all, kubeconfig: edge-1.kubeconfig}
          edge-2: {layer: edge, ring: all, kubeconfig: edge-2.kubeconfig}
        applications:
          shop:
            services:
              web: {version: 1.0.0, containers: [{name: web, image: shop/web}], layers: {edge: {replicas: 2}}}
              orders: {version: 3.0.0, containers: [{name: orders, image: shop/orders}], layers: {cloud: {replicas: 1}}}
        """;

    private readonly string _root = Directory.CreateTempSubdirectory("fog-stack-").FullName;

    public FogStackTests()
    {
        File.WriteAllText(Path.Combine(_root, "fleet.yaml"), Fleet);
        foreach (var cluster in new[] { "cloud-1", "edge-1", "edge-2" })
        {
            File.WriteAllText(Path.Combine(_root, $"{cluster}.kubeconfig"), "");
        }
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("PULUMI_CONFIG", null);
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public async Task LayerStack_CoversEveryClusterOfItsLayer()
    {
        var mocks = new ClusterMocks();

        var outputs = await Run(mocks, ("fog:layer", "edge"));

        Assert.Equal(["edge-1", "edge-2"], outputs.EnumerateObject().Select(cluster => cluster.Name).Order());
        Assert.Equal("1.0.0", outputs.GetProperty("edge-2").GetProperty("services").GetProperty("web").GetProperty("version").GetString());
        Assert.Equal(2, outputs.GetProperty("edge-2").GetProperty("services").GetProperty("web").GetProperty("readyReplicas").GetInt32());
        Assert.True(outputs.GetProperty("edge-1").GetProperty("healthy").GetBoolean());
        Assert.Equal(
            [Path.Combine(_root, "edge-1.kubeconfig"), Path.Combine(_root, "edge-2.kubeconfig")],
            mocks.Registered.Where(args => args.Type == "pulumi:providers:kubernetes").Select(args => args.Inputs["kubeconfig"]).Distinct().Order());
    }

    [Fact]
    public async Task LayerStack_UsesTheContextOfTheFleet()
    {
        var mocks = new ClusterMocks();

        await Run(mocks, ("fog:layer", "cloud"));

        Assert.Equal("admin", mocks.Inputs("pulumi:providers:kubernetes", "cloud-1")["context"]);
    }

    [Fact]
    public async Task ClusterStack_DeploysTheWorkloadThatItIsGiven_AndGivesItBack()
    {
        var workload = WorkloadJson.Write(new ClusterWorkload
        {
            Application = "shop",
            Namespace = "shop-test",
            Cluster = "fog-7",
            Layer = Layer.Fog,
            Services = [new ServiceWorkload { Name = "web", Version = "9", Replicas = 1, Containers = [new Model.Container { Name = "web", Image = "web:9" }] }],
        });
        var mocks = new ClusterMocks();

        var outputs = await Run(mocks, ("fog:workload", workload), ("fog:kubeconfig", "/some/kubeconfig"));

        Assert.Equal("shop-test", Tree.At(mocks.Inputs("kubernetes:core/v1:Namespace", "shop-fog-7"), "metadata.name"));
        Assert.Equal("/some/kubeconfig", mocks.Inputs("pulumi:providers:kubernetes", "fog-7")["kubeconfig"]);
        Assert.Equal(workload, outputs.GetProperty("fog-7").GetProperty("workload").GetString());
    }

    [Fact]
    public async Task LayerStack_SimulatedClusterThatIsNotStarted_SaysHowToStartIt()
    {
        File.WriteAllText(
            Path.Combine(_root, "fleet.yaml"), Fleet.Replace("kubeconfig: edge-2.kubeconfig", "engine: simulated", StringComparison.Ordinal));

        var error = await Assert.ThrowsAsync<RunException>(() => Run(new ClusterMocks(), ("fog:layer", "edge")));

        Assert.Contains("./fog cluster start", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fog:layer", "mist", "expected one of: cloud, fog, edge")]
    [InlineData("fog:workload", "{}", "'fog:workload' cannot be read")]
    [InlineData("fog:fogRollouts", "maybe", "expected one of: retain, own, none")]
    public async Task WrongConfiguration_IsTold(string key, string value, string message)
    {
        var error = await Assert.ThrowsAsync<RunException>(() => Run(new ClusterMocks(), [.. key == "fog:fogRollouts" ? [("fog:layer", "edge")] : Array.Empty<(string, string)>(), (key, value)]));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fleet", "nowhere.yaml", "The fleet document cannot be read")]
    [InlineData("application", "shopp", "The fleet has no application 'shopp'; it has: shop.")]
    public async Task WrongFleet_IsTold(string key, string value, string message)
    {
        var error = await Assert.ThrowsAsync<RunException>(() => Run(new ClusterMocks(), ("fog:layer", "edge"), ($"fog:{key}", value)));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, 1, true)]
    [InlineData("retain", 1, true)]
    [InlineData("own", 1, true)]
    [InlineData("none", 0, false)]
    public async Task FogRollouts_AreRecordedUnlessTheyAreNotWanted(string? handling, int definitions, bool recorded)
    {
        var mocks = new ClusterMocks();

        await Run(mocks, handling is null ? [("fog:layer", "cloud")] : [("fog:layer", "cloud"), ("fog:fogRollouts", handling)]);

        Assert.Equal(definitions, mocks.Names("kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition").Count);
        Assert.Equal(recorded, mocks.Names("kubernetes:paguos.io/v1alpha1:FogRollout").Count > 0);
        Assert.Equal(
            recorded ? ["cloud-1", "cloud-1-rollouts"] : ["cloud-1"],
            mocks.Names("pulumi:providers:kubernetes").Order());
    }

    [Fact]
    public async Task ProviderOfRecords_TakesOverWhatExists_AndTheOtherDoesNot()
    {
        var mocks = new ClusterMocks();

        await Run(mocks, ("fog:layer", "cloud"));

        Assert.Equal("true", $"{mocks.Inputs("pulumi:providers:kubernetes", "cloud-1-rollouts")["upsertExistingObjects"]}", ignoreCase: true);
        Assert.False(mocks.Inputs("pulumi:providers:kubernetes", "cloud-1").ContainsKey("upsertExistingObjects"));
    }

    [Fact]
    public async Task Kubeconfigs_AreASecretOutput()
    {
        File.WriteAllText(Path.Combine(_root, "cloud-1.kubeconfig"), "the text");
        Environment.SetEnvironmentVariable("PULUMI_CONFIG", """{"fog:layer": "cloud"}""");

        var resources = await Deployment.TestAsync<FogStack>(new ClusterMocks(), new TestOptions { IsPreview = false, RootDirectory = _root });
        var kubeconfigs = resources.OfType<FogStack>().Single().Kubeconfigs;

        Assert.True(await Output.IsSecretAsync(kubeconfigs));
        Assert.Equal("the text", (await OutputUtilities.GetValueAsync(kubeconfigs))["cloud-1"]);
    }

    [Theory]
    [InlineData(SecretKind.Environment, "FOG_STACK_TESTS_TOKEN", "from the environment")]
    [InlineData(SecretKind.File, "token.txt", "from the file")]
    [InlineData(SecretKind.StackConfig, "token", "from the configuration")]
    public async Task Secret_IsReadFromWhereItIsKept(SecretKind kind, string name, string expected)
    {
        Environment.SetEnvironmentVariable("FOG_STACK_TESTS_TOKEN", "from the environment");
        File.WriteAllText(Path.Combine(_root, "token.txt"), "from the file");
        var mocks = new ClusterMocks();

        await Run(mocks, ("fog:workload", WithSecret(kind, name)), ("fog:kubeconfig", "/k"), ("fog:token", "from the configuration"));

        Assert.Equal(expected, Tree.At(mocks.Inputs("kubernetes:core/v1:Secret", "shop-edge-1-web-secrets"), "stringData.TOKEN"));
    }

    [Theory]
    [InlineData(SecretKind.Environment, "FOG_STACK_TESTS_NOTHING", "set it for the process that runs the deployment")]
    [InlineData(SecretKind.File, "nothing.txt", "The secret from the file 'nothing.txt' cannot be read")]
    [InlineData(SecretKind.StackConfig, "nothing", "pulumi config set --secret fog:nothing")]
    public async Task Secret_ThatIsNotThere_SaysWhatToDo(SecretKind kind, string name, string message)
    {
        var error = await Assert.ThrowsAsync<RunException>(() => Run(new ClusterMocks(), ("fog:workload", WithSecret(kind, name)), ("fog:kubeconfig", "/k")));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upstream_OfAClusterStack_IsTheStackOfTheClusterFurtherIn()
    {
        var mocks = WithCloud("organization/project/cloud-1");
        var workload = Samples.Workload(Samples.Listening("web") with { Upstream = [new UpstreamService("orders", "cloud-1", Layer.Cloud)] });

        await Run(mocks, ("fog:workload", WorkloadJson.Write(workload)), ("fog:kubeconfig", "/k"));

        Assert.Equal("198.51.100.1:443", Tree.At(mocks.Inputs("kubernetes:apps/v1:Deployment", "shop-edge-1-web"), "spec.template.spec.containers.0.env.0.value"));
    }

    [Fact]
    public async Task Upstream_OfALayerStack_IsTheStackOfTheLayerFurtherIn()
    {
        const string Reaching =
            """
            apiVersion: foginfra.dev/v1alpha1
            kind: Fleet
            metadata: {name: test}
            rings: [{name: all}]
            clusters:
              cloud-1: {layer: cloud, ring: all, kubeconfig: cloud-1.kubeconfig}
              edge-1: {layer: edge, ring: all, kubeconfig: edge-1.kubeconfig, parent: cloud-1}
              edge-2: {layer: edge, ring: all, kubeconfig: edge-2.kubeconfig, parent: cloud-1}
            applications:
              shop:
                services:
                  orders:
                    version: v1
                    containers: [{name: orders, image: orders, ports: [{containerPort: 443}]}]
                    expose: {type: LoadBalancer}
                    layers: {cloud: {}}
                  web: {version: v1, dependsOn: [orders], containers: [{name: web, image: web}], layers: {edge: {}}}
            """;
        await File.WriteAllTextAsync(Path.Combine(_root, "fleet.yaml"), Reaching, TestContext.Current.CancellationToken);
        var mocks = WithCloud("organization/project/cloud");

        await Run(mocks, ("fog:layer", "edge"));

        Assert.Equal(["organization/project/cloud"], mocks.Names("pulumi:pulumi:StackReference"));
        Assert.Equal("198.51.100.1:443", Tree.At(mocks.Inputs("kubernetes:apps/v1:Deployment", "shop-edge-2-web"), "spec.template.spec.containers.0.env.0.value"));
    }

    private static ClusterMocks WithCloud(string stack)
    {
        object Map(string name, object value) => System.Collections.Immutable.ImmutableDictionary<string, object>.Empty.Add(name, value);
        var outputs = Map("clusters", Map("cloud-1", Map("services", Map("orders", Map("externalEndpoint", "198.51.100.1:443")))));
        return new ClusterMocks
        {
            Stacks = new Dictionary<string, System.Collections.Immutable.ImmutableDictionary<string, object>>
            {
                [stack] = (System.Collections.Immutable.ImmutableDictionary<string, object>)outputs,
            },
        };
    }

    private static string WithSecret(SecretKind kind, string name) => WorkloadJson.Write(Samples.Workload(
        Samples.Service("web", new ServiceSettings { Secrets = Samples.Map(("TOKEN", new SecretSource(kind, name))) })));

    private async Task<JsonElement> Run(ClusterMocks mocks, params (string Key, string Value)[] config)
    {
        // Pulumi does not tell a program that runs inside a runner of the project's folder; the runner does, with the workload.
        var isInRunner = config.Any(value => value.Key == "fog:workload");
        IEnumerable<(string Key, string Value)> values = isInRunner ? config.Append(("fog:root", _root)) : config;
        Environment.SetEnvironmentVariable("PULUMI_CONFIG", JsonSerializer.Serialize(values.ToDictionary(pair => pair.Key, pair => pair.Value)));

        var resources = await Deployment.TestAsync<FogStack>(
            mocks, new TestOptions { IsPreview = false, RootDirectory = isInRunner ? null : _root });
        var clusters = await OutputUtilities.GetValueAsync(resources.OfType<FogStack>().Single().Clusters);
        return JsonSerializer.SerializeToElement(clusters);
    }
}
