using Pulumi;

namespace FogInfra.Tests;

public sealed class RegistrationTests : EngineTest
{
    private const string Stack = "urn:pulumi:dev::proj::pulumi:pulumi:Stack::proj-dev";

    [Fact]
    public async Task Program_OneResource_CallsInPulumisOrder()
    {
        await RunAsync(() =>
        {
            var box = new Box<string>("box");
        });

        var calls = Engine.Calls.Where(call => !call.StartsWith("SupportsFeature", StringComparison.Ordinal)).ToList();
        Assert.Equal("RegisterResource proj-dev", calls[0]);
        Assert.Contains("RegisterResource box", calls);
        Assert.Contains("RegisterResourceOutputs", calls);
        Assert.Equal("SignalAndWaitForShutdown", calls[^1]);
    }

    [Fact]
    public async Task Program_ManyResources_AsksOnlyForTheFeaturesThatItNeeds()
    {
        await RunAsync(() =>
        {
            for (var index = 0; index < 50; index++)
            {
                _ = new Box<string>($"box-{index}");
            }
        });

        Assert.Equal(["aliasSpecs", "resourceReferences"], Engine.FeaturesAskedFor.Distinct().Order());
    }

    [Fact]
    public async Task Stack_Always_IsAComponentWithoutParent()
    {
        await RunAsync(() => { });

        var stack = Engine.Registration("proj-dev");
        Assert.Equal("pulumi:pulumi:Stack", stack.Type);
        Assert.Equal("", stack.Parent);
        Assert.False(stack.Custom);
        Assert.Empty(stack.Object.Fields);
    }

    [Fact]
    public async Task Resource_WithoutOptions_IsAChildOfTheStackWithNothingSet()
    {
        await RunAsync(() => { _ = new Box<string>("box", new() { ["value"] = "v" }); });

        var request = Engine.Registration("box");
        Assert.Equal("test:index:Box", request.Type);
        Assert.Equal(Stack, request.Parent);
        Assert.True(request.Custom);
        Assert.False(request.Remote);
        Assert.True(request.AcceptSecrets);
        Assert.True(request.AcceptResources);
        Assert.True(request.SupportsResultReporting);
        Assert.False(request.SupportsPartialValues);
        Assert.False(request.HasProtect);
        Assert.False(request.HasRetainOnDelete);
        Assert.False(request.DeleteBeforeReplaceDefined);
        Assert.False(request.AliasSpecs);
        Assert.Null(request.CustomTimeouts);
        Assert.NotNull(request.Hooks);
        Assert.Equal("", request.Provider);
        Assert.Equal("", request.Version);
        Assert.Empty(request.Dependencies);
        Assert.Equal(["value"], request.PropertyDependencies.Keys);
        Assert.Equal("v", request.Object.Fields["value"].StringValue);
    }

    [Fact]
    public async Task Resource_WithEveryOption_SendsThem()
    {
        await RunAsync(() =>
        {
            var other = new Box<string>("other");
            _ = new Box<string>("box", new() { ["value"] = "v" }, new CustomResourceOptions
            {
                Protect = true,
                RetainOnDelete = false,
                DeleteBeforeReplace = false,
                Version = "1.2.3",
                PluginDownloadURL = "https://plugins.example",
                ImportId = "import-me",
                IgnoreChanges = { "value" },
                ReplaceOnChanges = { "other" },
                HideDiffs = { "third" },
                AdditionalSecretOutputs = { "value" },
                CustomTimeouts = new CustomTimeouts { Create = TimeSpan.FromMinutes(10), Delete = TimeSpan.FromMilliseconds(1.5) },
                DeletedWith = other,
                ReplaceWith = { other },
                ReplacementTrigger = "again",
                EnvVarMappings = { ["A"] = "B" },
            });
        });

        var request = Engine.Registration("box");
        Assert.True(request.Protect);
        Assert.True(request is { HasRetainOnDelete: true, RetainOnDelete: false });
        Assert.True(request is { DeleteBeforeReplaceDefined: true, DeleteBeforeReplace: false });
        Assert.Equal("1.2.3", request.Version);
        Assert.Equal("https://plugins.example", request.PluginDownloadURL);
        Assert.Equal("import-me", request.ImportId);
        Assert.Equal(["value"], request.IgnoreChanges);
        Assert.Equal(["other"], request.ReplaceOnChanges);
        Assert.Equal(["third"], request.HideDiffs);
        Assert.Equal(["value"], request.AdditionalSecretOutputs);
        Assert.Equal("600000000000ns", request.CustomTimeouts.Create);
        Assert.Equal("", request.CustomTimeouts.Update);
        Assert.Equal("1500000ns", request.CustomTimeouts.Delete);
        Assert.Equal("urn:pulumi:dev::proj::test:index:Box::other", request.DeletedWith);
        Assert.Equal(["urn:pulumi:dev::proj::test:index:Box::other"], request.ReplaceWith);
        Assert.Equal("again", request.ReplacementTrigger.StringValue);
        Assert.Equal("B", request.EnvVarMappings["A"]);
    }

