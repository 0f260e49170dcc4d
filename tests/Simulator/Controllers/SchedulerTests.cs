using FogInfra.Embedded.Simulator.Clusters;
using FogInfra.Embedded.Simulator.Values;
using FogInfra.Tests.Support;

namespace FogInfra.Tests.Controllers;

public sealed class SchedulerTests
{
    private static readonly NodeSpec Cloud = new() { Name = "cloud", Labels = new Dictionary<string, string> { ["layer"] = "cloud", ["size"] = "9" }, Cpu = "4", Memory = "8Gi" };
    private static readonly NodeSpec Edge = new() { Name = "edge", Labels = new Dictionary<string, string> { ["layer"] = "edge" }, Cpu = "1", Memory = "1Gi", Taints = [new NodeTaint("layer", "NoSchedule", "edge")] };

    [Theory]
    [InlineData("", "cloud")]
    [InlineData("nodeSelector: {layer: cloud}", "cloud")]
    [InlineData("nodeSelector: {layer: edge}", null)]
    [InlineData("{nodeSelector: {layer: edge}, tolerations: [{key: layer, operator: Equal, value: edge, effect: NoSchedule}]}", "edge")]
    [InlineData("{nodeSelector: {layer: edge}, tolerations: [{operator: Exists}]}", "edge")]
    [InlineData("{nodeSelector: {layer: edge}, tolerations: [{key: layer, value: other}]}", null)]
    [InlineData("affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: size, operator: Gt, values: ['5']}]}]}}}", "cloud")]
    [InlineData("affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: size, operator: DoesNotExist}]}]}}}", null)]
    [InlineData("affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchFields: [{key: metadata.name, operator: In, values: [cloud]}]}]}}}", "cloud")]
    public async Task APod_GoesWhereItsSpecLetsIt(string spec, string? node)
    {
        await using var cluster = await TestCluster.StartAsync(Cloud, Edge);
        cluster.Create(Manifests.Pod(spec: spec.Trim('{', '}') == spec || spec.Length == 0 ? spec : Unfold(spec)));

        await cluster.PassAsync(1);

        Assert.Equal(node, cluster.Get("pods", "one").Text("spec", "nodeName"));
    }

    [Fact]
    public async Task NoNodeFits_TheConditionCountsTheReasons()
    {
        await using var cluster = await TestCluster.StartAsync(Cloud, Edge);
        cluster.Create(Manifests.Pod(container: "resources: {requests: {cpu: '6'}}"));

        await cluster.PassAsync(1);

        var condition = cluster.Get("pods", "one").Condition("PodScheduled")!;
        Assert.Equal(("False", "Unschedulable"), (condition.Text("status"), condition.Text("reason")));
        Assert.Equal(
            "0/2 nodes are available: 1 Insufficient cpu, 1 node(s) had untolerated taint {layer: edge}. preemption: 0/2 nodes are available: 1 No preemption victims found for incoming pod, 1 Preemption is not helpful for scheduling.",
            condition.Text("message"));
        Assert.Equal([("FailedScheduling", condition.Text("message")!)], cluster.EventsOf("one"));
        Assert.Equal("Pending", cluster.Get("pods", "one").Text("status", "phase"));
    }

