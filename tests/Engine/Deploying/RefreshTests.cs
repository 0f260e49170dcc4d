using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;
using FogInfra.Engine.Tests.Harness;

namespace FogInfra.Engine.Tests.Deploying;

public sealed class RefreshTests : DeployingTest
{
    private Task<CommandOutcome> RefreshAsync(params string[] arguments) => Workspace.RunAsync(["refresh", "--yes", "--skip-preview", .. arguments]);

    [Fact]
    public async Task Refresh_NothingChanged_SaysSame()
    {
        (await Workspace.UpAsync(program => Thing(program, "thing"))).ShouldSucceed();
        var before = Workspace.Resources()["thing"].ToJsonString();
        var outcome = (await RefreshAsync()).ShouldSucceed();
        Assert.Equal(new Dictionary<string, int> { ["same"] = 2 }, outcome.Changes);
        Assert.Equal(before, Workspace.Resources()["thing"].ToJsonString());
    }

    [Fact]
    public async Task Refresh_ChangedOutside_TakesItOver()
    {
        (await Workspace.UpAsync(program => Thing(program, "thing"))).ShouldSucceed();
        Provider.Existing["thing-1"] = PropertyMap.Of(("size", 5d), ("serial", 1d));
        var outcome = (await RefreshAsync()).ShouldSucceed();
        Assert.Equal(1, outcome.Changes["update"]);
        Assert.Equal(5, Workspace.Resources()["thing"]["inputs"]!["size"]!.GetValue<int>());
        var done = outcome.EventObjects.Select(item => item["resOutputsEvent"]?["metadata"]).First(item => item?["type"]?.GetValue<string>() == Type)!;
        Assert.Equal("update", done["op"]!.GetValue<string>());

        // The program still wants what it wanted.
        (await Workspace.UpAsync(program => Thing(program, "thing"))).ShouldSucceed();
        Assert.Equal("update thing", Provider.Changes[^1]);
    }

    [Fact]
    public async Task Refresh_GoneOutside_RemovesItAndEveryReferenceToIt()
    {
        (await Workspace.UpAsync(async program =>
        {
            var owner = await Thing(program, "owner");
            var child = await Thing(program, "child", 1, request => request.Parent = owner.Urn, owner);
            await Thing(program, "with", 1, request => request.DeletedWith = owner.Urn, owner, child);
        })).ShouldSucceed();
        Provider.Existing.TryRemove("owner-1", out _);
        var outcome = (await RefreshAsync()).ShouldSucceed();
        Assert.Equal(1, outcome.Changes["delete"]);
        Assert.DoesNotContain("owner", Workspace.State().ToJsonString().Replace("acme:index:Thing$acme", ""));
        Assert.Equal("urn:pulumi:dev::proj::pulumi:pulumi:Stack::proj-dev", Workspace.Resources()["child"]["parent"]!.GetValue<string>());
        await ShouldBeSoundAsync();
    }

    [Fact]
    public async Task Refresh_Unhealthy_WarnsAndKeepsTheErrors()
    {
        (await Workspace.UpAsync(program => Thing(program, "thing"))).ShouldSucceed();
        Provider.OnRead = request => throw new ResourceInitException("not ready", ["crash loop"]) { Id = request.Id, Outputs = request.Outputs };
        var outcome = (await RefreshAsync()).ShouldSucceed();
        Assert.Contains("Refreshed resource is in an unhealthy state:\n* crash loop", outcome.Messages("warning"));
        Assert.Equal("""["crash loop"]""", Workspace.Resources()["thing"]["initErrors"]!.ToJsonString());
    }

    [Fact]
    public async Task Refresh_OneCannotBeRead_FailsButKeepsWhatWasReadOfTheOthers()
    {
        (await Workspace.UpAsync(async program =>
        {
            await Thing(program, "bad");
            await Thing(program, "good");
        })).ShouldSucceed();
        Provider.OnRead = request => request.Id == "bad-1"
            ? throw new ProviderException("timeout")
            : new ReadResult(request.Id, PropertyMap.Of(("size", 8d)), PropertyMap.Of(("size", 8d)));
        var outcome = await RefreshAsync();
        Assert.Equal(1, outcome.ExitCode);
        Assert.Equal(["timeout", "update failed"], outcome.Messages("error"));
        Assert.Equal(8, Workspace.Resources()["good"]["inputs"]!["size"]!.GetValue<int>());
        Assert.Equal(1, Workspace.Resources()["bad"]["inputs"]!["size"]!.GetValue<int>());
    }

    [Fact]
    public async Task Refresh_Preview_ChangesNothing()
    {
        (await Workspace.UpAsync(program => Thing(program, "thing"))).ShouldSucceed();
        var before = Workspace.Read("store/.pulumi/stacks/proj/dev.json");
        Provider.Existing.Clear();
        var outcome = (await Workspace.RunAsync("refresh", "--yes", "--preview-only")).ShouldSucceed();
        Assert.Equal(1, outcome.Changes["delete"]);
        Assert.Equal(before, Workspace.Read("store/.pulumi/stacks/proj/dev.json"));
    }

    [Fact]
    public async Task UpWithRefresh_GoneOutside_CreatesItAgain()
    {
        (await Workspace.UpAsync(program => Thing(program, "thing"))).ShouldSucceed();
        Provider.Existing.Clear();
        var outcome = (await Workspace.UpAsync(program => Thing(program, "thing"), "--refresh")).ShouldSucceed();
        Assert.Equal(["create thing", "create thing"], Provider.Changes);
        Assert.Equal(new Dictionary<string, int> { ["create"] = 1, ["same"] = 1 }, outcome.Changes);
        await ShouldBeSoundAsync();
    }

    [Fact]
    public async Task Refresh_Targets_ReadsOnlyThem()
    {
        (await Workspace.UpAsync(async program =>
        {
            await Thing(program, "a");
            await Thing(program, "b");
        })).ShouldSucceed();
        (await RefreshAsync("--target", UrnPrefix + "a")).ShouldSucceed();
        Assert.Equal(["read a-1"], Provider.Calls.Where(call => call.StartsWith("read")));
    }

    [Fact]
    public async Task Refresh_AdditionalSecretOutputs_StaySecret()
    {
        (await Workspace.UpAsync(program => Thing(program, "thing", 1, request => request.AdditionalSecretOutputs.Add("size")))).ShouldSucceed();
        (await RefreshAsync()).ShouldSucceed();
        Assert.NotNull(Workspace.Resources()["thing"]["outputs"]!["size"]!["ciphertext"]);
    }

    [Fact]
    public async Task DestroyWithRunProgram_UsesTheProgramsProviderAndDeletesEverything()
    {
        async Task Program(ProgramClient program, string token)
        {
            var provider = await program.CustomAsync("pulumi:providers:acme", "p", PropertyMap.Of(("token", token)));
            await Thing(program, "thing", 1, request => request.Provider = provider.ProviderReference);
        }

        (await Workspace.UpAsync(program => Program(program, "old"))).ShouldSucceed();
        (await Workspace.OperateAsync(["destroy", "--yes", "--skip-preview", "--run-program"], program => Program(program, "new"))).ShouldSucceed();
        Assert.Empty(Provider.Existing);
        Assert.Empty(Workspace.Resources());
        Assert.Equal("new", Provider.Configurations.Last().GetText("token"));
    }
}
