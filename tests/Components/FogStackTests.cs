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
            mocks.Registered.Where(args => args.Type == "pulumi:providers:kubernetes").Select(args => args.Inputs["kubeconfig"]).Order());
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
    public async Task WrongConfiguration_IsTold(string key, string value, string message)
    {
        var error = await Assert.ThrowsAsync<RunException>(() => Run(new ClusterMocks(), (key, value)));

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

    private async Task<JsonElement> Run(ClusterMocks mocks, params (string Key, string Value)[] config)
    {
        Environment.SetEnvironmentVariable("PULUMI_CONFIG", JsonSerializer.Serialize(config.ToDictionary(pair => pair.Key, pair => pair.Value)));

        // A program that runs inside a runner, which gives it a workload, is not told of the project's folder.
        var root = config.Any(value => value.Key == "fog:workload") ? null : _root;
        var resources = await Deployment.TestAsync<FogStack>(mocks, new TestOptions { IsPreview = false, RootDirectory = root });
        var clusters = await OutputUtilities.GetValueAsync(resources.OfType<FogStack>().Single().Clusters);
        return JsonSerializer.SerializeToElement(clusters);
    }
}