    [Fact]
    public async Task SeveralResourcesLacking_AreAllCounted()
    {
        await using var cluster = await TestCluster.StartAsync(Cloud);
        cluster.Create(Manifests.Pod(container: "resources: {requests: {cpu: '6', memory: 20Gi}}"));

        await cluster.PassAsync(1);

        Assert.StartsWith("0/1 nodes are available: 1 Insufficient cpu, 1 Insufficient memory. ", cluster.Get("pods", "one").Condition("PodScheduled")!.Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RoomThatIsMade_IsTakenByAPodThatWaits()
    {
        await using var cluster = await TestCluster.StartAsync(Cloud);
        cluster.Create(Manifests.Pod("first", container: "resources: {requests: {cpu: '3'}}"));
        await cluster.PassAsync(2);
        cluster.Create(Manifests.Pod("second", container: "resources: {requests: {cpu: '3'}}"));
        await cluster.PassAsync(2);
        Assert.Null(cluster.Get("pods", "second").Text("spec", "nodeName"));

        cluster.Delete("pods", "first");
        await cluster.PassAsync(2);

        Assert.Equal("Running", cluster.Get("pods", "second").Text("status", "phase"));
    }

    [Fact]
    public async Task ACordonedNode_TakesNoNewPodsUntilItIsOpenAgain()
    {
        await using var cluster = await TestCluster.StartAsync(Cloud);
        cluster.Update("nodes", "cloud", current => current.Set(true, "spec", "unschedulable"));
        cluster.Create(Manifests.Pod());
        await cluster.PassAsync(1);
        Assert.StartsWith("0/1 nodes are available: 1 node(s) were unschedulable. ", cluster.Get("pods", "one").Condition("PodScheduled")!.Text("message"), StringComparison.Ordinal);

        cluster.Update("nodes", "cloud", current => current.Remove("spec", "unschedulable"));
        await cluster.PassAsync(2);

        Assert.Equal("Running", cluster.Get("pods", "one").Text("status", "phase"));
    }

    [Fact]
    public async Task PodsOfOneWorkload_AreSpreadOverTheNodes()
    {
        await using var cluster = await TestCluster.StartAsync(new NodeSpec { Name = "a" }, new NodeSpec { Name = "b" }, new NodeSpec { Name = "c" });
        cluster.Create(Manifests.Deployment(replicas: 6));

        await cluster.PassAsync(3);

        Assert.Equal([2, 2, 2], cluster.List("pods").CountBy(pod => pod.Text("spec", "nodeName") ?? "").Select(node => node.Value));
    }

    [Fact]
    public async Task AFullNode_TakesNoMorePods()
    {
        await using var cluster = await TestCluster.StartAsync(Cloud with { Pods = 2 });
        cluster.Create(Manifests.Deployment(replicas: 3));

        await cluster.PassAsync(3);

        var waiting = Assert.Single(cluster.List("pods"), pod => pod.Text("spec", "nodeName") is null);
        Assert.Contains("1 Too many pods", waiting.Condition("PodScheduled")!.Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheSameHostPort_IsGivenOnce()
    {
        await using var cluster = await TestCluster.StartAsync(Cloud);
        cluster.Create(Manifests.Pod("first", container: "ports: [{containerPort: 80, hostPort: 80}]"));
        cluster.Create(Manifests.Pod("second", container: "ports: [{containerPort: 80, hostPort: 80}]"));

        await cluster.PassAsync(1);

        Assert.Contains("1 node(s) didn't have free ports for the requested pod ports", cluster.Get("pods", "second").Condition("PodScheduled")!.Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AClaimThatIsNotThere_IsNamed()
    {
        await using var cluster = await TestCluster.StartAsync(Cloud);
        cluster.Create(Manifests.Pod(spec: "volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]"));

        await cluster.PassAsync(1);

        Assert.StartsWith("0/1 nodes are available: persistentvolumeclaim \"data\" not found. ", cluster.Get("pods", "one").Condition("PodScheduled")!.Text("message"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: zone, labelSelector: {matchLabels: {app: first}}}]}}}", "a")]
    [InlineData("{affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: zone, labelSelector: {matchLabels: {app: first}}}]}}}", "b")]
    [InlineData("{affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: zone, labelSelector: {matchLabels: {app: nobody}}}]}}}", null)]
    [InlineData("{affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: zone, labelSelector: {matchLabels: {app: one}}}]}}}", "a", "b")]
    [InlineData("{topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule, labelSelector: {matchExpressions: [{key: app, operator: Exists}]}}]}", "b")]
    public async Task APod_GoesWhereTheOtherPodsLetIt(string spec, params string?[]? nodes)
    {
        await using var cluster = await TestCluster.StartAsync(Zone("a"), Zone("b"));
        cluster.Create(Manifests.Pod("first", spec: "nodeSelector: {zone: a}"));
        await cluster.PassAsync(2);

        cluster.Create(Manifests.Pod("one", spec: Unfold(spec)));
        await cluster.PassAsync(2);

        Assert.Contains(cluster.Get("pods", "one").Text("spec", "nodeName"), nodes ?? [null]);
    }

    [Fact]
    public async Task AntiAffinityOfPodsThatRun_KeepsOthersAway()
    {
        await using var cluster = await TestCluster.StartAsync(Zone("a"));
        cluster.Create(Manifests.Pod("lonely", spec: "affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: zone, labelSelector: {matchLabels: {app: one}}}]}}"));
        await cluster.PassAsync(2);

        cluster.Create(Manifests.Pod());
        await cluster.PassAsync(2);

        Assert.StartsWith("0/1 nodes are available: 1 node(s) didn't satisfy existing pods anti-affinity rules. ", cluster.Get("pods", "one").Condition("PodScheduled")!.Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Preferences_DecideAmongNodesThatFit()
    {
        await using var cluster = await TestCluster.StartAsync(Zone("a"), Zone("b"), Zone("c") with { Taints = [new NodeTaint("x", "PreferNoSchedule")] });
        cluster.Create(Manifests.Pod("to-b", spec: "affinity: {nodeAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 5, preference: {matchExpressions: [{key: zone, operator: In, values: [b]}]}}]}}"));
        cluster.Create(Manifests.Deployment(replicas: 4));
        await cluster.PassAsync(3);

        Assert.Equal("b", cluster.Get("pods", "to-b").Text("spec", "nodeName"));
        Assert.DoesNotContain(cluster.List("pods"), pod => pod.Text("spec", "nodeName") == "c");
    }

    [Fact]
    public async Task ARemovedNode_LosesItsPods()
    {
        await using var cluster = await TestCluster.StartAsync(new NodeSpec { Name = "a" }, new NodeSpec { Name = "b" });
        cluster.Create(Manifests.Deployment(replicas: 4));
        await cluster.PassAsync(3);

        cluster.Delete("nodes", "a");
        await cluster.PassAsync(3);

        Assert.All(cluster.List("pods"), pod => Assert.Equal(("b", true), (pod.Text("spec", "nodeName"), pod.IsTrue("Ready"))));
        Assert.Equal(4, cluster.List("pods").Count);
    }

    private static NodeSpec Zone(string name) => new() { Name = name, Labels = new Dictionary<string, string> { ["zone"] = name } };

    // Several members of the spec, given as one flow map.
    private static string Unfold(string spec)
    {
        var map = (JsonMap)YamlReading.Parse(spec);
        return string.Join("\n  ", map.Select(member => $"{member.Key}: {member.Value}"));
    }
}
