using System.Text;
using FogInfra.Embedded.Kubernetes.Client;
using FogInfra.Embedded.Provider;
using FogInfra.Tests.Kubernetes.Support;

namespace FogInfra.Tests.Kubernetes.Behaviours;

/// <summary>Deleting: what is deleted is gone when the delete ends, with what it owned, or it is said what holds it.</summary>
public sealed class DeletionTests(TestCluster cluster) : IClassFixture<TestCluster>
{
    private const string ConfigMap = "kubernetes:core/v1:ConfigMap";
    private const string Held = """{"metadata":{"name":"c","finalizers":["example.com/guard"]}}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Deployment_IsDeletedWithItsPods()
    {
        var (driver, space, _) = await cluster.ConnectAsync(Token);
        var created = await driver.CreateAsync("kubernetes:apps/v1:Deployment", "web", Web("{}"), Token);
        await driver.DeleteAsync(created, Token);
        Assert.Empty((await ListAsync("v1", "Pod", space)).Items);
        Assert.Empty((await ListAsync("apps/v1", "ReplicaSet", space)).Items);
    }

    [Fact]
    public async Task Deployment_ToLeaveWhatItOwns_LeavesItsReplicaSet()
    {
        var (driver, space, _) = await cluster.ConnectAsync(Token);
        var created = await driver.CreateAsync("kubernetes:apps/v1:Deployment", "web", Web("""{"pulumi.com/deletionPropagationPolicy":"orphan"}"""), Token);
        await driver.DeleteAsync(created, Token);
        Assert.Single((await ListAsync("apps/v1", "ReplicaSet", space)).Items);
    }

    [Fact]
    public async Task ObjectHeldByAFinalizer_IsWaitedForAndTheFinalizerNamed()
    {
        var (driver, space, host) = await cluster.ConnectAsync(Token);
        var created = await driver.CreateAsync(ConfigMap, "c", Held, Token);
        var deleting = driver.DeleteAsync(created, Token);
        while (!host.Statuses.Any(status => status.Contains("example.com/guard", StringComparison.Ordinal)))
        {
            await Task.Delay(10, Token);
        }

        Assert.False(deleting.IsCompleted);
        await LetGoAsync(space);
        await deleting;
        Assert.Null(await driver.RefreshAsync(created, Token));
    }

    [Fact]
    public async Task ObjectHeldTooLong_IsAnErrorThatNamesTheFinalizer()
    {
        var (driver, space, _) = await cluster.ConnectAsync(Token);
        var created = await driver.CreateAsync(ConfigMap, "c", Held, Token);
        var error = await Assert.ThrowsAsync<ProviderException>(() => driver.DeleteAsync(created, Token, TimeSpan.FromMilliseconds(500)));
        Assert.Contains("example.com/guard", error.Message);
        await LetGoAsync(space);
    }

    [Fact]
    public async Task Namespace_IsWaitedForUntilAllThatIsInItIsGone()
    {
        var (driver, space, host) = await cluster.ConnectAsync(Token);
        var inner = await driver.CreateAsync("kubernetes:core/v1:Namespace", "inner", $$"""{"metadata":{"name":"{{space}}-inner"} }""", Token);
        await driver.CreateAsync(ConfigMap, "c", $$"""{"metadata":{"name":"c","namespace":"{{space}}-inner","finalizers":["example.com/guard"]} }""", Token);
        var deleting = driver.DeleteAsync(inner, Token);
        while (!host.Statuses.Any(status => status.Contains("example.com/guard", StringComparison.Ordinal)))
        {
            await Task.Delay(10, Token); // The namespace's controller names it.
        }

        await LetGoAsync($"{space}-inner");
        await deleting;
        Assert.Null(await driver.RefreshAsync(inner, Token));
    }

    [Fact]
    public async Task ObjectThatIsGoneAlready_IsDeletedWithoutAnError()
    {
        var (driver, _, _) = await cluster.ConnectAsync(Token);
        var created = await driver.CreateAsync(ConfigMap, "c", """{"metadata":{"name":"c"}}""", Token);
        await driver.DeleteAsync(created, Token);
        await driver.DeleteAsync(created, Token);
    }

    [Fact]
    public async Task NewObjectInTheNameOfOneThatIsStillEnding_WaitsForItsEnd()
    {
        var (driver, space, host) = await cluster.ConnectAsync(Token);
        var created = await driver.CreateAsync(ConfigMap, "c", Held, Token);
        using var somebody = cluster.Somebody();
        await somebody.DeleteAsync(ResourceCatalog.KnownResource("v1", "ConfigMap")!, space, "c", DeletionPropagation.Background, Token);
        var creating = driver.CreateAsync(ConfigMap, "c", """{"metadata":{"name":"c"},"data":{"new":"yes"}}""", Token);
        while (!host.Statuses.Any(status => status.Contains("until the old object is gone", StringComparison.Ordinal)))
        {
            await Task.Delay(10, Token);
        }

        await LetGoAsync(space);
        Assert.Equal("yes", (await creating).Outputs.GetMap("data")!.GetText("new"));
        Assert.Equal(created.Id, (await creating).Id);
    }

    private async Task LetGoAsync(string space)
    {
        using var somebody = cluster.Somebody();
        var patch = Encoding.UTF8.GetBytes("""[{"op":"remove","path":"/metadata/finalizers"}]""");
        await somebody.JsonPatchAsync(ResourceCatalog.KnownResource("v1", "ConfigMap")!, space, "c", patch, new WriteOptions("guard"), Token);
    }

    private async Task<ObjectList> ListAsync(string apiVersion, string kind, string space)
    {
        using var somebody = cluster.Somebody();
        return await somebody.ListAsync(ResourceCatalog.KnownResource(apiVersion, kind)!, space, ObjectSelection.All, Token);
    }

    private static string Web(string annotations) => $$"""
        {"metadata":{"name":"web","annotations":{{annotations}} },"spec":{"replicas":2,"selector":{"matchLabels":{"app":"web"} },
         "template":{"metadata":{"labels":{"app":"web"} },"spec":{"terminationGracePeriodSeconds":1,"containers":[{"name":"web","image":"web:1"}]} } } }
        """;
}
