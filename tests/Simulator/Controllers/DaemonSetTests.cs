using FogInfra.Embedded.Simulator.Clusters;
using FogInfra.Embedded.Simulator.Values;
using FogInfra.Tests.Support;

namespace FogInfra.Tests.Controllers;

public sealed class DaemonSetTests
{
    [Fact]
    public async Task EveryNodeThatItIsFor_HasOnePod()
    {
        await using var cluster = await TestCluster.StartAsync(Node("a"), Node("b"), Node("c") with { Taints = [new NodeTaint("x", "NoSchedule")] }, Node("d", "edge"));
        cluster.Create(Manifest("nodeSelector: {layer: cloud}"));

        await cluster.PassAsync(5);

        Assert.Equal(["a", "b"], cluster.List("pods").Select(pod => pod.Text("spec", "nodeName")).Order());
        var status = cluster.Get("daemonsets", "agent").Map("status");
        Assert.Equal((2L, 2L, 2L, 2L), (status.Long("desiredNumberScheduled"), status.Long("numberReady"), status.Long("updatedNumberScheduled"), status.Long("numberAvailable")));
    }

    [Fact]
    public async Task ANodeThatComes_GetsAPodAndOneThatIsCordonedKeepsIts()
    {
        await using var cluster = await TestCluster.StartAsync(Node("a"), Node("b", "edge"));
        cluster.Create(Manifest("nodeSelector: {layer: cloud}"));
        await cluster.PassAsync(5);

        cluster.Update("nodes", "a", current => current.Set(true, "spec", "unschedulable"));
        cluster.Update("nodes", "b", current => current.Set("cloud", "metadata", "labels", "layer"));
        await cluster.PassAsync(5);

        Assert.Equal(["a", "b"], cluster.List("pods").Select(pod => pod.Text("spec", "nodeName")).Order());
    }

    [Fact]
    public async Task ANodeThatNoLongerBelongs_LosesItsPod()
    {
        await using var cluster = await TestCluster.StartAsync(Node("a"), Node("b"));
        cluster.Create(Manifest("nodeSelector: {layer: cloud}"));
        await cluster.PassAsync(5);

        cluster.Update("nodes", "b", current => current.Set("edge", "metadata", "labels", "layer"));
        await cluster.PassAsync(5);

        Assert.Equal(["a"], cluster.List("pods").Select(pod => pod.Text("spec", "nodeName")));
    }

    [Fact]
    public async Task ANewTemplate_ReplacesAsManyPodsAtATimeAsMayBeMissing()
    {
        await using var cluster = await TestCluster.StartAsync(Node("a"), Node("b"), Node("c"));
        cluster.Create(Manifest());
        await cluster.PassAsync(5);

        cluster.Update("daemonsets", "agent", current => current.Set(current.List("spec", "template", "spec", "containers").ChangeMaps(container => container.With("image", "agent:2")), "spec", "template", "spec", "containers"));
        for (var i = 0; i < 80; i++)
        {
            await cluster.PassAsync(0.1);
            Assert.True(cluster.List("pods").Count(pod => pod.IsTrue("Ready") && !pod.IsDeleting) >= 2);
        }

        Assert.All(cluster.List("pods"), pod => Assert.Equal("agent:2", pod.Maps("spec", "containers").Single().Text("image")));
        Assert.Equal(3, cluster.Get("daemonsets", "agent").Long("status", "updatedNumberScheduled"));
    }

    private static NodeSpec Node(string name, string layer = "cloud") => new() { Name = name, Labels = new Dictionary<string, string> { ["layer"] = layer } };

    private static string Manifest(string podSpec = "") => $$$"""
        apiVersion: apps/v1
        kind: DaemonSet
        metadata: {name: agent}
        spec:
          selector: {matchLabels: {app: agent}}
          template:
            metadata: {labels: {app: agent}}
            spec:
              {{{podSpec}}}
              containers: [{name: agent, image: "agent:1"}]
        """;
}
