using Pulumi;

namespace FogInfra.Tests;

public sealed class ProviderTests : EngineTest
{
    private const string Edge = "urn:pulumi:dev::proj::pulumi:providers:test::edge::edge-id";

    [Fact]
    public async Task Provider_Registered_IsAResourceOfTheProvidersType()
    {
        await RunAsync(() => { _ = new TestProvider("edge"); });

        var request = Engine.Registration("edge");
        Assert.Equal("pulumi:providers:test", request.Type);
        Assert.True(request.Custom);
    }

    [Fact]
    public async Task Option_Provider_IsNamedByUrnAndId()
    {
        await RunAsync(() => { _ = new Box<string>("box", options: new() { Provider = new TestProvider("edge") }); });

        Assert.Equal(Edge, Engine.Registration("box").Provider);
    }

    [Fact]
    public async Task Provider_WithoutIdInAPreview_IsNamedByAnUnknownId()
    {
        Preview();
        Engine.Answer("edge", WireValues.Of(), id: "");

        await RunAsync(() => { _ = new Box<string>("box", options: new() { Provider = new TestProvider("edge") }); });

        Assert.Equal(
            "urn:pulumi:dev::proj::pulumi:providers:test::edge::04da6b54-80e4-46f7-96ec-b56ff0331ba9", Engine.Registration("box").Provider);
    }

    [Fact]
    public async Task Children_OfAResourceWithAProvider_HaveItForItsPackage()
    {
        await RunAsync(() =>
        {
            var parent = new Box<string>("parent", options: new() { Provider = new TestProvider("edge") });
            _ = new Box<string>("child", options: new() { Parent = parent });
            _ = new Other("other", new() { Parent = parent });
        });

        Assert.Equal(Edge, Engine.Registration("child").Provider);
        Assert.Equal("", Engine.Registration("other").Provider);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Children_OfAComponentWithAProvider_HaveItAtAnyDepth(bool asList)
    {
        await RunAsync(() =>
        {
            var edge = new TestProvider("edge");
            var outer = new Group("outer", asList ? new() { Providers = { edge } } : new() { Provider = edge });
            var inner = new Group("inner", new() { Parent = outer });
            _ = new Box<string>("child", options: new() { Parent = inner });
            _ = new Box<string>("outside");
        });

        Assert.Equal(Edge, Engine.Registration("child").Provider);
        Assert.Equal("", Engine.Registration("outside").Provider);
        Assert.Equal("", Engine.Registration("outer").Provider);
        Assert.Empty(Engine.Registration("outer").Providers);
    }

    [Fact]
    public async Task Children_WithAProviderOfTheirOwn_KeepIt()
    {
        await RunAsync(() =>
        {
            var outer = new Group("outer", new() { Provider = new TestProvider("cloud") });
            _ = new Box<string>("child", options: new() { Parent = outer, Provider = new TestProvider("edge") });
        });

        Assert.Equal(Edge, Engine.Registration("child").Provider);
    }

    [Fact]
    public async Task RemoteComponent_WithProviders_NamesThemByPackage()
    {
        await RunAsync(() =>
        {
            _ = new Group("group", ResourceArgs.Empty, remote: true, new() { Providers = { new TestProvider("edge") } });
        });

        Assert.Equal(Edge, Engine.Registration("group").Providers["test"]);
    }

    [Fact]
    public async Task Component_WithProviderAndProviders_Fails()
    {
        var error = await FailAsync(() =>
        {
            var edge = new TestProvider("edge");
            _ = new Group("group", new() { Provider = edge, Providers = { edge } });
        });

        Assert.Contains("provider", error, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Protect_OfAParent_HoldsForChildrenThatDoNotSayOtherwise()
    {
        await RunAsync(() =>
        {
            var group = new Group("group", new() { Protect = true });
            _ = new Box<string>("child", options: new() { Parent = group });
            _ = new Box<string>("free", options: new() { Parent = group, Protect = false });
        });

        Assert.True(Engine.Registration("child").Protect);
        Assert.True(Engine.Registration("free") is { HasProtect: true, Protect: false });
    }

    private sealed class Other(string name, CustomResourceOptions options) : CustomResource(
        "other:index:Other", name, ResourceArgs.Empty, options);
}
