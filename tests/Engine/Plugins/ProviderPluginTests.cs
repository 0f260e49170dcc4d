using System.Collections.Immutable;
using FogInfra.Embedded.Protocol.Messages;
using FogInfra.Embedded.Protocol.Rpc;
using FogInfra.Embedded.Protocol.Services;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;
using FogInfra.Embedded.Provider.Plugins;
using FogInfra.Engine.Tests.Harness;
using Google.Protobuf.WellKnownTypes;
using CheckFailure = FogInfra.Embedded.Provider.CheckFailure;
using CheckRequest = FogInfra.Embedded.Provider.CheckRequest;
using ConfigureRequest = FogInfra.Embedded.Provider.ConfigureRequest;
using CreateRequest = FogInfra.Embedded.Provider.CreateRequest;
using DeleteRequest = FogInfra.Embedded.Provider.DeleteRequest;
using DiffRequest = FogInfra.Embedded.Provider.DiffRequest;
using InvokeRequest = FogInfra.Embedded.Provider.InvokeRequest;
using PropertyDiff = FogInfra.Embedded.Provider.PropertyDiff;
using ReadRequest = FogInfra.Embedded.Provider.ReadRequest;
using UpdateRequest = FogInfra.Embedded.Provider.UpdateRequest;

namespace FogInfra.Engine.Tests.Plugins;

/// <summary>A provider behind the plugin server and client is the same as the provider itself.</summary>
public sealed class ProviderPluginTests : IAsyncLifetime
{
    private static readonly Urn Thing = Urn.Create("dev", "proj", null, "acme:index:Thing", "thing");

    private static readonly PropertyMap Values = PropertyMap.Of(
        ("text", "ü"), ("secret", new PropertyValue.Secret(PropertyMap.Of(("a", 1d)))), ("unknown", PropertyValue.Unknown), ("list", PropertyValue.ListOf(true, PropertyValue.Null)),
        ("asset", new PropertyValue.Asset(PropertyValue.ContentKind.Text, "x", "hash")), ("reference", new PropertyValue.Reference(Thing.ToString(), "id", "1.0")));

