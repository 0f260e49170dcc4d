using FogInfra.Embedded.Simulator.Values;
using FogInfra.Tests.Support;

namespace FogInfra.Tests.Controllers;

public sealed class StatefulSetTests
{
    [Fact]
    public async Task Pods_AreMadeOneAfterAnotherEachWithItsClaim()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Create(Manifest(replicas: 3, claims: true));
        var most = 0;
        for (var i = 0; i < 100; i++)
        {
            await cluster.PassAsync(0.1);
            most = Math.Max(most, cluster.List("pods").Count(pod => !pod.IsTrue("Ready")));
        }

        Assert.Equal(1, most);
        Assert.Equal(["db-0", "db-1", "db-2"], cluster.List("pods").Select(pod => pod.Name));
        Assert.Equal(["data-db-0", "data-db-1", "data-db-2"], cluster.List("persistentvolumeclaims").Select(claim => claim.Name));
        Assert.All(cluster.List("persistentvolumeclaims"), claim => Assert.Equal("Bound", claim.Text("status", "phase")));
        var pod = cluster.Get("pods", "db-1");
        Assert.Equal(("db-1", "db", "1"), (pod.Text("spec", "hostname"), pod.Text("spec", "subdomain"), pod.Labels.Text("apps.kubernetes.io/pod-index")));
        Assert.Equal("data-db-1", pod.Maps("spec", "volumes").First(volume => volume.Text("name") == "data").Text("persistentVolumeClaim", "claimName"));
        var status = cluster.Get("statefulsets", "db").Map("status");
        Assert.Equal((3L, 3L, 3L, 3L), (status.Long("replicas"), status.Long("readyReplicas"), status.Long("currentReplicas"), status.Long("updatedReplicas")));
        Assert.Equal(status.Text("currentRevision"), status.Text("updateRevision"));
    }

    [Fact]
    public async Task Parallel_MakesAllAtOnce()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Create(Manifest(replicas: 3, extra: "podManagementPolicy: Parallel"));

        await cluster.SettleAsync();

        Assert.Equal(3, cluster.List("pods").Count);
    }

    [Fact]
    public async Task ANewTemplate_ReplacesPodsFromTheLastToTheFirst()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Create(Manifest(replicas: 3));
        await cluster.PassAsync(10);
        var order = new List<string>();

        SetImage(cluster, "db:2");
        for (var i = 0; i < 100; i++)
        {
            await cluster.PassAsync(0.1);
            foreach (var pod in cluster.List("pods").Where(pod => ImageOf(pod) == "db:2" && !order.Contains(pod.Name))) order.Add(pod.Name);
            Assert.True(cluster.List("pods").Count(pod => pod.IsTrue("Ready") && !pod.IsDeleting) >= 2);
        }

        Assert.Equal(["db-2", "db-1", "db-0"], order);
        Assert.Equal(cluster.Get("statefulsets", "db").Text("status", "currentRevision"), cluster.Get("statefulsets", "db").Text("status", "updateRevision"));
        Assert.Equal([1, 2], cluster.List("controllerrevisions").Select(revision => revision.Long("revision")!.Value).Order());
    }

    [Fact]
    public async Task APartition_KeepsTheFirstPodsAsTheyAre()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Create(Manifest(replicas: 3, extra: "updateStrategy: {rollingUpdate: {partition: 2}}"));
        await cluster.PassAsync(10);

        SetImage(cluster, "db:2");
        await cluster.PassAsync(10);
        cluster.Delete("pods", "db-0");
        await cluster.PassAsync(10);

        Assert.Equal(["db:1", "db:1", "db:2"], cluster.List("pods").Select(ImageOf));
        Assert.Equal((2L, 1L), (cluster.Get("statefulsets", "db").Long("status", "currentReplicas"), cluster.Get("statefulsets", "db").Long("status", "updatedReplicas")));
    }

    [Fact]
    public async Task ScalingDown_EndsTheLastPodsAndKeepsTheirClaims()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Create(Manifest(replicas: 3, claims: true));
        await cluster.PassAsync(10);

        cluster.Update("statefulsets", "db", current => current.Set(1, "spec", "replicas"));
        await cluster.PassAsync(5);

        Assert.Equal(["db-0"], cluster.List("pods").Select(pod => pod.Name));
        Assert.Equal(3, cluster.List("persistentvolumeclaims").Count);
    }

    [Fact]
    public async Task APodThatIsNotReady_HoldsTheNextBack()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Create(Manifest(replicas: 2, annotations: "{simulator.foginfra.dev/ready: never}"));

        await cluster.PassAsync(30);

        Assert.Equal(["db-0"], cluster.List("pods").Select(pod => pod.Name));
    }

    [Fact]
    public async Task ANewClaimTemplate_IsForbidden()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Create(Manifest(claims: true));

        var refusal = TestCluster.Refused(() => cluster.Update("statefulsets", "db", current => current.Set("other", "spec", "serviceName")));

        Assert.Contains("spec: Forbidden: updates to statefulset spec for fields other than 'replicas'", refusal.Message, StringComparison.Ordinal);
    }

    private static string? ImageOf(JsonMap pod) => pod.Maps("spec", "containers").Single().Text("image");

    private static void SetImage(TestCluster cluster, string image) => cluster.Update("statefulsets", "db",
        current => current.Set(current.List("spec", "template", "spec", "containers").ChangeMaps(container => container.With("image", image)), "spec", "template", "spec", "containers"));

    private static string Manifest(int replicas = 1, bool claims = false, string extra = "", string annotations = "{}") => $$$"""
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: db}
        spec:
          serviceName: db
          replicas: {{{replicas}}}
          {{{extra}}}
          selector: {matchLabels: {app: db}}
          template:
            metadata: {labels: {app: db}, annotations: {{{annotations}}}}
            spec:
              containers:
              - {name: db, image: "db:1"{{{(claims ? ", volumeMounts: [{name: data, mountPath: /data}]" : "")}}}}
          {{{(claims ? "volumeClaimTemplates: [{metadata: {name: data}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}]" : "")}}}
        """;
}
