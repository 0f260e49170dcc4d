using FogInfra.Embedded.Simulator.Clusters;
using FogInfra.Embedded.Simulator.Values;
using FogInfra.Tests.Support;

namespace FogInfra.Tests.Controllers;

public sealed class DeploymentTests
{
    private const string Revision = "deployment.kubernetes.io/revision";

    [Fact]
    public async Task ANewDeployment_BecomesAvailableAndSaysSo()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Create(Manifests.Deployment(replicas: 2));

        await cluster.PassAsync(5);

        var status = cluster.Get("deployments", "web").Map("status");
        Assert.Equal(2, status.Long("readyReplicas"));
        Assert.Equal(2, status.Long("availableReplicas"));
        Assert.Equal(2, status.Long("updatedReplicas"));
        Assert.Equal(1, status.Long("observedGeneration"));
        Assert.Null(status.Long("unavailableReplicas"));
        Assert.Equal(("True", "MinimumReplicasAvailable"), Condition(cluster, "Available"));
        Assert.Equal(("True", "NewReplicaSetAvailable"), Condition(cluster, "Progressing"));
        var set = Assert.Single(cluster.List("replicasets"));
        Assert.Equal("1", set.Annotations.Text(Revision));
        Assert.Equal(set.Labels.Text("pod-template-hash"), set.Name["web-".Length..]);
        Assert.All(cluster.List("pods"), pod => Assert.Equal("Running", pod.Text("status", "phase")));
    }

    [Fact]
    public async Task ANewDeployment_TellsItsStepsInEvents()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Create(Manifests.Deployment(replicas: 1));

        await cluster.PassAsync(5);

        var (set, pod) = (cluster.List("replicasets")[0].Name, cluster.List("pods")[0].Name);
        Assert.Equal([("ScalingReplicaSet", $"Scaled up replica set {set} from 0 to 1")], cluster.EventsOf("web"));
        Assert.Equal([("SuccessfulCreate", $"Created pod: {pod}")], cluster.EventsOf(set));
        Assert.Equal(["Scheduled", "Pulling", "Pulled", "Created", "Started"], cluster.EventsOf(pod).Select(one => one.Reason));
    }

    [Fact]
    public async Task ANewImage_RollsOutWithinTheLimitsAndCountsTheRevision()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Create(Manifests.Deployment(replicas: 4, strategy: "{rollingUpdate: {maxSurge: 1, maxUnavailable: 1}}"));
        await cluster.PassAsync(5);

        SetImage(cluster, "web:2");
        for (var i = 0; i < 60; i++)
        {
            await cluster.PassAsync(0.05);
            var pods = cluster.List("pods").Where(pod => !pod.IsDeleting).ToList();
            Assert.InRange(pods.Count, 0, 5);
            Assert.True(pods.Count(pod => pod.IsTrue("Ready")) >= 3, "At most one of four pods may be unavailable.");
        }

        Assert.Equal("2", cluster.Get("deployments", "web").Annotations.Text(Revision));
        Assert.All(cluster.List("pods"), pod => Assert.Equal("web:2", pod.Maps("spec", "containers").First().Text("image")));
        Assert.Equal([0, 4], cluster.List("replicasets").OrderBy(set => set.Annotations.Text(Revision), StringComparer.Ordinal).Select(set => set.Long("spec", "replicas")!.Value));
    }

    [Fact]
    public async Task TheOldTemplateAgain_TakesItsReplicaSetBackUnderANewRevision()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Create(Manifests.Deployment());
        await cluster.PassAsync(5);
        var first = cluster.List("replicasets")[0].Name;
        SetImage(cluster, "web:2");
        await cluster.PassAsync(10);

        SetImage(cluster, "web:1");
        await cluster.PassAsync(10);

        Assert.Equal(2, cluster.List("replicasets").Count);
        var set = cluster.Get("replicasets", first);
        Assert.Equal(("3", "1"), (set.Annotations.Text(Revision), set.Annotations.Text("deployment.kubernetes.io/revision-history")));
        Assert.Equal(2, set.Long("status", "availableReplicas"));
    }

    [Fact]
    public async Task AnImageThatIsNotThere_StopsAtTheNewPodsAndRunsIntoTheDeadline()
    {
        await using var cluster = await TestCluster.StartAsync(new ClusterSpec { Name = "test", Images = ["web:1"] });
        cluster.Create(Manifests.Deployment(replicas: 3, extra: "progressDeadlineSeconds: 60"));
        await cluster.PassAsync(5);

        SetImage(cluster, "web:2");
        await cluster.PassAsync(30);
        Assert.Equal(("True", "ReplicaSetUpdated"), Condition(cluster, "Progressing"));
        await cluster.PassAsync(60);

        Assert.Equal(("False", "ProgressDeadlineExceeded"), Condition(cluster, "Progressing"));
        Assert.Equal(("True", "MinimumReplicasAvailable"), Condition(cluster, "Available"));
        var fresh = cluster.List("replicasets").Single(set => set.Annotations.Text(Revision) == "2");
        Assert.Equal($"ReplicaSet \"{fresh.Name}\" has timed out progressing.", cluster.Get("deployments", "web").Condition("Progressing")!.Text("message"));
        Assert.Equal(3, cluster.List("pods").Count(pod => pod.IsTrue("Ready")));
        Assert.Equal(1, cluster.Get("deployments", "web").Long("status", "updatedReplicas"));
    }

    [Fact]
    public async Task AStuckRollout_GoesOnWhenTheImageIsPutRight()
    {
        await using var cluster = await TestCluster.StartAsync(new ClusterSpec { Name = "test", Images = ["web:1"] });
        cluster.Create(Manifests.Deployment(extra: "progressDeadlineSeconds: 10"));
        await cluster.PassAsync(5);
        SetImage(cluster, "web:2");
        await cluster.PassAsync(30);

        SetImage(cluster, "web:1");
        await cluster.PassAsync(10);

        Assert.Equal(("True", "NewReplicaSetAvailable"), Condition(cluster, "Progressing"));
        Assert.Equal(2, cluster.Get("deployments", "web").Long("status", "updatedReplicas"));
        Assert.Equal(2, cluster.List("pods").Count);
    }

    [Fact]
    public async Task Recreate_StartsNewPodsOnlyWhenTheLastOldOneIsGone()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Create(Manifests.Deployment(strategy: "{type: Recreate}", podAnnotations: "{simulator.foginfra.dev/stop-seconds: '5'}"));
        await cluster.PassAsync(5);

        SetImage(cluster, "web:2");
        await cluster.PassAsync(4);
        Assert.All(cluster.List("pods"), pod => Assert.True(pod.IsDeleting));
        await cluster.PassAsync(5);

        Assert.Equal(2, cluster.List("pods").Count(pod => pod.IsTrue("Ready") && pod.Maps("spec", "containers").First().Text("image") == "web:2"));
    }

    [Fact]
    public async Task Scaling_KeepsTheGenerationOfTheTemplate()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Create(Manifests.Deployment(replicas: 1));
        await cluster.PassAsync(5);

        cluster.Update("deployments", "web", current => current.Set(5, "spec", "replicas"));
        await cluster.PassAsync(5);

        Assert.Single(cluster.List("replicasets"));
        Assert.Equal(5, cluster.Get("deployments", "web").Long("status", "availableReplicas"));
        Assert.Equal(2, cluster.Get("deployments", "web").Long("status", "observedGeneration"));
        Assert.Equal("1", cluster.Get("deployments", "web").Annotations.Text(Revision));
    }

    [Fact]
    public async Task ScalingInTheMiddleOfARollout_SharesTheNewPodsInProportion()
    {
        await using var cluster = await TestCluster.StartAsync(new ClusterSpec { Name = "test", Images = ["web:1"] });
        cluster.Create(Manifests.Deployment(replicas: 10, strategy: "{rollingUpdate: {maxSurge: 3, maxUnavailable: 2}}"));
        await cluster.PassAsync(5);
        SetImage(cluster, "web:2"); // It will stay at 8 old and 5 new pods.
        await cluster.PassAsync(5);
        Assert.Equal([8, 5], Sizes(cluster));

        cluster.Update("deployments", "web", current => current.Set(15, "spec", "replicas"));
        await cluster.PassAsync(2);

        Assert.Equal([11, 7], Sizes(cluster));
    }

    [Fact]
    public async Task Paused_TakesNewSizesButNoNewTemplate()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Create(Manifests.Deployment(replicas: 1));
        await cluster.PassAsync(5);
        cluster.Update("deployments", "web", current => current.Set(true, "spec", "paused").Set(3, "spec", "replicas"));
        SetImage(cluster, "web:2");
        await cluster.PassAsync(5);
        Assert.Equal([3], Sizes(cluster));
        Assert.Equal(("Unknown", "DeploymentPaused"), Condition(cluster, "Progressing"));

        cluster.Update("deployments", "web", current => current.Remove("spec", "paused"));
        await cluster.PassAsync(10);

        Assert.Equal([0, 3], Sizes(cluster));
    }

    [Fact]
    public async Task MinReadySeconds_HoldsTheRolloutBack()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Create(Manifests.Deployment(replicas: 1, extra: "minReadySeconds: 20"));

        await cluster.PassAsync(10);
        Assert.Equal((1, null), (cluster.Get("deployments", "web").Long("status", "readyReplicas"), cluster.Get("deployments", "web").Long("status", "availableReplicas")));
        await cluster.PassAsync(15);

        Assert.Equal(1, cluster.Get("deployments", "web").Long("status", "availableReplicas"));
    }

    [Fact]
    public async Task TheHistoryLimit_RemovesTheOldestReplicaSets()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Create(Manifests.Deployment(replicas: 1, extra: "revisionHistoryLimit: 2"));
        for (var version = 1; version <= 5; version++)
        {
            SetImage(cluster, $"web:{version}");
            await cluster.PassAsync(10);
        }

        Assert.Equal(["3", "4", "5"], cluster.List("replicasets").Select(set => set.Annotations.Text(Revision)).Order());
    }

    [Fact]
    public async Task ADeletedPod_IsReplaced()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Create(Manifests.Deployment(replicas: 2));
        await cluster.PassAsync(5);
        var gone = cluster.List("pods")[0].Name;

        cluster.Delete("pods", gone);
        await cluster.PassAsync(5);

        Assert.Null(cluster.Find("pods", gone));
        Assert.Equal(2, cluster.List("pods").Count(pod => pod.IsTrue("Ready")));
    }

    [Fact]
    public async Task ADeletedDeployment_TakesItsReplicaSetsAndPodsWithIt()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Create(Manifests.Deployment());
        await cluster.PassAsync(5);

        cluster.Delete("deployments", "web");
        await cluster.PassAsync(5);

        Assert.Empty(cluster.List("replicasets"));
        Assert.Empty(cluster.List("pods"));
    }

    [Fact]
    public async Task OrphanedPods_AreAdoptedByADeploymentOfTheSameTemplate()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Create(Manifests.Deployment());
        await cluster.PassAsync(5);
        var pods = cluster.List("pods").Select(pod => pod.Name).ToList();
        cluster.Delete("deployments", "web", propagation: Embedded.Simulator.Objects.Propagation.Orphan);
        await cluster.PassAsync(1);
        Assert.Null(Assert.Single(cluster.List("replicasets")).Controller);

        cluster.Create(Manifests.Deployment());
        await cluster.PassAsync(5);

        Assert.Equal(pods, cluster.List("pods").Select(pod => pod.Name));
        Assert.Equal("Deployment", Assert.Single(cluster.List("replicasets")).Controller!.Text("kind"));
    }

    private static void SetImage(TestCluster cluster, string image) => cluster.Update("deployments", "web",
        current => current.Set(JsonList.From(current.Maps("spec", "template", "spec", "containers").Select(container => container.With("image", image))), "spec", "template", "spec", "containers"));

    private static (string?, string?) Condition(TestCluster cluster, string type)
    {
        var condition = cluster.Get("deployments", "web").Condition(type);
        return (condition?.Text("status"), condition?.Text("reason"));
    }

    private static List<long> Sizes(TestCluster cluster) =>
        [.. cluster.List("replicasets").OrderBy(set => set.CreatedAt).ThenBy(set => set.Annotations.Text(Revision), StringComparer.Ordinal).Select(set => set.Long("spec", "replicas") ?? 0)];
}
