using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;
using FogInfra.Tests.Kubernetes.Support;

namespace FogInfra.Tests.Kubernetes.Behaviours;

/// <summary>What a preview foretells by the cluster's own dry run, and where a dry run cannot know.</summary>
public sealed class PreviewTests(TestCluster cluster) : IClassFixture<TestCluster>
{
    private const string ConfigMap = "kubernetes:core/v1:ConfigMap";
    private const string Deployment = "kubernetes:apps/v1:Deployment";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Create_ForetellsWhatTheServerFillsIn_AndNoneOfWhatOnlyTheRealRunDecides()
    {
        var (driver, _, _) = await cluster.ConnectAsync(Token);
        var foretold = await PreviewAsync(driver, Deployment, """
            {"metadata":{"name":"web"},"spec":{"selector":{"matchLabels":{"app":"web"}},"template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"web","image":"web:1"}]}}}}
            """);
        var item = Json.Object(Json.Text(foretold.Outputs));
        Assert.Equal(1, item.Number("spec", "replicas"));
        Assert.Equal("RollingUpdate", item.Text("spec", "strategy", "type"));
        Assert.Equal(("", ""), (item.Uid, item.ResourceVersion));
    }

    [Fact]
    public async Task Create_InANamespaceOfTheSameUpdate_IsForetoldFromTheInputs()
    {
        var (driver, space, _) = await cluster.ConnectAsync(Token);
        var foretold = await PreviewAsync(driver, ConfigMap, $$"""{"metadata":{"name":"c","namespace":"{{space}}-later"},"data":{"k":"v"} }""");
        Assert.Equal("v", foretold.Outputs.GetMap("data")!.GetText("k"));
    }

    [Fact]
    public async Task Create_OfAKindThatTheSameUpdateDefines_IsForetoldFromTheInputs()
    {
        var (driver, space, _) = await cluster.ConnectAsync(Token);
        var foretold = await PreviewAsync(driver, $"kubernetes:{space}.example.com/v1:Thing", """{"metadata":{"name":"t"},"spec":{"size":1}}""");
        Assert.Equal("t", foretold.Outputs.GetMap("metadata")!.GetText("name"));
    }

    [Fact]
    public async Task Create_WithAValueThatIsNotKnownYet_AsksNobody()
    {
        var (driver, _, _) = await cluster.ConnectAsync(Token);
        var inputs = PropertyMap.Of(("apiVersion", "v1"), ("kind", "ConfigMap"), ("metadata", PropertyMap.Of(("name", "c"))), ("data", PropertyMap.Of(("k", PropertyValue.Unknown))));
        var foretold = await driver.Provider.CreateAsync(new CreateRequest(ProviderDriver.UrnOf(ConfigMap, "c"), inputs, null, Preview: true), Token);
        Assert.Equal(inputs, foretold.Outputs);
    }

    [Fact]
    public async Task Create_ThatTheServerWouldRefuse_FailsInThePreview()
    {
        var (driver, _, _) = await cluster.ConnectAsync(Token);
        var error = await Assert.ThrowsAsync<ProviderException>(() => PreviewAsync(driver, Deployment, """
            {"metadata":{"name":"web"},"spec":{"selector":{"matchLabels":{"app":"other"}},"template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"web","image":"web:1"}]}}}}
            """));
        Assert.Contains("selector", error.Message);
    }

    [Fact]
    public async Task Update_OfAFieldThatAnotherManagerOwns_ShowsTheConflict()
    {
        cluster.NeedKubectl();
        var (driver, space, _) = await cluster.ConnectAsync(Token);
        var created = await driver.CreateAsync(ConfigMap, "c", """{"metadata":{"name":"c","labels":{"a":"1"}}}""", Token);
        await cluster.KubectlAsync(
            space, ["apply", "--server-side", "--force-conflicts", "--field-manager=night-watch", "-f", "-"], Token,
            """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c","labels":{"a":"9"}}}""");
        var refreshed = (await driver.RefreshAsync(created, Token))!;
        var inputs = await driver.CheckedAsync(ConfigMap, "c", ProviderDriver.Map("""{"metadata":{"name":"c","labels":{"a":"1"}}}"""), refreshed.Inputs, Token);
        var error = await Assert.ThrowsAsync<ProviderException>(() => driver.Provider.UpdateAsync(
            new UpdateRequest(created.Urn, created.Id, refreshed.Inputs, refreshed.Outputs, inputs, null, [], Preview: true), Token));
        Assert.Contains("night-watch", error.Message);
    }

    private static async Task<CreateResult> PreviewAsync(ProviderDriver driver, string type, string program)
    {
        var inputs = await driver.CheckedAsync(type, "thing", ProviderDriver.Map(program), null, Token);
        return await driver.Provider.CreateAsync(new CreateRequest(ProviderDriver.UrnOf(type, "thing"), inputs, null, Preview: true), Token);
    }
}
