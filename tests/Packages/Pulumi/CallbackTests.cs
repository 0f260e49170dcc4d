using FogInfra.Embedded.Protocol.Rpc;
using FogInfra.Embedded.Protocol.Services;
using FogInfra.Embedded.Protocol.Values;
using Google.Protobuf;
using Pulumi;
using static FogInfra.Tests.WireValues;

namespace FogInfra.Tests;

/// <summary>Functions of the program that the engine calls while the program waits for its end.</summary>
public sealed class CallbackTests : EngineTest
{
    private const string BoxUrn = "urn:pulumi:dev::proj::test:index:Box::box";

    [Fact]
    public async Task Transform_CalledByTheEngine_GetsAndGivesInputsAndOptions()
    {
        ResourceTransformArgs? seen = null;
        Wire.TransformResponse? response = null;
        Engine.OnShutdown = async () => response = await CallAsync(
            Engine.Registration("box").Transforms[0],
            new Wire.TransformRequest
            {
                Type = "test:index:Box",
                Name = "box",
                Custom = true,
                Parent = "urn:pulumi:dev::proj::pulumi:pulumi:Stack::proj-dev",
                Properties = Of(("value", "v"), ("other", new PropertyValue.Output("s", true, [BoxUrn]))),
                Options = new()
                {
                    Protect = true,
                    IgnoreChanges = { "a" },
                    DependsOn = { BoxUrn },
                    Version = "1.0.0",
                    Provider = $"{BoxUrn}::id",
                },
            },
            Wire.TransformResponse.Parser);

        await RunAsync(() =>
        {
            _ = new Box<string>("box", options: new()
            {
                ResourceTransforms =
                {
                    (args, _) =>
                    {
                        seen = args;
                        args.Options.RetainOnDelete = true;
                        args.Options.CustomTimeouts = new() { Create = TimeSpan.FromSeconds(1) };
                        return Task.FromResult<ResourceTransformResult?>(new(args.Args.SetItem("value", "changed"), args.Options));
                    },
                },
            });
        });

        Assert.Equal("box", seen!.Value.Name);
        Assert.Equal("test:index:Box", seen.Value.Type);
        Assert.True(seen.Value.Custom);
        Assert.True(seen.Value.Options.Protect);
        Assert.Equal("changed", response!.Properties.Fields["value"].StringValue);
        Assert.Equal(new PropertyValue.Output("s", true, [BoxUrn]), response.Properties.Fields["other"].Read());
        Assert.True(response.Options is { Protect: true, RetainOnDelete: true });
        Assert.Equal(["a"], response.Options.IgnoreChanges);
        Assert.Equal([BoxUrn], response.Options.DependsOn);
        Assert.Equal($"{BoxUrn}::id", response.Options.Provider);
        Assert.Equal("1000000000ns", response.Options.CustomTimeouts.Create);
    }

    [Fact]
    public async Task Transform_ThatChangesNothing_AnswersWithoutOptions()
    {
        Wire.TransformResponse? response = null;
        Engine.OnShutdown = async () => response = await CallAsync(
            Engine.Registration("box").Transforms[0],
            new Wire.TransformRequest { Type = "test:index:Box", Name = "box", Properties = Of(), Options = new() },
            Wire.TransformResponse.Parser);

        await RunAsync(() =>
        {
            _ = new Box<string>(
                "box", options: new() { ResourceTransforms = { (_, _) => Task.FromResult<ResourceTransformResult?>(null) } });
        });

        Assert.Null(response!.Options);
        Assert.Null(response.Properties);
    }

