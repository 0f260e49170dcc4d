using FogInfra.Embedded.Protocol.Messages;
using FogInfra.Embedded.Protocol.Rpc;
using FogInfra.Embedded.Protocol.Services;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Engine.Tests.Harness;
using Google.Protobuf.WellKnownTypes;

namespace FogInfra.Engine.Tests.Deploying;

public sealed class TransformTests : DeployingTest
{
    private static void Append(TransformResponse response, string text)
    {
        var before = response.Properties.Fields.TryGetValue("trail", out var trail) ? trail.StringValue : "";
        response.Properties.Fields["trail"] = Value.ForString(before + text);
    }

    [Fact]
    public async Task Register_TransformsOfAllLevels_RunOwnThenAncestorsThenStack()
    {
        await using var callbacks = await CallbackHost.StartAsync();
        var outcome = await Workspace.UpAsync(async program =>
        {
            await program.CallAsync(ResourceMonitorMethods.RegisterStackTransform, callbacks.AddTransform(it => Append(it, "stack")));
            var outer = await program.ComponentAsync("test:index:Group", "outer", it => it.Transforms.Add(callbacks.AddTransform(t => Append(t, "outer,"))));
            var inner = await program.ComponentAsync("test:index:Group", "inner", it =>
            {
                it.Parent = outer.Urn;
                it.Transforms.Add(callbacks.AddTransform(t => Append(t, "inner,")));
            });
            await Thing(program, "leaf", configure: it =>
            {
                it.Parent = inner.Urn;
                it.Transforms.Add(callbacks.AddTransform(t => Append(t, "own,")));
            });
        });
        outcome.ShouldSucceed();
        Assert.Equal("own,inner,outer,stack", Workspace.Resources()["leaf"]["inputs"]!["trail"]!.GetValue<string>());
    }

    [Fact]
    public async Task Register_TransformChangesOptions_TheyCount()
    {
        await using var callbacks = await CallbackHost.StartAsync();
        (await Workspace.UpAsync(async program =>
        {
            var other = await Thing(program, "other");
            await Thing(program, "leaf", configure: it => it.Transforms.Add(callbacks.AddTransform(t =>
            {
                t.Options.Protect = true;
                t.Options.DependsOn.Add(other.Urn);
                t.Options.IgnoreChanges.Add("size");
                t.Options.AdditionalSecretOutputs.Add("serial");
            })));
        })).ShouldSucceed();
        var leaf = Workspace.Resources()["leaf"];
        Assert.True(leaf["protect"]!.GetValue<bool>());
        Assert.EndsWith("::other", leaf["dependencies"]![0]!.GetValue<string>());
        Assert.Equal("size", leaf["ignoreChanges"]![0]!.GetValue<string>());
        Assert.NotNull(leaf["outputs"]!["serial"]!["ciphertext"]);
    }

    [Fact]
    public async Task Register_TransformPutsInOutputOfOther_DependencyIsNoted()
    {
        await using var callbacks = await CallbackHost.StartAsync();
        (await Workspace.UpAsync(async program =>
        {
            var other = await Thing(program, "other");
            var value = new PropertyValue.Output("x", true, [other.Urn]);
            await Thing(program, "leaf", configure: it =>
            {
                it.PropertyDependencies["size"] = new RegisterResourceRequest.Types.PropertyDependencies();
                it.Transforms.Add(callbacks.AddTransform(t => t.Properties.Fields["from"] = WireCodec.ToValue(value, WireOptions.KeepAll)));
            });
        })).ShouldSucceed();
        var leaf = Workspace.Resources()["leaf"];
        Assert.EndsWith("::other", leaf["propertyDependencies"]!["from"]![0]!.GetValue<string>());
        Assert.NotNull(leaf["inputs"]!["from"]!["ciphertext"]);
    }

    [Fact]
    public async Task Register_TransformAnswersNothing_LeavesTheResourceAsItIs()
    {
        await using var callbacks = await CallbackHost.StartAsync();
        (await Workspace.UpAsync(program => Thing(
            program, "leaf", 5, it => it.Transforms.Add(callbacks.Add<TransformRequest>(_ => new TransformResponse()))))).ShouldSucceed();
        Assert.Equal(5, Workspace.Resources()["leaf"]["inputs"]!["size"]!.GetValue<int>());
    }

    [Fact]
    public async Task Register_TransformSaysFalseOfWhatWasNotSet_InheritanceAndProviderCount()
    {
        await using var callbacks = await CallbackHost.StartAsync();
        // As the Node SDK does: every option comes back, those that were not set as false.
        Callback Echo() => callbacks.AddTransform(it =>
        {
            it.Options.Protect = it.Options.Protect;
            it.Options.RetainOnDelete = it.Options.RetainOnDelete;
            it.Options.DeleteBeforeReplace = it.Options.DeleteBeforeReplace;
        });
        Provider.OnDiff = _ => new Embedded.Provider.DiffResult { Changes = Embedded.Provider.DiffChanges.Some, Replaces = ["size"], DeleteBeforeReplace = true };
        async Task Program(ProgramClient program, double size)
        {
            await program.CallAsync(ResourceMonitorMethods.RegisterStackTransform, Echo());
            var group = await program.ComponentAsync("test:index:Group", "group", it => it.RetainOnDelete = true);
            await Thing(program, "inside", configure: it => it.Parent = group.Urn);
            await Thing(program, "outside", size);
        }

        (await Workspace.UpAsync(program => Program(program, 1))).ShouldSucceed();
        Assert.True(Workspace.Resources()["inside"]["retainOnDelete"]!.GetValue<bool>());
        Provider.Calls.Clear();
        (await Workspace.UpAsync(program => Program(program, 2))).ShouldSucceed();
        Assert.Equal(["delete outside-1", "create outside"], Provider.Changes.Where(call => call.Contains("outside", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Register_TransformFails_UpdateFails()
    {
        await using var callbacks = await CallbackHost.StartAsync();
        var outcome = await Workspace.UpAsync(program => Thing(
            program,
            "leaf",
            configure: it => it.Transforms.Add(callbacks.Add<TransformRequest>(_ => throw new RpcException(RpcStatusCode.Unknown, "no such luck")))));
        Assert.NotEqual(0, outcome.ExitCode);
        Assert.Contains("no such luck", outcome.Out, StringComparison.Ordinal);
        Assert.Empty(Provider.Changes);
    }

    [Fact]
    public async Task Invoke_StackInvokeTransform_ChangesArguments()
    {
        await using var callbacks = await CallbackHost.StartAsync();
        PropertyMap? result = null;
        (await Workspace.UpAsync(async program =>
        {
            await program.CallAsync(ResourceMonitorMethods.RegisterStackInvokeTransform, callbacks.Add<TransformInvokeRequest>(request =>
            {
                request.Args.Fields["number"] = Value.ForNumber(7);
                return new TransformInvokeResponse { Args = request.Args, Options = request.Options };
            }));
            result = WireCodec.FromStruct((await program.InvokeAsync("acme:index:echo", PropertyMap.Of(("number", 1d)))).Return);
        })).ShouldSucceed();
        Assert.Equal((PropertyValue)7d, result!["number"]);
    }
}
