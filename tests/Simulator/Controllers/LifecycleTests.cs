using FogInfra.Embedded.Simulator.Objects;
using FogInfra.Embedded.Simulator.Values;
using FogInfra.Tests.Support;

namespace FogInfra.Tests.Controllers;

public sealed class LifecycleTests
{
    [Fact]
    public async Task ANamespace_IsFurnished()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Create("{apiVersion: v1, kind: Namespace, metadata: {name: demo}}");

        await cluster.SettleAsync();

        Assert.Equal(("Active", "demo"), (cluster.Get("namespaces", "demo").Text("status", "phase"), cluster.Get("namespaces", "demo").Labels.Text("kubernetes.io/metadata.name")));
        Assert.NotNull(cluster.Find("serviceaccounts", "default", "demo"));
        Assert.NotNull(cluster.Find("configmaps", "kube-root-ca.crt", "demo"));
    }

    [Fact]
    public async Task ADeletedNamespace_GoesWhenItsLastObjectIsGone()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Create("{apiVersion: v1, kind: Namespace, metadata: {name: demo}}");
        await cluster.SettleAsync();
        cluster.Create("{apiVersion: v1, kind: ConfigMap, metadata: {name: held, namespace: demo, finalizers: [example.com/hold]}}");
        cluster.Create("{apiVersion: v1, kind: ConfigMap, metadata: {name: free, namespace: demo}}");

        cluster.Delete("namespaces", "demo");
        await cluster.PassAsync(1);
        var space = cluster.Get("namespaces", "demo");
        Assert.Equal("Terminating", space.Text("status", "phase"));
        Assert.Equal(["held"], cluster.List("configmaps", "demo").Select(map => map.Name));
        Assert.Equal("Some resources are remaining: configmaps. has 1 resource instances", space.Condition("NamespaceContentRemaining")!.Text("message"));
        Assert.Equal("Some content in the namespace has finalizers remaining: example.com/hold in 1 resource instances", space.Condition("NamespaceFinalizersRemaining")!.Text("message"));
        var refusal = TestCluster.Refused(() => cluster.Create("{apiVersion: v1, kind: ConfigMap, metadata: {name: late, namespace: demo}}"));
        Assert.Equal("configmaps \"late\" is forbidden: unable to create new content in namespace demo because it is being terminated", refusal.Message);

        cluster.Update("configmaps", "held", current => current.Remove("metadata", "finalizers"), "demo");
        await cluster.PassAsync(1);

        Assert.Null(cluster.Find("namespaces", "demo"));
        Assert.Null(cluster.Find("configmaps", "held", "demo"));
    }

    [Fact]
    public async Task AFinalizer_KeepsADeletedObjectUntilItIsTakenAway()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Create("{apiVersion: v1, kind: ConfigMap, metadata: {name: c, finalizers: [example.com/hold]}}");

        cluster.Delete("configmaps", "c");
        Assert.True(cluster.Get("configmaps", "c").IsDeleting);
        var refusal = TestCluster.Refused(() => cluster.Update("configmaps", "c", current => current.Set(JsonList.FromTexts(["example.com/hold", "example.com/more"]), "metadata", "finalizers")));
        Assert.Contains("metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted", refusal.Message, StringComparison.Ordinal);
        cluster.Update("configmaps", "c", current => current.Remove("metadata", "finalizers"));

        Assert.Null(cluster.Find("configmaps", "c"));
    }

    [Theory]
    [InlineData("Background", true)]
    [InlineData("Foreground", true)]
    [InlineData("Orphan", false)]
    public async Task Dependents_FollowTheirOwnerAsTheDeletionSays(string propagation, bool goes)
    {
        await using var cluster = await TestCluster.StartAsync();
        var owner = cluster.Create("{apiVersion: v1, kind: ConfigMap, metadata: {name: owner}}");
        var child = cluster.Create(Owned("child", owner));
        cluster.Create(Owned("grandchild", child));
        await cluster.SettleAsync();

        cluster.Delete("configmaps", "owner", propagation: Enum.Parse<Propagation>(propagation));
        await cluster.PassAsync(1);

        Assert.Null(cluster.Find("configmaps", "owner"));
        Assert.Equal(goes, cluster.Find("configmaps", "child") is null);
        Assert.Equal(goes, cluster.Find("configmaps", "grandchild") is null);
        if (!goes) Assert.Empty(cluster.Get("configmaps", "child").OwnerReferences);
    }

    [Fact]
    public async Task ForegroundDeletion_WaitsForADependentThatIsHeld()
    {
        await using var cluster = await TestCluster.StartAsync();
        var owner = cluster.Create("{apiVersion: v1, kind: ConfigMap, metadata: {name: owner}}");
        cluster.Create(Owned("child", owner, "finalizers: [example.com/hold]"));
        await cluster.SettleAsync();

        cluster.Delete("configmaps", "owner", propagation: Propagation.Foreground);
        await cluster.PassAsync(1);
        Assert.True(cluster.Get("configmaps", "owner").IsDeleting);
        Assert.True(cluster.Get("configmaps", "child").IsDeleting);
        cluster.Update("configmaps", "child", current => current.Remove("metadata", "finalizers"));
        await cluster.PassAsync(1);

        Assert.Null(cluster.Find("configmaps", "owner"));
    }

    [Fact]
    public async Task AnObjectOfTwoOwners_StaysWhileOneIsThere()
    {
        await using var cluster = await TestCluster.StartAsync();
        var (first, second) = (cluster.Create("{apiVersion: v1, kind: ConfigMap, metadata: {name: first}}"), cluster.Create("{apiVersion: v1, kind: ConfigMap, metadata: {name: second}}"));
        cluster.Create($"{{apiVersion: v1, kind: ConfigMap, metadata: {{name: child, ownerReferences: [{Reference(first)}, {Reference(second)}]}}}}");
        await cluster.SettleAsync();

        cluster.Delete("configmaps", "first");
        await cluster.PassAsync(1);

        Assert.Equal(["second"], cluster.Get("configmaps", "child").OwnerReferences.Select(reference => reference.Text("name")));
    }

    [Fact]
    public async Task AnOwnerThatIsNotThere_TakesItsDependentWithIt()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Create("{apiVersion: v1, kind: ConfigMap, metadata: {name: child, ownerReferences: [{apiVersion: v1, kind: ConfigMap, name: nobody, uid: x}]}}");

        await cluster.PassAsync(1);

        Assert.Null(cluster.Find("configmaps", "child"));
    }

    [Fact]
    public async Task Events_AreForgottenAfterAnHour()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Create(Manifests.Pod());
        await cluster.PassAsync(5);
        Assert.NotEmpty(cluster.EventsOf("one"));

        await cluster.PassAsync(3700);

        Assert.Empty(cluster.EventsOf("one"));
    }

    [Fact]
    public async Task AQuota_StopsWhatIsTooMuchAndTellsWhatIsUsed()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Create("{apiVersion: v1, kind: ResourceQuota, metadata: {name: q}, spec: {hard: {requests.cpu: '1', pods: '5'}}}");
        cluster.Create(Manifests.Deployment(replicas: 3).Replace("ports: [{containerPort: 80}]", "resources: {requests: {cpu: 400m}}", StringComparison.Ordinal));

        await cluster.PassAsync(3);

        var used = cluster.Get("resourcequotas", "q").Map("status", "used");
        Assert.Equal(("800m", "2"), (used.Text("requests.cpu"), used.Text("pods")));
        var failure = cluster.Get("deployments", "web").Condition("ReplicaFailure")!;
        Assert.Equal(("True", "FailedCreate"), (failure.Text("status"), failure.Text("reason")));
        Assert.Matches("^pods \"web-[a-z0-9]+-[a-z0-9]+\" is forbidden: exceeded quota: q, requested: requests.cpu=400m, used: requests.cpu=800m, limited: requests.cpu=1$", failure.Text("message"));
        var refusal = TestCluster.Refused(() => cluster.Create(Manifests.Pod()));
        Assert.Equal("pods \"one\" is forbidden: failed quota: q: must specify requests.cpu for: main", refusal.Message);
    }

    [Fact]
    public async Task ADisruptionBudget_CountsWhatMayGo()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Create("{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: web}, spec: {minAvailable: 50%, selector: {matchLabels: {app: web}}}}");
        cluster.Create(Manifests.Deployment(replicas: 4));

        await cluster.PassAsync(5);

        var status = cluster.Get("poddisruptionbudgets", "web").Map("status");
        Assert.Equal((2L, 4L, 2L, 4L), (status.Long("disruptionsAllowed"), status.Long("currentHealthy"), status.Long("desiredHealthy"), status.Long("expectedPods")));
        Assert.True(cluster.Get("poddisruptionbudgets", "web").IsTrue("DisruptionAllowed"));
    }

    private static string Owned(string name, JsonMap owner, string extra = "") =>
        $"{{apiVersion: v1, kind: ConfigMap, metadata: {{name: {name}, ownerReferences: [{Reference(owner)}]{(extra.Length == 0 ? "" : ", " + extra)}}}}}";

    private static string Reference(JsonMap owner) => $"{{apiVersion: v1, kind: ConfigMap, name: {owner.Name}, uid: {owner.Uid}, blockOwnerDeletion: true}}";
}
