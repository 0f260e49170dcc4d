using FogInfra.Embedded.Simulator.Client;
using FogInfra.Embedded.Simulator.Clusters;
using FogInfra.Embedded.Simulator.Hosting;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Tests.Hosting;

public sealed class AdminTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ManyClusters_LiveBesideEachOther()
    {
        await using var server = await StartAsync();
        using var client = new SimulatorClient(server.Info.Address);

        foreach (var name in new[] { "cloud-1", "edge-1", "edge-2" }) await client.CreateClusterAsync(new ClusterSpec { Name = name }, Cancellation);

        var clusters = await client.ListClustersAsync(Cancellation);
        Assert.Equal(["cloud-1", "edge-1", "edge-2"], clusters.Select(cluster => cluster.Name));
        Assert.All(clusters, cluster => Assert.Equal($"{server.Info.Address}/clusters/{cluster.Name}", cluster.Server));
        Assert.Equal("edge-1-control-plane", (await client.FindClusterAsync("edge-1", Cancellation))!.Nodes.Single());
        Assert.Null(await client.FindClusterAsync("nope", Cancellation));
    }

    [Fact]
    public async Task Create_ANameThatIsTaken_IsRefused()
    {
        await using var server = await StartAsync();
        using var client = new SimulatorClient(server.Info.Address);
        await client.CreateClusterAsync(new ClusterSpec { Name = "one" }, Cancellation);

        var error = await Assert.ThrowsAsync<SimulatorException>(() => client.CreateClusterAsync(new ClusterSpec { Name = "one" }, Cancellation));

        Assert.Equal("there is a cluster \"one\" already", error.Message);
    }

    [Fact]
    public async Task Create_ADescriptionWithFaults_NamesThemAll()
    {
        await using var server = await StartAsync();
        using var client = new SimulatorClient(server.Info.Address);
        var spec = new ClusterSpec
        {
            Name = "Cloud 1",
            Images = [""],
            Nodes =
            [
                new NodeSpec { Name = "n", Cpu = "many", Taints = [new NodeTaint("layer", "Never")] },
                new NodeSpec { Name = "n", Memory = "8 GB", Labels = new Dictionary<string, string> { ["a b"] = "c" } },
            ],
        };

        var error = await Assert.ThrowsAsync<SimulatorException>(() => client.CreateClusterAsync(spec, Cancellation));

        Assert.All(
            new[]
            {
                "name: \"Cloud 1\"", "nodes[0].taints: \"layer\": the effect \"Never\"", "nodes[0].cpu: \"many\"", "nodes[1].memory: \"8 GB\"", "nodes[1].labels: Invalid value: \"a b\"",
                "nodes: the name \"n\" is there 2 times", "images: a pattern must not be empty",
            },
            fault => Assert.Contains(fault, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Kubeconfig_NamesTheClusterAndItsAddress()
    {
        await using var server = await StartAsync();
        using var client = new SimulatorClient(server.Info.Address);
        await client.CreateClusterAsync(new ClusterSpec { Name = "one" }, Cancellation);

        var config = YamlReading.Parse(await client.KubeconfigAsync("one", Cancellation));

        Assert.Equal("one", config.Text("current-context"));
        Assert.Equal(("one", $"{server.Info.Address}/clusters/one"), (config.Maps("clusters").Single().Text("name"), config.Maps("clusters").Single().Text("cluster", "server")));
        Assert.Equal(("one", "one"), (config.Maps("contexts").Single().Text("context", "cluster"), config.Maps("contexts").Single().Text("context", "user")));
        await Assert.ThrowsAsync<SimulatorException>(() => client.KubeconfigAsync("nope", Cancellation));
    }

    [Fact]
    public async Task Stop_EndsTheWaitOfWhoeverHostsIt()
    {
        await using var server = await StartAsync();
        using var client = new SimulatorClient(server.Info.Address);

        await client.StopAsync(Cancellation);

        await server.StopRequested.WaitAsync(TimeSpan.FromSeconds(10), Cancellation);
    }

    [Fact]
    public async Task IsAlive_NobodyThere_IsFalse()
    {
        using var client = new SimulatorClient("http://127.0.0.1:1");

        Assert.False(await client.IsAliveAsync(Cancellation));
    }

    [Fact]
    public async Task Find_AFolderNobodyServes_IsNull() =>
        Assert.Null(await SimulatorClient.FindAsync(Path.Combine(Path.GetTempPath(), "no-such-folder"), Cancellation));

    private static Task<SimulatorServer> StartAsync() => SimulatorServer.StartAsync(new SimulatorOptions(), Cancellation);
}