    private readonly RecordingProvider _provider = new();
    private RpcServer _server = null!;
    private ProviderPlugin _plugin = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await ProviderPluginServer.StartAsync(_provider, Cancellation);
        _plugin = await ProviderPlugin.AttachAsync("acme", _server.Address, "127.0.0.1:1", "/", Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await _plugin.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Version_IsTheProviders() => Assert.Equal("1.0.0", await _plugin.GetVersionAsync(Cancellation));

    [Fact]
    public async Task Configure_WithoutHandshake_FeaturesComeFromTheAnswer()
    {
        _provider.Features = new ProviderFeatures { AcceptsSecrets = true, SupportsPreview = true };
        var features = await _plugin.ConfigureAsync(new ConfigureRequest(Thing, Values.Without("unknown")), Cancellation);
        Assert.Equal(_provider.Features, features);
        Assert.Equal(Values.Without("unknown"), _provider.Configurations.Single());
    }

    [Fact]
    public async Task Check_ValuesSeedAndFailures_AreCarried()
    {
        CheckRequest? seen = null;
        _provider.OnCheck = request =>
        {
            seen = request;
            return new CheckResult(request.NewInputs, [new CheckFailure("a.b", "why")]);
        };
        var sent = new CheckRequest(Thing, Values, Values.With("x", "y"), [1, 2, 3]);
        var result = await _plugin.CheckAsync(sent, Cancellation);
        Assert.Equal(sent with { RandomSeed = default }, seen! with { RandomSeed = default });
        Assert.Equal([1, 2, 3], seen!.RandomSeed);
        Assert.Equal(sent.NewInputs, result.Inputs);
        Assert.Equal([new CheckFailure("a.b", "why")], result.Failures);
    }

    [Fact]
    public async Task Diff_EveryPartOfTheAnswer_IsCarried()
    {
        var answer = new DiffResult
        {
            Changes = DiffChanges.Some,
            Replaces = ["a"],
            Stables = ["b"],
            Diffs = ["c"],
            DeleteBeforeReplace = true,
            DetailedDiff = ImmutableSortedDictionary<string, PropertyDiff>.Empty.Add("a[0]", new PropertyDiff(PropertyDiffKind.AddReplace, true)),
        };
        DiffRequest? seen = null;
        _provider.OnDiff = request =>
        {
            seen = request;
            return answer;
        };
        var sent = new DiffRequest(Thing, "id", Values, Values.With("o", 1d), Values.With("n", 1d), ["p", "q"]);
        var result = await _plugin.DiffAsync(sent, Cancellation);
        Assert.Equal((sent.OldInputs, sent.OldOutputs, sent.NewInputs), (seen!.OldInputs, seen.OldOutputs, seen.NewInputs));
        Assert.Equal(["p", "q"], seen.IgnoreChanges);
        Assert.Equal((answer.Changes, answer.DeleteBeforeReplace), (result.Changes, result.DeleteBeforeReplace));
        Assert.Equal(answer.Replaces.Concat(answer.Stables).Concat(answer.Diffs), result.Replaces.Concat(result.Stables).Concat(result.Diffs));
        Assert.Equal(answer.DetailedDiff, result.DetailedDiff);
        _provider.OnDiff = _ => DiffResult.NoChanges;
        Assert.Null((await _plugin.DiffAsync(sent, Cancellation)).DetailedDiff);
    }

    [Fact]
    public async Task CreateReadUpdateDelete_ThroughThePlugin_IsTheWholeLife()
    {
        var inputs = PropertyMap.Of(("size", 1d));
        var created = await _plugin.CreateAsync(new CreateRequest(Thing, inputs, TimeSpan.FromSeconds(90), Preview: false), Cancellation);
        Assert.Equal("thing-1", created.Id);
        var read = await _plugin.ReadAsync(new ReadRequest(Thing, created.Id, inputs, created.Outputs, null), Cancellation);
        Assert.Equal((created.Id, created.Outputs, inputs), (read.Id, read.Outputs, read.Inputs!));
        var updated = await _plugin.UpdateAsync(
            new UpdateRequest(Thing, created.Id, inputs, created.Outputs, PropertyMap.Of(("size", 2d)), null, ["x"], Preview: false), Cancellation);
        Assert.Equal((PropertyValue)2d, updated.Outputs["size"]);
        await _plugin.DeleteAsync(new DeleteRequest(Thing, created.Id, inputs, updated.Outputs, null), Cancellation);
        Assert.Equal(ReadResult.Gone, await _plugin.ReadAsync(new ReadRequest(Thing, created.Id, inputs, updated.Outputs, null), Cancellation));
    }

    [Fact]
    public async Task Timeout_IsCarriedInSeconds()
    {
        TimeSpan? seen = null;
        _provider.OnCreate = (request, _) =>
        {
            seen = request.Timeout;
            return Task.CompletedTask;
        };
        await _plugin.CreateAsync(new CreateRequest(Thing, PropertyMap.Empty, TimeSpan.FromMinutes(1.5), Preview: false), Cancellation);
        Assert.Equal(TimeSpan.FromSeconds(90), seen);
        await _plugin.CreateAsync(new CreateRequest(Thing, PropertyMap.Empty, null, Preview: false), Cancellation);
        Assert.Null(seen);
    }

    [Fact]
    public async Task Create_InitFailure_CarriesIdOutputsAndReasons()
    {
        _provider.OnCreate = (_, _) => throw new ResourceInitException("not ready", ["one", "two"]) { Id = "half", Outputs = Values, Inputs = PropertyMap.Empty };
        var exception = await Assert.ThrowsAsync<ResourceInitException>(() => _plugin.CreateAsync(new CreateRequest(Thing, PropertyMap.Empty, null, false), Cancellation));
        Assert.Equal(("not ready", "half", Values, PropertyMap.Empty), (exception.Message, exception.Id, exception.Outputs, exception.Inputs!));
        Assert.Equal(["one", "two"], exception.Reasons);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Create_Failure_TellsWhetherTheStateIsKnown(bool unknown)
    {
        _provider.OnCreate = (_, _) => throw new ProviderException("nein: 100 % falsch") { StateUnknown = unknown };
        var exception = await Assert.ThrowsAsync<ProviderException>(() => _plugin.CreateAsync(new CreateRequest(Thing, PropertyMap.Empty, null, false), Cancellation));
        Assert.Equal(("nein: 100 % falsch", unknown), (exception.Message, exception.StateUnknown));
    }

    [Fact]
    public async Task Invoke_ResultAndFailures_AreCarried()
    {
        _provider.OnInvoke = request => new InvokeResult(request.Arguments, [new CheckFailure("a", "b")]);
        var result = await _plugin.InvokeAsync(new InvokeRequest("acme:index:f", Values, Preview: true), Cancellation);
        Assert.Equal(Values, result.Return);
        Assert.Equal([new CheckFailure("a", "b")], result.Failures);
    }

    [Fact]
    public async Task Unsupported_Method_IsNotSupported()
    {
        await using var server = await ProviderPluginServer.StartAsync(new EmptyProvider(), Cancellation);
        await using var plugin = await ProviderPlugin.AttachAsync("empty", server.Address, "127.0.0.1:1", "/", Cancellation);
        await Assert.ThrowsAsync<NotSupportedException>(() => plugin.CreateAsync(new CreateRequest(Thing, PropertyMap.Empty, null, false), Cancellation));
    }

    [Fact]
    public async Task Cancel_ReachesTheProvider()
    {
        await _plugin.CancelAsync(Cancellation);
        Assert.Equal(1, _provider.Cancellations);
    }

    [Fact]
    public async Task Handshake_Answered_ItsFeaturesCountAndThoseOfConfigureDoNot()
    {
        await using var server = await RpcServer.StartAsync(
            new RpcService()
                .Unary(ResourceProviderMethods.Attach, (_, _) => Task.FromResult(new Empty()))
                .Unary(ResourceProviderMethods.Handshake, (_, _) => Task.FromResult(new ProviderHandshakeResponse { AcceptSecrets = true }))
                .Unary(ResourceProviderMethods.Configure, (_, _) => Task.FromResult(new ConfigureResponse { AcceptResources = true })),
            Cancellation);
        await using var plugin = await ProviderPlugin.AttachAsync("acme", server.Address, "127.0.0.1:1", "/", Cancellation);
        Assert.Equal(
            new ProviderFeatures { AcceptsSecrets = true, SupportsPreview = true },
            await plugin.ConfigureAsync(new ConfigureRequest(null, PropertyMap.Empty), Cancellation));
    }

    private sealed class EmptyProvider : ResourceProvider
    {
        public override Task<string> GetVersionAsync(CancellationToken cancellationToken) => Task.FromResult("");

        public override Task<ProviderFeatures> ConfigureAsync(ConfigureRequest request, CancellationToken cancellationToken) =>
            Task.FromResult(new ProviderFeatures());
    }
}