    [Theory]
    [InlineData("deletedWith", "DeletedWith")]
    [InlineData("replaceWith", "ReplaceWith")]
    public async Task Resource_WithAnOptionThatTheEngineLacks_FailsAndNamesIt(string feature, string option)
    {
        Engine.Features.Remove(feature);

        var error = await FailAsync(() =>
        {
            var other = new Box<string>("other");
            _ = new Box<string>(
                "box", options: option == "DeletedWith" ? new() { DeletedWith = other } : new() { ReplaceWith = { other } });
        });

        Assert.Contains(option, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resource_AnswerOfTheEngine_BecomesUrnIdAndOutputs()
    {
        Engine.Answer("box", WireValues.Of(("value", "out")), id: "id-7");
        Box<string>? box = null;

        await RunAsync(() => { box = new Box<string>("box", new() { ["value"] = "in" }); });

        Assert.Equal("urn:pulumi:dev::proj::test:index:Box::box", await box!.Urn.ValueAsync());
        Assert.Equal("id-7", await box.Id.ValueAsync());
        Assert.Equal("out", await box.Value.ValueAsync());
        Assert.Equal([box], await box.Value.ResourcesAsync());
        Assert.Equal("test:index:Box", box.GetResourceType());
        Assert.Equal("box", box.GetResourceName());
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task Resource_OutputThatTheEngineLeavesOut_IsKnownOnlyAfterAnUpdate(bool preview, bool isKnown)
    {
        Set("PULUMI_DRY_RUN", preview ? "true" : "false");
        Engine.Answer("box", WireValues.Of());
        Box<string>? box = null;

        await RunAsync(() => { box = new Box<string>("box"); });

        Assert.Equal(isKnown, await box!.Value.IsKnownAsync());
        Assert.Null(await box.Value.ValueAsync());
    }

    [Fact]
    public async Task Resource_WithoutIdInAPreview_HasAnUnknownId()
    {
        Preview();
        Engine.Answer("box", WireValues.Of(), id: "");
        Box<string>? box = null;

        await RunAsync(() => { box = new Box<string>("box"); });

        Assert.False(await box!.Id.IsKnownAsync());
        Assert.True(await box.Urn.IsKnownAsync());
    }

    [Theory]
    [InlineData(Wire.Result.Fail)]
    [InlineData(Wire.Result.Skip)]
    public async Task Resource_LeftOutByTheEngine_HasUnknownOutputsAndTheProgramGoesOn(Wire.Result result)
    {
        Engine.AnswerWith("box", response =>
        {
            response.Result = result;
            response.Object = new();
            response.Id = "";
        });
        Box<string>? box = null;

        await RunAsync(() => { box = new Box<string>("box"); });

        Assert.False(await box!.Value.IsKnownAsync());
        Assert.False(await box.Id.IsKnownAsync());
    }

    [Fact]
    public async Task Component_WithChildren_IsTheirParentAndRegistersItsOutputs()
    {
        await RunAsync(() =>
        {
            var group = new Group("group");
            var box = new Box<string>("box", new() { ["value"] = "v" }, new() { Parent = group });
            group.Register(new() { ["address"] = box.Value, ["nothing"] = null });
        });

        Assert.Equal("urn:pulumi:dev::proj::test:index:Group::group", Engine.Registration("box").Parent);
        Assert.False(Engine.Registration("group").Custom);
        var outputs = Assert.Single(Engine.Outputs, request => request.Urn.EndsWith("::group", StringComparison.Ordinal));
        Assert.Equal(WireValues.Of(("address", "v")), outputs.Outputs);
    }

    [Fact]
    public async Task Component_WithInputs_SendsThem()
    {
        await RunAsync(() => { _ = new Group("group", new BoxArgs(new() { ["value"] = 1 }), remote: false); });

        Assert.Equal(1, Engine.Inputs("group")["value"].NumberValue);
        Assert.False(Engine.Registration("group").Remote);
    }

    [Fact]
    public async Task RemoteComponent_AnswerOfTheEngine_BecomesItsOutputsWithTheirSources()
    {
        Engine.Features.Add("outputValues");
        Engine.AnswerWith("group", response =>
        {
            response.Object = WireValues.Of(("address", "10.0.0.1"));
            response.PropertyDependencies["address"] = new() { Urns = { "urn:pulumi:dev::proj::test:index:Box::inner" } };
        });
        RemoteGroup? group = null;

        await RunAsync(() => { group = new RemoteGroup("group"); });

        Assert.True(Engine.Registration("group").Remote);
        Assert.Equal("10.0.0.1", await group!.Address.ValueAsync());
        var urns = await Task.WhenAll((await group.Address.ResourcesAsync()).Select(resource => resource.Urn.ValueAsync()));
        Assert.Equal(["urn:pulumi:dev::proj::test:index:Box::inner", "urn:pulumi:dev::proj::test:index:Group::group"], urns.Order());
    }

    [Fact]
    public async Task Resource_WithAnId_IsReadNotRegistered()
    {
        Engine.OnRead = request => Task.FromResult(new Wire.ReadResourceResponse
        {
            Urn = "urn:pulumi:dev::proj::test:index:Box::box",
            Properties = WireValues.Of(("value", "there")),
        });
        Box<string>? box = null;

        await RunAsync(() => { box = new Box<string>("box", new() { ["other"] = "o" }, new() { Id = "existing", Version = "1.0.0" }); });

        var request = Assert.Single(Engine.Reads);
        Assert.Equal("existing", request.Id);
        Assert.Equal("box", request.Name);
        Assert.Equal(Stack, request.Parent);
        Assert.Equal("o", request.Properties.Fields["other"].StringValue);
        Assert.Equal("1.0.0", request.Version);
        Assert.Equal("existing", await box!.Id.ValueAsync());
        Assert.Equal("there", await box.Value.ValueAsync());
        Assert.DoesNotContain(Engine.Registrations, registration => registration.Name == "box");
    }

    [Fact]
    public async Task Resource_WithAUrn_IsAskedForNotRegistered()
    {
        Engine.OnInvoke = request => new()
        {
            Return = WireValues.Of(
                ("urn", request.Args.Fields["urn"].StringValue), ("id", "id-9"), ("state", WireValues.Object(("value", "state")))),
        };
        Box<string>? box = null;

        await RunAsync(() => { box = new Box<string>("box", options: new() { Urn = "urn:pulumi:dev::proj::test:index:Box::box" }); });

        Assert.Equal("pulumi:pulumi:getResource", Assert.Single(Engine.Invokes).Tok);
        Assert.Equal("id-9", await box!.Id.ValueAsync());
        Assert.Equal("state", await box.Value.ValueAsync());
        Assert.DoesNotContain(Engine.Registrations, registration => registration.Name == "box");
    }

    [Fact]
    public async Task Resource_OfAParameterizedPackage_NamesThePackageOnce()
    {
        await RunAsync(() =>
        {
            _ = new Packaged("one");
            _ = new Packaged("two");
        });

        Assert.Equal("ref-plugin", Engine.Registration("one").PackageRef);
        Assert.Equal("ref-plugin", Engine.Registration("two").PackageRef);
        Assert.Equal("tool", Engine.Packages.First().Parameterization.Name);
    }

    [Theory]
    [InlineData("", "name")]
    [InlineData("test:index:Box", "")]
    public async Task Resource_WithoutTypeOrName_FailsTheProgram(string type, string name)
    {
        var error = await FailAsync(() => { _ = new CustomResource(type, name, ResourceArgs.Empty, options: null); });

        Assert.Contains(nameof(ArgumentException), error, StringComparison.Ordinal);
    }

    private sealed class RemoteGroup(string name)
        : ComponentResource("test:index:Group", name, ResourceArgs.Empty, options: null, remote: true)
    {
        [Output("address")]
        public Output<string> Address { get; private set; } = null!;
    }

    private sealed class Packaged(string name) : CustomResource(
        "test:index:Packaged",
        name,
        ResourceArgs.Empty,
        options: null,
        new RegisterPackageRequest("plugin", "1.0.0", downloadUrl: null, checksums: null, new("tool", "2.0.0", [1, 2])));
}
