using FogInfra.Embedded.Kubernetes.Client;
using FogInfra.Embedded.Provider;
using FogInfra.Tests.Kubernetes.Support;

namespace FogInfra.Tests.Kubernetes.Behaviours;

/// <summary>Workloads that become ready, and workloads that cannot: those are told at once, with the cause.</summary>
public sealed class RolloutTests(TestCluster cluster) : IClassFixture<TestCluster>
{
    private const string Deployment = "kubernetes:apps/v1:Deployment";
    private const string Nowhere = ",\"nodeSelector\":{\"layer\":\"moon\"}";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Deployment_TellsWhatItWaitsForAndEndsWithItsPodsAvailable()
    {
        var (driver, _, host) = await cluster.ConnectAsync(Token);
        var created = await driver.CreateAsync(Deployment, "web", Web("web:1", replicas: 3), Token);
        Assert.Equal(3, Json.Object(Json.Text(created.Outputs)).Number("status", "availableReplicas"));
        Assert.Contains(host.Statuses, status => status.Contains("of 3 pods"));
    }

    [Fact]
    public async Task Deployment_NoNodeThatItsPodsSelect_SaysWhy()
    {
        var (driver, _, _) = await cluster.ConnectAsync(Token);
        var error = await FailsAsync(driver.CreateAsync(Deployment, "web", Web("web:1", pod: Nowhere), Token));
        Assert.Matches("^pod web-[^:]+: Unschedulable: 0/2 nodes are available", error.Reasons.Single());
    }

    [Fact]
    public async Task Deployment_RequestThatNoNodeHas_NamesWhatIsMissing()
    {
        var (driver, _, _) = await cluster.ConnectAsync(Token);
        var error = await FailsAsync(driver.CreateAsync(Deployment, "web", Web("web:1", container: ",\"resources\":{\"requests\":{\"cpu\":\"900\"}}"), Token));
        Assert.Contains("Insufficient cpu", error.Reasons.Single());
    }

    [Fact]
    public async Task Deployment_UpdateThatNoNodeTakes_IsToldAndTheVersionBeforePutsItRight()
    {
        var (driver, _, _) = await cluster.ConnectAsync(Token);
        var created = await driver.CreateAsync(Deployment, "web", Web("web:1"), Token);
        var error = await FailsAsync(driver.UpAsync(created, Web("web:2", pod: Nowhere), Token));
        Assert.Contains("Unschedulable", error.Message);
        var failed = created with { Outputs = error.Outputs, Inputs = error.Outputs.GetMap("__inputs")! };
        var (restored, _) = await driver.UpAsync(failed, Web("web:1"), Token);
        Assert.Equal(1, Json.Object(Json.Text(restored.Outputs)).Number("status", "availableReplicas"));
    }

    [Fact]
    public async Task Deployment_QuotaThatIsUsedUp_IsNamed()
    {
        var (driver, _, _) = await cluster.ConnectAsync(Token);
        await driver.CreateAsync("kubernetes:core/v1:ResourceQuota", "few", """{"metadata":{"name":"few"},"spec":{"hard":{"pods":"1"}}}""", Token);
        var error = await FailsAsync(driver.CreateAsync(Deployment, "web", Web("web:1", replicas: 2), Token));
        Assert.Contains("exceeded quota: few", string.Join('\n', error.Reasons));
    }

    [Fact]
    public async Task StatefulSet_NoNodeForItsPods_NamesThePod()
    {
        var (driver, _, _) = await cluster.ConnectAsync(Token);
        var error = await FailsAsync(driver.CreateAsync("kubernetes:apps/v1:StatefulSet", "db", $$$"""
            {"metadata":{"name":"db"},"spec":{"serviceName":"db","selector":{"matchLabels":{"app":"db"} },"template":{"metadata":{"labels":{"app":"db"} },
             "spec":{"containers":[{"name":"db","image":"web:1"}]{{{Nowhere}}} } } } }
            """, Token));
        Assert.StartsWith("pod db-0: Unschedulable: ", error.Reasons.Single());
    }

    [Fact]
    public async Task Pod_NoNodeForIt_SaysWhy()
    {
        var (driver, _, _) = await cluster.ConnectAsync(Token);
        var error = await FailsAsync(driver.CreateAsync(
            "kubernetes:core/v1:Pod", "p", $$$"""{"metadata":{"name":"p"},"spec":{"containers":[{"name":"c","image":"web:1"}]{{{Nowhere}}} } }""", Token));
        Assert.StartsWith("pod p: Unschedulable: ", error.Reasons.Single());
    }

    [Fact]
    public async Task Job_NoNodeForItsPods_SaysWhy()
    {
        var (driver, _, _) = await cluster.ConnectAsync(Token);
        var error = await FailsAsync(driver.CreateAsync("kubernetes:batch/v1:Job", "j", $$$"""
            {"metadata":{"name":"j"},"spec":{"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"c","image":"web:1"}]{{{Nowhere}}} } } } }
            """, Token));
        Assert.Matches("^pod j-[^:]+: Unschedulable: ", error.Reasons.Single());
    }

