using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;
using FogInfra.Engine.Tests.Harness;

namespace FogInfra.Engine.Tests.Deploying;

public sealed class PreviewTests : DeployingTest
{
    [Fact]
    public async Task Preview_NewResources_CreatesNothingAndWritesNothing()
    {
        var before = Workspace.Read("store/.pulumi/stacks/proj/dev.json");
        Registered? thing = null;
        var outcome = (await Workspace.PreviewAsync(async program => await User(program, "user", thing = await Thing(program, "thing")))).ShouldSucceed();
        Assert.Equal(3, outcome.Changes["create"]);
        Assert.Empty(Provider.Changes);
        Assert.Equal(before, Workspace.Read("store/.pulumi/stacks/proj/dev.json"));
        Assert.Equal("", thing!.Id);
        Assert.Equal(PropertyValue.Unknown, thing.Outputs["serial"]);
        Assert.Equal((PropertyValue)1d, thing.Outputs["size"]);
        Assert.False(Directory.Exists(Workspace.PathOf("store/.pulumi/history")));
        Assert.All(outcome.EventObjects.Select(item => item["resourcePreEvent"]).OfType<System.Text.Json.Nodes.JsonObject>(), item => Assert.True(item["planning"]!.GetValue<bool>()));
    }

    [Fact]
    public async Task Preview_ProviderWithoutPreviews_IsNotCalledAndOutputsAreTheInputs()
    {
        Provider.Features = new ProviderFeatures { AcceptsSecrets = true };
        Registered? thing = null;
        (await Workspace.PreviewAsync(async program => thing = await Thing(program, "thing", 7))).ShouldSucceed();
        Assert.Equal(["check thing"], Provider.Calls);
        Assert.Equal(PropertyMap.Of(("size", 7d)), thing!.Outputs);
    }

    [Fact]
    public async Task Preview_SdkWithoutPartialValues_GetsNoOutputThatContainsAnUnknown()
    {
        Registered? thing = null;
        (await Workspace.PreviewAsync(async program => thing = await program.CustomAsync(
            Type,
            "thing",
            PropertyMap.Of(("known", "x"), ("partly", PropertyValue.ListOf("x", PropertyValue.Unknown))),
            request => request.SupportsPartialValues = false))).ShouldSucceed();
        Assert.Equal(["known"], thing!.Outputs.Names);
    }

    [Fact]
    public async Task Preview_Changes_AreShownAndDoNotHappen()
    {
        (await Workspace.UpAsync(async program =>
        {
            await Thing(program, "changed");
            await Thing(program, "gone");
            await Thing(program, "kept");
        })).ShouldSucceed();
        var outcome = (await Workspace.PreviewAsync(async program =>
        {
            await Thing(program, "changed", 2);
            await Thing(program, "kept");
        })).ShouldSucceed();
        Assert.Equal(new Dictionary<string, int> { ["delete"] = 1, ["same"] = 2, ["update"] = 1 }, outcome.Changes);
        Assert.Equal(3, Provider.Existing.Count);
        Assert.Equal(3, Provider.Changes.Count);
    }

    [Fact]
    public async Task Preview_Failure_IsTold()
    {
        Provider.OnDiff = _ => throw new ProviderException("cannot say");
        (await Workspace.UpAsync(program => Thing(program, "thing"))).ShouldSucceed();
        var outcome = await Workspace.PreviewAsync(program => Thing(program, "thing", 2));
        Assert.Equal(1, outcome.ExitCode);
        Assert.Equal(["cannot say", "preview failed"], outcome.Messages("error"));
    }

    [Fact]
    public async Task Preview_ProtectedResources_AreAllTold()
    {
        (await Workspace.UpAsync(async program =>
        {
            await Thing(program, "a", 1, request => request.Protect = true);
            await Thing(program, "b", 1, request => request.Protect = true);
        })).ShouldSucceed();
        var outcome = await Workspace.PreviewAsync(_ => Task.CompletedTask);
        Assert.Equal(1, outcome.ExitCode);
        Assert.Equal(2, outcome.Messages("error").Count(message => message.Contains("because it is protected")));
    }

    [Fact]
    public async Task ExpectNoChanges_Changes_FailWithTheirOwnExitCode()
    {
        var outcome = await Workspace.PreviewAsync(program => Thing(program, "thing"), "--expect-no-changes");
        Assert.Equal(7, outcome.ExitCode);
        Assert.Equal("error: no changes were expected for preview but changes were proposed\n", outcome.Error);
        (await Workspace.UpAsync(program => Thing(program, "thing"))).ShouldSucceed();
        (await Workspace.UpAsync(program => Thing(program, "thing"), "--expect-no-changes")).ShouldSucceed();
    }

    [Fact]
    public async Task Up_WithoutSkipPreview_PreviewsFirst()
    {
        var outcome = (await Workspace.OperateAsync(["up", "--yes"], program => Thing(program, "thing"))).ShouldSucceed();
        Assert.Contains("Previewing update (dev):", outcome.Out);
        Assert.Contains("Updating (dev):", outcome.Out);
        Assert.Equal(["check thing", "preview-create thing", "check thing", "create thing"], Provider.Calls);
        Assert.Single(outcome.EventObjects, item => item.ContainsKey("cancelEvent"));
    }

    [Fact]
    public async Task Up_WithoutConfirmation_IsRefused()
    {
        var outcome = await Workspace.OperateAsync(["up"], program => Thing(program, "thing"));
        Assert.Equal(2, outcome.ExitCode);
        Assert.Equal("error: --yes or --skip-preview must be passed in to proceed when running in non-interactive mode\n", outcome.Error);
    }

    [Fact]
    public async Task PreviewJson_IsOneObject()
    {
        (await Workspace.UpAsync(program => Thing(program, "thing"))).ShouldSucceed();
        var outcome = (await Workspace.PreviewAsync(program => Thing(program, "thing", 2), "--json")).ShouldSucceed();
        var steps = outcome.Json["steps"]!.AsArray();
        Assert.Equal(["same", "update"], steps.Select(step => step!["op"]!.GetValue<string>()));
        Assert.Equal("""{"size":{"kind":"update","inputDiff":true}}""", steps[1]!["detailedDiff"]!.ToJsonString());
        Assert.Equal(2, steps[1]!["newState"]!["inputs"]!["size"]!.GetValue<int>());
        Assert.Equal("""{"same":1,"update":1}""", outcome.Json["changeSummary"]!.ToJsonString());
    }

    [Fact]
    public async Task PreviewJson_Streaming_IsOneEventALine()
    {
        Workspace.Environment["PULUMI_ENABLE_STREAMING_JSON_PREVIEW"] = "true";
        var outcome = (await Workspace.PreviewAsync(program => Thing(program, "thing"), "--json")).ShouldSucceed();
        Assert.Equal(outcome.Events, outcome.Out.TrimEnd('\n').Split('\n'));
    }
}
