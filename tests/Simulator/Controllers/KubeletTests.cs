using FogInfra.Embedded.Simulator.Clusters;
using FogInfra.Embedded.Simulator.Storage;
using FogInfra.Embedded.Simulator.Tables;
using FogInfra.Embedded.Simulator.Values;
using FogInfra.Tests.Support;

namespace FogInfra.Tests.Controllers;

public sealed class KubeletTests
{
    [Fact]
    public async Task APod_GoesThroughItsStages()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Create(Manifests.Pod());
        await cluster.SettleAsync();
        Assert.Equal(("Pending", "ContainerCreating"), (Phase(cluster), Status(cluster)));
        Assert.StartsWith("10.244.0.", cluster.Get("pods", "one").Text("status", "podIP"), StringComparison.Ordinal);

        await cluster.PassAsync(2);

        var pod = cluster.Get("pods", "one");
        Assert.Equal(("Running", "Running"), (Phase(cluster), Status(cluster)));
        Assert.All(new[] { "PodScheduled", "Initialized", "ContainersReady", "Ready" }, type => Assert.True(pod.IsTrue(type)));
        var container = pod.Maps("status", "containerStatuses").Single();
        Assert.True(container.Flag("ready"));
        Assert.StartsWith("containerd://", container.Text("containerID"), StringComparison.Ordinal);
        Assert.Equal("docker.io/library/web:1", container.Text("image"));
    }

    [Fact]
    public async Task AnUnknownImage_AlternatesBetweenErrorAndBackOffWithGrowingWaits()
    {
        await using var cluster = await TestCluster.StartAsync(new ClusterSpec { Name = "test", Images = ["known:*"], Timings = new ClusterTimings { ErrorShown = TimeSpan.FromSeconds(1) } });
        cluster.Create(Manifests.Pod(image: "web:does-not-exist"));
        var seen = new List<(double Second, string Status)>();
        for (var tenth = 0; tenth < 800; tenth++)
        {
            await cluster.PassAsync(0.1);
            if (seen.Count == 0 || seen[^1].Status != Status(cluster)) seen.Add((Math.Round((tenth + 1) / 10.0, 1), Status(cluster)));
        }

        Assert.Equal(
            ["ContainerCreating", "ErrImagePull", "ImagePullBackOff", "ContainerCreating", "ErrImagePull", "ImagePullBackOff", "ContainerCreating", "ErrImagePull", "ImagePullBackOff"],
            seen.Select(one => one.Status).Take(9));
        var errors = seen.Where(one => one.Status == "ErrImagePull").Select(one => one.Second).ToList();
        Assert.InRange(errors[1] - errors[0], 10, 11); // 10 seconds, then 20, then 40.
        Assert.InRange(errors[2] - errors[1], 20, 21);
    }

    [Fact]
    public async Task AnUnknownImage_IsToldInTheWordsOfContainerd()
    {
        await using var cluster = await TestCluster.StartAsync(new ClusterSpec { Name = "test", Images = ["known:*"] });
        cluster.Create(Manifests.Pod(image: "web:2"));

        await cluster.PassAsync(0.5);
        var waiting = Waiting(cluster);
        Assert.Equal("ErrImagePull", waiting.Text("reason"));
        Assert.Equal(
            "rpc error: code = NotFound desc = failed to pull and unpack image \"docker.io/library/web:2\": failed to resolve reference \"docker.io/library/web:2\": docker.io/library/web:2: not found",
            waiting.Text("message"));
        await cluster.PassAsync(2);

        Assert.Equal("ImagePullBackOff", Waiting(cluster).Text("reason"));
        Assert.StartsWith("Back-off pulling image \"web:2\": ErrImagePull: rpc error:", Waiting(cluster).Text("message"), StringComparison.Ordinal);
        var events = cluster.EventsOf("one");
        Assert.Contains(("Failed", "Error: ErrImagePull"), events);
        Assert.Contains(("Failed", "Error: ImagePullBackOff"), events);
        Assert.Contains(("BackOff", "Back-off pulling image \"web:2\""), events);
        Assert.Contains("containers with unready status: [main]", cluster.Get("pods", "one").Condition("Ready")!.Text("message"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("web:1", "web:1", true)]
    [InlineData("web:*", "web:2", true)]
    [InlineData("web:*", "other:2", false)]
    [InlineData("web", "web", true)]
    [InlineData("web", "web:latest", true)]
    [InlineData("web", "web:1", false)]
    [InlineData("web:1", "docker.io/library/web:1", true)]
    [InlineData("docker.io/library/web:1", "web:1", true)]
    [InlineData("registry.local:5000/team/*", "registry.local:5000/team/web:7", true)]
    [InlineData("registry.local:5000/team/*", "team/web:7", false)]
    [InlineData("*", "anything/at.all:x", true)]
    public async Task TheCatalogue_DecidesWhichImagesThereAre(string pattern, string image, bool exists)
    {
        await using var cluster = await TestCluster.StartAsync(new ClusterSpec { Name = "test", Images = [pattern] });
        cluster.Create(Manifests.Pod(image: image));

        await cluster.PassAsync(5);

        Assert.Equal(exists ? "Running" : "ImagePullBackOff", Status(cluster));
    }

    [Fact]
    public async Task AnInvalidImageName_IsRefusedBeforeAnyPull()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Create(Manifests.Pod(image: "Web:UP per"));

        await cluster.PassAsync(2);

        Assert.Equal("InvalidImageName", Status(cluster));
    }

    [Fact]
    public async Task PullPolicyNever_NeedsTheImageOnTheNode()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Create(Manifests.Pod(container: "imagePullPolicy: Never"));
        await cluster.PassAsync(2);

        Assert.Equal("ErrImageNeverPull", Status(cluster));
    }

    [Fact]
    public async Task ASecondPodOfTheImage_NeedsNoPull()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Create(Manifests.Pod("first"));
        await cluster.PassAsync(2);
        cluster.Create(Manifests.Pod("second"));
        await cluster.PassAsync(2);

        Assert.Contains(("Pulled", "Container image \"web:1\" already present on machine"), cluster.EventsOf("second"));
    }

    [Fact]
    public async Task ACrashingContainer_IsRestartedAtOnceAndThenWithGrowingWaits()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Create(Manifests.Pod(annotations: "{simulator.foginfra.dev/exit-after-seconds: '1', simulator.foginfra.dev/exit-code: '3'}"));

        await cluster.PassAsync(4);
        var container = cluster.Get("pods", "one").Maps("status", "containerStatuses").Single();
        Assert.Equal("CrashLoopBackOff", Status(cluster));
        Assert.Equal(1, container.Long("restartCount"));
        Assert.Equal((3L, "Error"), (container.Long("lastState", "terminated", "exitCode"), container.Text("lastState", "terminated", "reason")));
        Assert.StartsWith("back-off 10s restarting failed container=main pod=one_default(", container.Text("state", "waiting", "message"), StringComparison.Ordinal);
        await cluster.PassAsync(60);

        container = cluster.Get("pods", "one").Maps("status", "containerStatuses").Single();
        Assert.Equal(3, container.Long("restartCount"));
        Assert.StartsWith("back-off 40s", container.Text("state", "waiting", "message"), StringComparison.Ordinal);
        Assert.Contains(cluster.EventsOf("one"), one => one.Reason == "BackOff" && one.Message.StartsWith("Back-off restarting failed container main in pod one_default(", StringComparison.Ordinal));
    }

    [Fact]
    public async Task NeverReady_RunsButTakesNoTraffic()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Create(Manifests.Pod(annotations: "{simulator.foginfra.dev/ready: never}", container: "readinessProbe: {httpGet: {port: 80}}"));

        await cluster.PassAsync(60);

        Assert.Equal(("Running", "0/1"), (Phase(cluster), Cell(cluster, "Ready")));
        Assert.False(cluster.Get("pods", "one").IsTrue("Ready"));
        Assert.Contains(("Unhealthy", "Readiness probe failed: HTTP probe failed with statuscode: 503"), cluster.EventsOf("one"));
    }

    [Fact]
    public async Task ASlowStart_DelaysReadinessByThatMuch()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Create(Manifests.Pod(annotations: "{simulator.foginfra.dev/start-seconds: '20'}"));

        await cluster.PassAsync(19);
        Assert.False(cluster.Get("pods", "one").IsTrue("Ready"));
        await cluster.PassAsync(3);

        Assert.True(cluster.Get("pods", "one").IsTrue("Ready"));
    }

    [Fact]
    public async Task AReadinessProbe_IsAskedFirstAfterItsInitialDelay()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Create(Manifests.Pod(container: "readinessProbe: {initialDelaySeconds: 8, tcpSocket: {port: 80}}"));

        await cluster.PassAsync(7);
        Assert.False(cluster.Get("pods", "one").IsTrue("Ready"));
        await cluster.PassAsync(3);

        Assert.True(cluster.Get("pods", "one").IsTrue("Ready"));
    }

    [Fact]
    public async Task BehaviourOfOneContainer_LeavesTheOthersAlone()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Create("""
            apiVersion: v1
            kind: Pod
            metadata: {name: one, annotations: {simulator.foginfra.dev/ready.side: never}}
            spec:
              containers:
              - {name: main, image: "web:1"}
              - {name: side, image: "side:1"}
            """);

        await cluster.PassAsync(5);

        Assert.Equal("1/2", Cell(cluster, "Ready"));
    }

    [Fact]
    public async Task InitContainers_RunOneAfterAnotherBeforeTheOthers()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Create("""
            apiVersion: v1
            kind: Pod
            metadata: {name: one}
            spec:
              initContainers:
              - {name: first, image: "init:1"}
              - {name: second, image: "init:1"}
              containers:
              - {name: main, image: "web:1"}
            """);
        var seen = new List<string>();
        for (var i = 0; i < 60; i++)
        {
            await cluster.PassAsync(0.1);
            if (seen.Count == 0 || seen[^1] != Status(cluster)) seen.Add(Status(cluster));
        }

        Assert.Equal(["Init:0/2", "Init:1/2", "PodInitializing", "Running"], seen);
        Assert.All(cluster.Get("pods", "one").Maps("status", "initContainerStatuses"), status => Assert.Equal("Completed", status.Text("state", "terminated", "reason")));
    }

    [Fact]
    public async Task AConfigMapThatIsMissing_IsWaitedForAndNamed()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Create(Manifests.Pod(spec: "volumes: [{name: settings, configMap: {name: app}}]"));
        await cluster.PassAsync(1);
        Assert.Equal("Pending", Phase(cluster));
        Assert.Contains(("FailedMount", "MountVolume.SetUp failed for volume \"settings\" : configmap \"app\" not found"), cluster.EventsOf("one"));

        cluster.Create("{apiVersion: v1, kind: ConfigMap, metadata: {name: app}}");
        await cluster.PassAsync(2);

        Assert.Equal("Running", Phase(cluster));
    }

    [Theory]
    [InlineData("envFrom: [{secretRef: {name: keys}}]", "secret \"keys\" not found")]
    [InlineData("env: [{name: A, valueFrom: {configMapKeyRef: {name: kube-root-ca.crt, key: nope}}}]", "couldn't find key nope in ConfigMap default/kube-root-ca.crt")]
    public async Task AnEnvironmentThatCannotBeMade_IsAConfigError(string container, string message)
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Create(Manifests.Pod(container: container));

        await cluster.PassAsync(2);

        Assert.Equal("CreateContainerConfigError", Status(cluster));
        Assert.Equal(message, Waiting(cluster).Text("message"));
    }

    [Fact]
    public async Task ADeletedPod_GetsItsTimeToEnd()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Create(Manifests.Pod(annotations: "{simulator.foginfra.dev/stop-seconds: '5'}"));
        await cluster.PassAsync(3);

        cluster.Delete("pods", "one");
        await cluster.PassAsync(4);
        Assert.Equal("Terminating", Status(cluster));
        Assert.Equal(30, cluster.Get("pods", "one").Long("metadata", "deletionGracePeriodSeconds"));
        await cluster.PassAsync(2);

        Assert.Null(cluster.Find("pods", "one"));
        Assert.Contains(("Killing", "Stopping container main"), cluster.EventsOf("one"));
    }

    [Fact]
    public async Task APodThatDoesNotEnd_IsEndedWhenItsTimeIsUp()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Create(Manifests.Pod(annotations: "{simulator.foginfra.dev/stop-seconds: '1000'}", spec: "terminationGracePeriodSeconds: 10"));
        await cluster.PassAsync(3);

        cluster.Delete("pods", "one");
        await cluster.PassAsync(9);
        Assert.NotNull(cluster.Find("pods", "one"));
        await cluster.PassAsync(2);

        Assert.Null(cluster.Find("pods", "one"));
    }

    [Theory]
    [InlineData("Never", "0", "Succeeded", "Completed")]
    [InlineData("Never", "2", "Failed", "Error")]
    [InlineData("OnFailure", "0", "Succeeded", "Completed")]
    public async Task APodThatEnds_KeepsItsOutcome(string policy, string code, string phase, string status)
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Create(Manifests.Pod(annotations: $"{{simulator.foginfra.dev/exit-code: '{code}'}}", spec: $"restartPolicy: {policy}"));

        await cluster.PassAsync(5);

        Assert.Equal((phase, status), (Phase(cluster), Status(cluster)));
    }

    [Fact]
    public async Task RunningPods_RunOnAfterARestartOfTheSimulator()
    {
        await using var before = await TestCluster.StartAsync();
        before.Create(Manifests.Pod("one", annotations: "{simulator.foginfra.dev/exit-after-seconds: '1'}"));
        before.Create(Manifests.Pod("two"));
        await before.PassAsync(4);
        var (resources, revision) = before.Cluster.Store.ReadAll();
        var id = before.Get("pods", "two").Maps("status", "containerStatuses").Single().Text("containerID");

        await using var after = await TestCluster.StartAsync(before.Cluster.Spec, new ObjectStore(revision, resources.SelectMany(objects => objects.All)));
        await after.PassAsync(1);

        Assert.Equal(id, after.Get("pods", "two").Maps("status", "containerStatuses").Single().Text("containerID"));
        Assert.True(after.Get("pods", "two").IsTrue("Ready"));
        Assert.Equal(1, after.Get("pods", "one").Maps("status", "containerStatuses").Single().Long("restartCount"));
    }

    private static string? Phase(TestCluster cluster) => cluster.Get("pods", "one").Text("status", "phase");

    private static string Status(TestCluster cluster) => PodColumns.Status(cluster.Get("pods", "one"));

    private static string? Cell(TestCluster cluster, string column) =>
        PodColumns.All.Single(one => one.Name == column).Cell(new CellContext(cluster.Get("pods", "one"), cluster.Time.GetUtcNow())).AsText;

    private static JsonMap Waiting(TestCluster cluster) => cluster.Get("pods", "one").Maps("status", "containerStatuses").Single().Map("state", "waiting");
}