    [Fact]
    public async Task DaemonSet_RunsOnEveryNode()
    {
        var (driver, _, _) = await cluster.ConnectAsync(Token);
        var created = await driver.CreateAsync("kubernetes:apps/v1:DaemonSet", "agent", """
            {"metadata":{"name":"agent"},"spec":{"selector":{"matchLabels":{"app":"agent"}},"template":{"metadata":{"labels":{"app":"agent"}},
             "spec":{"containers":[{"name":"agent","image":"web:1"}]}}}}
            """, Token);
        Assert.Equal(2, Json.Object(Json.Text(created.Outputs)).Number("status", "numberAvailable"));
    }

    [Fact]
    public async Task Deployment_SkipAwait_IsNotWaitedFor()
    {
        var (driver, _, _) = await cluster.ConnectAsync(Token);
        var created = await driver.CreateAsync(Deployment, "web", Web("web:1", pod: Nowhere, own: """{"pulumi.com/skipAwait":"true"}"""), Token);
        Assert.NotNull(await driver.RefreshAsync(created, Token));
    }

    [Fact]
    public async Task Deployment_WaitFor_WaitsForThatInstead()
    {
        var (driver, _, host) = await cluster.ConnectAsync(Token);
        await driver.CreateAsync(Deployment, "web", Web("web:1", pod: Nowhere, own: """{"pulumi.com/waitFor":"jsonpath={.status.observedGeneration}"}"""), Token);
        Assert.DoesNotContain(host.All, text => text.Contains("Unschedulable"));
    }

    [Fact]
    public async Task Deployment_ScaledToNothing_IsReadyWithoutPods()
    {
        var (driver, space, _) = await cluster.ConnectAsync(Token);
        var created = await driver.CreateAsync(Deployment, "web", Web("web:1"), Token);
        await driver.UpAsync(created, Web("web:1", replicas: 0), Token);
        using var somebody = cluster.Somebody();
        var pods = await somebody.ListAsync(ResourceCatalog.KnownResource("v1", "Pod")!, space, ObjectSelection.All, Token);
        Assert.All(pods.Items, pod => Assert.True(pod.IsDeleting));
    }

    [Fact]
    public async Task Service_WithReadyPods_LeadsToThemWhenItIsCreated()
    {
        var (driver, space, _) = await cluster.ConnectAsync(Token);
        await driver.CreateAsync(Deployment, "web", Web("web:1"), Token);
        await driver.CreateAsync("kubernetes:core/v1:Service", "web", """{"metadata":{"name":"web"},"spec":{"selector":{"app":"web"},"ports":[{"port":80}]}}""", Token);
        using var somebody = cluster.Somebody();
        var endpoints = await somebody.GetAsync(ResourceCatalog.KnownResource("v1", "Endpoints")!, space, "web", Token);
        Assert.Single(endpoints.Items("subsets"));
    }

    [Fact]
    public async Task Claim_OfAClassThatBindsOnFirstUse_IsReadyAtOnce()
    {
        var (driver, space, _) = await cluster.ConnectAsync(Token);
        await driver.CreateAsync("kubernetes:storage.k8s.io/v1:StorageClass", "late", $$"""{"metadata":{"name":"late-{{space}}"},"provisioner":"example.com/none","volumeBindingMode":"WaitForFirstConsumer"}""", Token);
        var created = await driver.CreateAsync("kubernetes:core/v1:PersistentVolumeClaim", "c", Claim($"late-{space}"), Token);
        Assert.Equal("Pending", Json.Object(Json.Text(created.Outputs)).Text("status", "phase"));
    }

    [Fact]
    public async Task Claim_WithAVolumeMadeForIt_IsWaitedForUntilItIsBound()
    {
        var (driver, space, _) = await cluster.ConnectAsync(Token);
        await driver.CreateAsync("kubernetes:core/v1:PersistentVolume", "v", $$"""
            {"metadata":{"name":"v-{{space}}"},"spec":{"capacity":{"storage":"1Gi"},"accessModes":["ReadWriteOnce"],"storageClassName":"{{space}}","hostPath":{"path":"/tmp/x"} } }
            """, Token);
        var created = await driver.CreateAsync("kubernetes:core/v1:PersistentVolumeClaim", "c", Claim(space), Token);
        Assert.Equal("Bound", Json.Object(Json.Text(created.Outputs)).Text("status", "phase"));
    }

    [Fact]
    public async Task Claim_OfAClassThatDoesNotExist_SaysSo()
    {
        var (driver, space, _) = await cluster.ConnectAsync(Token);
        var error = await FailsAsync(driver.CreateAsync("kubernetes:core/v1:PersistentVolumeClaim", "c", Claim($"none-{space}"), Token, TimeSpan.FromSeconds(2)));
        Assert.Contains($"none-{space}", error.Message);
    }

    private static async Task<ResourceInitException> FailsAsync(Task operation) => await Assert.ThrowsAsync<ResourceInitException>(() => operation);

    private static string Claim(string storageClass) =>
        $$"""{"metadata":{"name":"c"},"spec":{"storageClassName":"{{storageClass}}","accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1Gi"} } } }""";

    private static string Web(string image, int replicas = 1, string pod = "", string container = "", string own = "{}") => $$"""
        {"metadata":{"name":"web","annotations":{{own}} },"spec":{"replicas":{{replicas}},"selector":{"matchLabels":{"app":"web"} },
         "template":{"metadata":{"labels":{"app":"web"} },"spec":{"terminationGracePeriodSeconds":1,"containers":[{"name":"web","image":"{{image}}"{{container}} }]{{pod}} } } } }
        """;
}