    [Fact]
    public async Task Transform_ThatFails_GivesTheEngineItsMessage()
    {
        RpcException? failure = null;
        Engine.OnShutdown = async () => failure = await Assert.ThrowsAsync<RpcException>(() => CallAsync(
            Engine.Registration("box").Transforms[0],
            new Wire.TransformRequest { Type = "test:index:Box", Name = "box", Properties = Of(), Options = new() },
            Wire.TransformResponse.Parser));

        await RunAsync(() =>
        {
            _ = new Box<string>("box", options: new() { ResourceTransforms = { (_, _) => throw new InvalidOperationException("no way") } });
        });

        Assert.Equal(RpcStatusCode.Unknown, failure!.Code);
        Assert.Contains("no way", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Transforms_WithAnEngineThatLacksThem_Fail()
    {
        Engine.Features.Remove("transforms");

        var error = await FailAsync(() =>
        {
            _ = new Box<string>(
                "box", options: new() { ResourceTransforms = { (_, _) => Task.FromResult<ResourceTransformResult?>(null) } });
        });

        Assert.Contains("transforms", error, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task InvokeTransform_Registered_IsKnownBeforeTheNextInvoke()
    {
        Wire.TransformInvokeResponse? response = null;
        Engine.OnShutdown = async () => response = await CallAsync(
            Assert.Single(Engine.InvokeTransforms),
            new Wire.TransformInvokeRequest { Token = "test:index:find", Args = Of(("a", "1")), Options = new() { Version = "1.0.0" } },
            Wire.TransformInvokeResponse.Parser);

        await RunAsync(() =>
        {
            Deployment.Instance.RegisterInvokeTransform((args, _) => Task.FromResult<InvokeTransformResult?>(
                new(args.Args.SetItem("b", $"{args.Token} {args.Options.Version}"), args.Options)));
            Deployment.Instance.Invoke<object>("test:index:find", InvokeArgs.Empty, (InvokeOptions?)null);
        });

        var calls = Engine.Calls.ToList();
        Assert.True(calls.IndexOf("RegisterStackInvokeTransform") < calls.IndexOf("Invoke test:index:find"));
        Assert.Equal(Of(("a", "1"), ("b", "test:index:find 1.0.0")), response!.Args);
        Assert.Equal("1.0.0", response.Options.Version);
    }

    [Fact]
    public async Task Hook_BoundToAResource_IsRegisteredFirstAndCalled()
    {
        ResourceHookArgs? seen = null;
        Engine.OnShutdown = async () => await CallAsync(
            Assert.Single(Engine.Hooks).Callback,
            new Wire.ResourceHookRequest
            {
                Urn = BoxUrn,
                Id = "id",
                Name = "box",
                Type = "test:index:Box",
                NewInputs = Of(("value", Secret("s")), ("other", 1)),
            },
            Wire.ResourceHookResponse.Parser);

        await RunAsync(() =>
        {
            var hook = new ResourceHook(
                "watch",
                (args, _) =>
                {
                    seen = args;
                    return Task.CompletedTask;
                },
                new ResourceHookOptions { OnDryRun = true, IgnoreErrors = true });
            _ = new Box<string>("box", options: new() { Hooks = new() { AfterCreate = { hook }, BeforeDelete = { hook } } });
        });

        var calls = Engine.Calls.ToList();
        Assert.True(calls.IndexOf("RegisterResourceHook watch") < calls.IndexOf("RegisterResource box"));
        Assert.True(Engine.Hooks.First() is { OnDryRun: true, IgnoreErrors: true });
        Assert.Equal(["watch"], Engine.Registration("box").Hooks.AfterCreate);
        Assert.Equal(["watch"], Engine.Registration("box").Hooks.BeforeDelete);
        Assert.Equal(BoxUrn, seen!.Urn);
        Assert.Equal(1.0, seen.NewInputs!["other"]);
        Assert.True(await Assert.IsType<Output<object?>>(seen.NewInputs["value"]).IsSecretAsync());
        Assert.Null(seen.OldInputs);
    }

    [Theory]
    [InlineData(true, true, "")]
    [InlineData(false, false, "")]
    [InlineData(null, false, "hook broke")]
    public async Task ErrorHook_Called_DecidesWhetherTheEngineTriesAgain(bool? decision, bool retry, string error)
    {
        Wire.ErrorHookResponse? response = null;
        ErrorHookArgs? seen = null;
        Engine.OnShutdown = async () => response = await CallAsync(
            Assert.Single(Engine.ErrorHooks).Callback,
            new Wire.ErrorHookRequest { Urn = BoxUrn, FailedOperation = "create", Errors = { "one", "two" } },
            Wire.ErrorHookResponse.Parser);

        await RunAsync(() =>
        {
            var hook = new ErrorHook("retry", (args, _) =>
            {
                seen = args;
                return Task.FromResult(decision ?? throw new InvalidOperationException("hook broke"));
            });
            _ = new Box<string>("box", options: new() { Hooks = new() { OnError = { hook } } });
        });

        Assert.Equal(["retry"], Engine.Registration("box").Hooks.OnError);
        Assert.Equal(["one", "two"], seen!.Errors);
        Assert.Equal("create", seen.FailedOperation);
        Assert.Equal(retry, response!.Retry);
        Assert.Equal(error, response.Error);
    }

    [Fact]
    public async Task Hooks_WithAnEngineThatLacksThem_Fail()
    {
        Engine.Features.Remove("resourceHooks");

        var error = await FailAsync(() => { _ = new ResourceHook("watch", (_, _) => Task.CompletedTask); });

        Assert.Contains("hooks", error, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Callback_ThatWasNotLent_IsRefused()
    {
        RpcException? failure = null;
        Engine.OnShutdown = async () => failure = await Assert.ThrowsAsync<RpcException>(() => CallAsync(
            new Wire.Callback { Target = Engine.Hooks.First().Callback.Target, Token = "no-such-token" },
            new Wire.ResourceHookRequest(),
            Wire.ResourceHookResponse.Parser));

        await RunAsync(() => { _ = new ResourceHook("watch", (_, _) => Task.CompletedTask); });

        Assert.Contains("no-such-token", failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Callback_OfAProgram_BelongsToIt()
    {
        var project = "";
        Engine.OnShutdown = async () => await CallAsync(
            Assert.Single(Engine.Hooks).Callback, new Wire.ResourceHookRequest(), Wire.ResourceHookResponse.Parser);

        await RunAsync(() =>
        {
            _ = new ResourceHook("watch", (_, _) =>
            {
                project = Deployment.Instance.ProjectName;
                return Task.CompletedTask;
            });
        });

        Assert.Equal("proj", project);
    }

    private static async Task<TResponse> CallAsync<TResponse>(Wire.Callback callback, IMessage request, MessageParser<TResponse> parser)
        where TResponse : IMessage<TResponse>
    {
        await using var channel = new RpcChannel(callback.Target);
        var response = await channel.CallAsync(
            CallbacksMethods.Invoke,
            new Wire.CallbackInvokeRequest { Token = callback.Token, Request = request.ToByteString() },
            TestContext.Current.CancellationToken);
        return parser.ParseFrom(response.Response);
    }
}
