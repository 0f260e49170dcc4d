using System.Text;
using FogInfra.Embedded.Kubernetes.Client;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;
using FogInfra.Tests.Kubernetes.Support;

namespace FogInfra.Tests.Kubernetes.Behaviours;

/// <summary>What others do to objects: seen by a refresh, put right by the next update, and left alone where it is theirs.</summary>
public sealed class DriftTests(TestCluster cluster) : IClassFixture<TestCluster>
{
    private const string Type = "kubernetes:apps/v1:Deployment";
    private const string Web = """
        {"metadata":{"name":"web","labels":{"a":"1","b":"2"}},"spec":{"replicas":1,"selector":{"matchLabels":{"app":"web"}},
         "template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"web","image":"web:1","env":[{"name":"A","value":"1"}]}]}}}}
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""[{"op":"replace","path":"/spec/replicas","value":2}]""", "spec.replicas:Update")]
    [InlineData("""[{"op":"replace","path":"/spec/template/spec/containers/0/image","value":"web:2"}]""", "spec.template.spec.containers[0].image:Update")]
    [InlineData("""[{"op":"remove","path":"/metadata/labels/b"}]""", "metadata.labels.b:Add")]
    [InlineData("""[{"op":"replace","path":"/spec/template/spec/containers/0/env/0/value","value":"2"}]""", "spec.template.spec.containers[0].env[0].value:Update")]
    [InlineData("""[{"op":"add","path":"/spec/template/spec/containers/0","value":{"name":"side","image":"side:1"}},{"op":"replace","path":"/metadata/labels/a","value":"9"}]""",
        "metadata.labels.a:Update")]
    public async Task ManualChange_IsShownByRefreshAndPutRight(string patch, string expected)
    {
        var (driver, space, _) = await cluster.ConnectAsync(Token);
        var created = await driver.CreateAsync(Type, "web", Web, Token);
        await PatchAsync(space, patch, "kubectl-edit");

        var refreshed = (await driver.RefreshAsync(created, Token))!;
        var (restored, diff) = await driver.UpAsync(refreshed, Web, Token);
        Assert.Equal(expected, string.Join(", ", diff.DetailedDiff!.Select(change => $"{change.Key}:{change.Value.Kind}")));

        var again = (await driver.RefreshAsync(restored, Token))!;
        Assert.Equal(DiffChanges.None, (await driver.DiffAsync(again, Web, Token)).Changes);
        Assert.Equal(created.Inputs, again.Inputs);
    }

    [Fact]
    public async Task Restart_ByKubectl_OutlivesTheNextUpdate()
    {
        var (driver, space, _) = await cluster.ConnectAsync(Token);
        var created = await driver.CreateAsync(Type, "web", Web, Token);
        await PatchAsync(space, """[{"op":"add","path":"/spec/template/metadata/annotations","value":{"kubectl.kubernetes.io/restartedAt":"now"}}]""", "kubectl-rollout");
        var (updated, _) = await driver.UpAsync(created, Web.Replace("\"b\":\"2\"", "\"c\":\"3\""), Token);
        var live = Json.Object(Json.Text(updated.Outputs));
        Assert.Equal("now", live.Text("spec", "template", "metadata", "annotations", "kubectl.kubernetes.io/restartedAt"));
        Assert.Null(live.Label("b"));
        Assert.Equal("3", live.Label("c"));
    }

    [Fact]
    public async Task ObjectDeletedBySomebody_IsGoneAfterRefresh()
    {
        var (driver, space, _) = await cluster.ConnectAsync(Token);
        var created = await driver.CreateAsync("kubernetes:core/v1:ConfigMap", "c", """{"metadata":{"name":"c"}}""", Token);
        using var somebody = cluster.Somebody();
        await somebody.DeleteAsync(ResourceCatalog.KnownResource("v1", "ConfigMap")!, space, "c", DeletionPropagation.Background, Token);
        Assert.Null(await driver.RefreshAsync(created, Token));
    }

    [Fact]
    public async Task FieldTakenByAnotherManager_IsAConflictThatNamesIt()
    {
        var (driver, space, _) = await cluster.ConnectAsync(Token);
        var created = await driver.CreateAsync(Type, "web", Web, Token);
        await ApplyAsync(space, """{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web"},"spec":{"replicas":3}}""", "autoscaler");
        var refreshed = (await driver.RefreshAsync(created, Token))!;
        var error = await Assert.ThrowsAsync<ProviderException>(() => driver.UpAsync(refreshed, Web, Token));
        Assert.Contains(".spec.replicas: conflict with \"autoscaler\"", error.Message);
    }

    [Fact]
    public async Task FieldTakenByAnotherManager_IsTakenBackWithTheAnnotation()
    {
        var (driver, space, _) = await cluster.ConnectAsync(Token);
        var created = await driver.CreateAsync(Type, "web", Web, Token);
        await ApplyAsync(space, """{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web"},"spec":{"replicas":3}}""", "autoscaler");
        var refreshed = (await driver.RefreshAsync(created, Token))!;
        var (updated, _) = await driver.UpAsync(refreshed, Web.Replace("\"name\":\"web\",\"labels\"", "\"name\":\"web\",\"annotations\":{\"pulumi.com/patchForce\":\"true\"},\"labels\""), Token);
        Assert.Equal(1, Json.Object(Json.Text(updated.Outputs)).Number("spec", "replicas"));
    }

    [Fact]
    public async Task IgnoredField_OfAnAutoscaler_IsLeftToIt()
    {
        var (driver, space, _) = await cluster.ConnectAsync(Token);
        var created = await driver.CreateAsync(Type, "web", Web, Token);
        await PatchAsync(space, """[{"op":"replace","path":"/spec/replicas","value":3}]""", "autoscaler");
        var inputs = await driver.CheckedAsync(Type, "web", ProviderDriver.Map(Web.Replace("web:1", "web:2")), created.Inputs, Token);
        var updated = await driver.Provider.UpdateAsync(
            new UpdateRequest(created.Urn, created.Id, created.Inputs, created.Outputs, inputs, null, ["spec.replicas"], Preview: false), Token);
        var live = Json.Object(Json.Text(updated.Outputs));
        Assert.Equal(3, live.Number("spec", "replicas"));
        Assert.Equal("web:2", live.At("spec", "template", "spec", "containers")[0].GetProperty("image").GetString());
    }

    [Fact]
    public async Task FieldManagerAnnotation_ChangesTheOwnerAndReleasesTheOldOne()
    {
        var (driver, _, _) = await cluster.ConnectAsync(Token);
        const string Type = "kubernetes:core/v1:ConfigMap";
        var created = await driver.CreateAsync(Type, "c", """{"metadata":{"name":"c","labels":{"a":"1"}}}""", Token);
        (created, _) = await driver.UpAsync(created, """{"metadata":{"name":"c","labels":{"a":"2"}}}""", Token);
        var (moved, _) = await driver.UpAsync(created, """{"metadata":{"name":"c","labels":{"a":"2"},"annotations":{"pulumi.com/patchFieldManager":"mine"}}}""", Token);
        Assert.Equal("mine", moved.Outputs.GetText("__fieldManager"));
        var managers = ((await driver.RefreshAsync(moved, Token))!.Outputs.GetMap("metadata")!["managedFields"] as PropertyValue.List)!.Items
            .Cast<PropertyValue.Map>().Where(entry => entry.Properties.GetText("operation") == "Apply").Select(entry => entry.Properties.GetText("manager"));
        Assert.Equal(["mine"], managers);
    }

    [Fact]
    public async Task ImportedObject_OfKubectl_IsManagedFromThenOn()
    {
        var (driver, space, _) = await cluster.ConnectAsync(Token);
        using var somebody = cluster.Somebody();
        var kind = ResourceCatalog.KnownResource("v1", "ConfigMap")!;
        var body = Encoding.UTF8.GetBytes("""{"metadata":{"name":"c","labels":{"a":"1"}},"data":{"k":"v"}}""");
        await somebody.CreateAsync(kind, space, body, new WriteOptions("kubectl-client-side-apply"), Token);
        var urn = ProviderDriver.UrnOf("kubernetes:core/v1:ConfigMap", "c");
        var read = await driver.Provider.ReadAsync(new ReadRequest(urn, $"{space}/c", PropertyMap.Empty, PropertyMap.Empty, null), Token);
        var imported = new Resource(urn, read.Id, read.Inputs!, read.Outputs);
        var (updated, _) = await driver.UpAsync(imported, """{"metadata":{"name":"c","labels":{"a":"2"}},"data":{"k":"v"}}""", Token);
        Assert.Equal("2", Json.Object(Json.Text(updated.Outputs)).Label("a"));
    }

    private async Task PatchAsync(string space, string patch, string manager)
    {
        using var somebody = cluster.Somebody();
        var kind = ResourceCatalog.KnownResource("apps/v1", "Deployment")!;
        await somebody.JsonPatchAsync(kind, space, "web", Encoding.UTF8.GetBytes(patch), new WriteOptions(manager), Token);
    }

    private async Task ApplyAsync(string space, string body, string manager)
    {
        using var somebody = cluster.Somebody();
        var kind = ResourceCatalog.KnownResource("apps/v1", "Deployment")!;
        await somebody.ApplyAsync(kind, space, "web", Encoding.UTF8.GetBytes(body), new WriteOptions(manager) { Force = true }, Token);
    }
}
