using FogInfra.Embedded.Protocol.Values;
using Pulumi;
using static FogInfra.Tests.OutputReading;
using static FogInfra.Tests.WireValues;

namespace FogInfra.Tests;

public sealed class InvokeTests : EngineTest
{
    [Fact]
    public async Task Invoke_WithArguments_SendsThemAndReadsTheResult()
    {
        Engine.OnInvoke = _ => new() { Return = Of(("found", "f"), ("count", 2)) };
        Output<Found>? found = null;

        await RunAsync(() =>
        {
            found = Deployment.Instance.Invoke<Found>(
                "test:index:find",
                new FindArgs { Name = "n", Secret = Output.CreateSecret("s") },
                new InvokeOptions
                {
                    Version = "1.0.0",
                    PluginDownloadURL = "https://plugins.example",
                    Provider = new TestProvider("edge"),
                });
        });

        var request = Assert.Single(Engine.Invokes);
        Assert.Equal("test:index:find", request.Tok);
        Assert.Equal(PropertyMap.Of(("name", "n"), ("secret", Secret("s"))), request.Args.Read());
        Assert.Equal("1.0.0", request.Version);
        Assert.Equal("https://plugins.example", request.PluginDownloadURL);
        Assert.Equal("urn:pulumi:dev::proj::pulumi:providers:test::edge::edge-id", request.Provider);
        Assert.True(request.AcceptResources);
        Assert.Equal("f", (await found!.ValueAsync()).Name);
        Assert.Equal(2, (await found!.ValueAsync()).Count);
        Assert.False(await found!.IsSecretAsync());
    }

    [Fact]
    public async Task Invoke_WithAParent_UsesItsProvider()
    {
        await RunAsync(() =>
        {
            var group = new Group("group", new() { Provider = new TestProvider("edge") });
            Deployment.Instance.Invoke<object>("test:index:find", InvokeArgs.Empty, new InvokeOptions { Parent = group });
            Deployment.Instance.Invoke<object>("other:index:find", InvokeArgs.Empty, new InvokeOptions { Parent = group });
        });

        Assert.Equal(
            [("other:index:find", ""), ("test:index:find", "urn:pulumi:dev::proj::pulumi:providers:test::edge::edge-id")],
            Engine.Invokes.Select(request => (request.Tok, request.Provider)).Order());
    }

    [Fact]
    public async Task Invoke_SecretResult_IsSecret()
    {
        Engine.OnInvoke = _ => new() { Return = Of(("found", Secret("f"))) };
        Output<Found>? found = null;

        await RunAsync(() => { found = Deployment.Instance.Invoke<Found>("test:index:find", InvokeArgs.Empty, (InvokeOptions?)null); });

        Assert.True(await found!.IsSecretAsync());
        Assert.Equal("f", (await found!.ValueAsync()).Name);
    }

    [Fact]
    public async Task Invoke_UnknownArgument_IsNotCalledAndUnknown()
    {
        Preview();
        Output<Found>? found = null;

        await RunAsync(() =>
        {
            found = Deployment.Instance.Invoke<Found>("test:index:find", new FindArgs { Name = Unknown("n") }, (InvokeOptions?)null);
        });

        Assert.Empty(Engine.Invokes);
        Assert.False(await found!.IsKnownAsync());
    }

    [Fact]
    public async Task Invoke_ResultOfAnArgumentsResource_ComesFromIt()
    {
        Box<string>? box = null;
        Output<object>? found = null;

        await RunAsync(() =>
        {
            box = new Box<string>("box", new() { ["value"] = "v" });
            found = Deployment.Instance.Invoke<object>("test:index:find", new FindArgs { Name = box.Value }, (InvokeOptions?)null);
        });

        Assert.Equal([box!], await found!.ResourcesAsync());
    }

    [Fact]
    public async Task Invoke_DependsOnAResourceThatDoesNotExistYet_IsNotCalledAndUnknown()
    {
        Preview();
        Engine.Answer("box", Of(), id: "");
        Output<object>? found = null;

        await RunAsync(() =>
        {
            var group = new Group("group");
            _ = new Box<string>("box", options: new() { Parent = group });
            found = Deployment.Instance.Invoke<object>(
                "test:index:find", InvokeArgs.Empty, new InvokeOutputOptions { DependsOn = { group } });
        });

        Assert.Empty(Engine.Invokes);
        Assert.False(await found!.IsKnownAsync());
    }

    [Fact]
    public async Task Invoke_DependsOnAResource_WaitsForItAndComesFromIt()
    {
        Box<string>? box = null;
        Output<object>? found = null;

        await RunAsync(() =>
        {
            box = new Box<string>("box");
            found = Deployment.Instance.Invoke<object>(
                "test:index:find", InvokeArgs.Empty, new InvokeOutputOptions { DependsOn = { box } });
        });

        var calls = Engine.Calls.ToList();
        Assert.True(calls.IndexOf("RegisterResource box") < calls.IndexOf("Invoke test:index:find"));
        Assert.Contains(box!, await found!.ResourcesAsync());
    }

    [Fact]
    public async Task InvokeSingle_OfOneProperty_IsItsValue()
    {
        Engine.OnInvoke = _ => new() { Return = Of(("only", 7)) };
        Output<int>? single = null;

        await RunAsync(async () =>
        {
            single = Deployment.Instance.InvokeSingle<int>("test:index:find", InvokeArgs.Empty, (InvokeOptions?)null);
            Assert.Equal(7, await Deployment.Instance.InvokeSingleAsync<int>("test:index:find", InvokeArgs.Empty));
        });

        Assert.Equal(7, await single!.ValueAsync());
    }

    [Fact]
    public async Task InvokeAsync_Always_GivesThePlainValue()
    {
        Engine.OnInvoke = _ => new() { Return = Of(("found", Secret("f"))) };

        await RunAsync(async () =>
        {
            Assert.Equal("f", (await Deployment.Instance.InvokeAsync<Found>("test:index:find", new FindArgs { Name = "n" })).Name);
            await Deployment.Instance.InvokeAsync("test:index:touch", InvokeArgs.Empty);
        });

        Assert.Equal(["test:index:find", "test:index:touch"], Engine.Invokes.Select(request => request.Tok));
    }

    [Fact]
    public async Task Invoke_RefusedByTheProvider_FailsWithAllItsReasons()
    {
        Engine.OnInvoke = _ => new()
        {
            Failures =
            {
                new Wire.CheckFailure { Property = "name", Reason = "too long" },
                new Wire.CheckFailure { Property = "age", Reason = "too old" },
            },
        };

        var error = await FailAsync(() =>
        {
            Deployment.Instance.Invoke<object>("test:index:find", InvokeArgs.Empty, (InvokeOptions?)null);
        });

        Assert.Contains("test:index:find", error, StringComparison.Ordinal);
        Assert.Contains("too long (name); too old (age)", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_OfAResourcesMethod_GoesToItsProviderWithItself()
    {
        Engine.Features.Add("outputValues");
        Engine.OnCall = _ => new()
        {
            Return = Of(("found", "f")),
            ReturnDependencies = { ["found"] = new() { Urns = { "urn:pulumi:dev::proj::test:index:Box::inner" } } },
        };
        Output<Found>? found = null;

        await RunAsync(() =>
        {
            var box = new Box<string>("box", new() { ["value"] = "v" }, new() { Provider = new TestProvider("edge"), Version = "2.0.0" });
            found = Deployment.Instance.Call<Found>("test:index:Box/find", new MethodArgs { Name = box.Value }, box);
        });

        var request = Assert.Single(Engine.MethodCalls);
        Assert.Equal("urn:pulumi:dev::proj::pulumi:providers:test::edge::edge-id", request.Provider);
        Assert.Equal("2.0.0", request.Version);
        Assert.Equal(
            new PropertyValue.Reference("urn:pulumi:dev::proj::test:index:Box::box", "box-id", ""), request.Args.Fields["__self__"].Read());
        Assert.Equal(
            new PropertyValue.Output("v", false, ["urn:pulumi:dev::proj::test:index:Box::box"]), request.Args.Fields["name"].Read());
        Assert.Equal(["urn:pulumi:dev::proj::test:index:Box::box"], request.ArgDependencies["name"].Urns);
        Assert.Equal("f", (await found!.ValueAsync()).Name);
        Assert.Equal("urn:pulumi:dev::proj::test:index:Box::inner", await Assert.Single(await found!.ResourcesAsync()).Urn.ValueAsync());
    }

    [Fact]
    public async Task Call_ForItsEffect_IsMadeBeforeTheProgramEnds()
    {
        await RunAsync(() => Deployment.Instance.Call("test:index:touch", CallArgs.Empty, null, new CallOptions { Version = "3.0.0" }));

        Assert.Equal("3.0.0", Assert.Single(Engine.MethodCalls).Version);
    }

    [Fact]
    public async Task Call_RefusedByTheProvider_Fails()
    {
        Engine.OnCall = _ => new() { Failures = { new Wire.CheckFailure { Property = "name", Reason = "too long" } } };

        var error = await FailAsync(() => Deployment.Instance.Call("test:index:touch", CallArgs.Empty));

        Assert.Contains("too long (name)", error, StringComparison.Ordinal);
    }

    private sealed class FindArgs : InvokeArgs
    {
        [Input("name")]
        public Input<string>? Name { get; set; }

        [Input("secret")]
        public Input<string>? Secret { get; set; }
    }

    private sealed class MethodArgs : CallArgs
    {
        [Input("name")]
        public Input<string>? Name { get; set; }
    }

    [OutputType]
    private sealed class Found
    {
        [OutputConstructor]
        private Found(string found, int count)
        {
            Name = found;
            Count = count;
        }

        public string Name { get; }

        public int Count { get; }
    }
}
