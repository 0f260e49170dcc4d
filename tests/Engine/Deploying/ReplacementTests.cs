using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;
using FogInfra.Engine.Tests.Harness;

namespace FogInfra.Engine.Tests.Deploying;

public sealed class ReplacementTests : DeployingTest
{
    private void ReplaceOnAnyChange(bool deleteFirst = false) => Provider.OnDiff = request =>
        request.OldInputs.Equals(request.NewInputs)
            ? DiffResult.NoChanges
            : new DiffResult { Changes = DiffChanges.Some, Replaces = ["size"], DeleteBeforeReplace = deleteFirst };

    [Fact]
    public async Task Replace_ByDefault_CreatesTheNewOneFirstAndDeletesTheOldOneLast()
    {
        ReplaceOnAnyChange();
        (await Workspace.UpAsync(async program => await User(program, "user", await Thing(program, "thing")))).ShouldSucceed();
        var outcome = (await Workspace.UpAsync(async program => await User(program, "user", await Thing(program, "thing", 2)))).ShouldSucceed();
        Assert.Equal(["create thing", "create user", "create thing", "create user", "delete user-1", "delete thing-1"], Provider.Changes);
        Assert.Equal(new Dictionary<string, int> { ["replace"] = 2, ["same"] = 1 }, outcome.Changes);
        Assert.Equal(
            ["create-replacement thing", "replace thing", "create-replacement user", "replace user", "delete-replaced user", "delete-replaced thing"],
            outcome.Steps.Where(step => step.Name is "thing" or "user").Select(step => $"{step.Op} {step.Name}"));
        Assert.Equal("thing-2", Workspace.Resources()["thing"]["id"]!.GetValue<string>());
        await ShouldBeSoundAsync();
    }

    [Fact]
    public async Task Replace_DeleteBeforeReplaceByTheProvider_DeletesDependentsFirstThenTheResource()
    {
        ReplaceOnAnyChange(deleteFirst: true);
        (await Workspace.UpAsync(async program => await User(program, "user", await Thing(program, "thing")))).ShouldSucceed();
        var outcome = (await Workspace.UpAsync(async program => await User(program, "user", await Thing(program, "thing", 2)))).ShouldSucceed();
        Assert.Equal(["create thing", "create user", "delete user-1", "delete thing-1", "create thing", "create user"], Provider.Changes);
        Assert.Equal(2, outcome.Changes["replace"]);
        await ShouldBeSoundAsync();
    }

    [Fact]
    public async Task Replace_DeleteBeforeReplaceByTheProgram_OverrulesTheProvider()
    {
        ReplaceOnAnyChange();
        Task Program(ProgramClient program, double size, bool first) => Thing(program, "thing", size, request =>
        {
            request.DeleteBeforeReplace = first;
            request.DeleteBeforeReplaceDefined = true;
        });
        (await Workspace.UpAsync(program => Program(program, 1, true))).ShouldSucceed();
        (await Workspace.UpAsync(program => Program(program, 2, true))).ShouldSucceed();
        ReplaceOnAnyChange(deleteFirst: true);
        (await Workspace.UpAsync(program => Program(program, 3, false))).ShouldSucceed();
        Assert.Equal(["create thing", "delete thing-1", "create thing", "create thing", "delete thing-2"], Provider.Changes);
    }

    [Fact]
    public async Task Replace_DeleteFirstAndDependentOnlyUpdates_KeepsTheDependent()
    {
        Provider.OnDiff = request => request.OldInputs.Equals(request.NewInputs) ? DiffResult.NoChanges
            : request.Urn.Name == "user" ? new DiffResult { Changes = DiffChanges.Some }
            : new DiffResult { Changes = DiffChanges.Some, Replaces = ["size"], DeleteBeforeReplace = true };
        (await Workspace.UpAsync(async program => await User(program, "user", await Thing(program, "thing")))).ShouldSucceed();
        (await Workspace.UpAsync(async program => await User(program, "user", await Thing(program, "thing", 2)))).ShouldSucceed();
        Assert.Equal(["create thing", "create user", "delete thing-1", "create thing", "update user"], Provider.Changes);
    }

    [Fact]
    public async Task Replace_DeleteFirstAndDependentNoLongerInTheProgram_DoesNotComeBack()
    {
        ReplaceOnAnyChange(deleteFirst: true);
        (await Workspace.UpAsync(async program => await User(program, "user", await Thing(program, "thing")))).ShouldSucceed();
        (await Workspace.UpAsync(program => Thing(program, "thing", 2))).ShouldSucceed();
        Assert.Equal(["create thing", "create user", "delete user-1", "delete thing-1", "create thing"], Provider.Changes);
        Assert.DoesNotContain("user", Workspace.Resources().Keys);
        await ShouldBeSoundAsync();
    }

    [Fact]
    public async Task Replace_CreateAfterDeleteFails_IsTakenUpByTheNextUpdate()
    {
        ReplaceOnAnyChange(deleteFirst: true);
        (await Workspace.UpAsync(program => Thing(program, "thing"))).ShouldSucceed();
        Provider.OnCreate = (_, _) => throw new ProviderException("no room");
        Assert.Equal(1, (await Workspace.UpAsync(program => Thing(program, "thing", 2))).ExitCode);
        Assert.True(Workspace.Resources()["thing"]["pendingReplacement"]!.GetValue<bool>());

        Provider.OnCreate = null;
        var outcome = (await Workspace.UpAsync(program => Thing(program, "thing", 2))).ShouldSucceed();
        Assert.Equal(["create thing", "delete thing-1", "create thing", "create thing"], Provider.Changes);
        Assert.Equal(1, outcome.Changes["replace"]);
        Assert.False(Workspace.Resources()["thing"].ContainsKey("pendingReplacement"));
    }

    [Fact]
    public async Task Replace_DeleteOfTheOldOneFails_IsTriedAgainByTheNextUpdate()
    {
        ReplaceOnAnyChange();
        (await Workspace.UpAsync(program => Thing(program, "thing"))).ShouldSucceed();
        Provider.OnDelete = (_, _) => throw new ProviderException("locked");
        Assert.Equal(1, (await Workspace.UpAsync(program => Thing(program, "thing", 2))).ExitCode);
        var entries = Workspace.State()["resources"]!.AsArray().Where(item => item!["urn"]!.GetValue<string>().EndsWith("::thing")).ToArray();
        Assert.Equal(["thing-2", "thing-1"], entries.Select(item => item!["id"]!.GetValue<string>()));
        Assert.True(entries[1]!["delete"]!.GetValue<bool>());

        Provider.OnDelete = null;
        (await Workspace.UpAsync(program => Thing(program, "thing", 2))).ShouldSucceed();
        Assert.Equal("delete thing-1", Provider.Changes[^1]);
        Assert.Equal(["thing-2"], Provider.Existing.Keys);
    }

    [Fact]
    public async Task Replace_ByTheUser_ReplacesAnUnchangedResource()
    {
        (await Workspace.UpAsync(program => Thing(program, "thing"))).ShouldSucceed();
        var outcome = (await Workspace.UpAsync(program => Thing(program, "thing"), "--replace", UrnPrefix + "thing")).ShouldSucceed();
        Assert.Equal(["create thing", "create thing", "delete thing-1"], Provider.Changes);
        var metadata = outcome.EventObjects.Select(item => item["resourcePreEvent"]?["metadata"]).First(item => item?["op"]!.GetValue<string>() == "replace");
        Assert.Equal("""["id"]""", metadata!["keys"]!.ToJsonString());
    }

    [Fact]
    public async Task ReplaceOnChanges_ChangedPath_Replaces()
    {
        Task Program(ProgramClient program, double size) => Thing(program, "thing", size, request => request.ReplaceOnChanges.Add("size"));
        (await Workspace.UpAsync(program => Program(program, 1))).ShouldSucceed();
        (await Workspace.UpAsync(program => Program(program, 2))).ShouldSucceed();
        Assert.Equal(["create thing", "create thing", "delete thing-1"], Provider.Changes);
    }

    [Fact]
    public async Task ReplacementTrigger_Changed_Replaces()
    {
        Task Program(ProgramClient program, string trigger) => Thing(program, "thing", 1, request =>
            request.ReplacementTrigger = Google.Protobuf.WellKnownTypes.Value.ForString(trigger));
        (await Workspace.UpAsync(program => Program(program, "a"))).ShouldSucceed();
        (await Workspace.UpAsync(program => Program(program, "a"))).ShouldSucceed();
        (await Workspace.UpAsync(program => Program(program, "b"))).ShouldSucceed();
        Assert.Equal(["create thing", "create thing", "delete thing-1"], Provider.Changes);
    }

    [Fact]
    public async Task ReplaceWith_OtherResourceIsReplaced_IsReplacedToo()
    {
        ReplaceOnAnyChange();
        async Task Program(ProgramClient program, double size)
        {
            var thing = await Thing(program, "thing", size);
            await Thing(program, "other", 1, request => request.ReplaceWith.Add(thing.Urn), thing);
        }

        (await Workspace.UpAsync(program => Program(program, 1))).ShouldSucceed();
        (await Workspace.UpAsync(program => Program(program, 2))).ShouldSucceed();
        Assert.Equal(["create thing", "create other", "create thing", "create other", "delete other-1", "delete thing-1"], Provider.Changes);
        await ShouldBeSoundAsync();
    }

    [Fact]
    public async Task Replace_ProtectedResource_IsRefused()
    {
        ReplaceOnAnyChange();
        Task Program(ProgramClient program, double size, bool protect) => Thing(program, "thing", size, request => request.Protect = protect);
        (await Workspace.UpAsync(program => Program(program, 1, true))).ShouldSucceed();
        var outcome = await Workspace.UpAsync(program => Program(program, 2, true));
        Assert.Equal(1, outcome.ExitCode);
        Assert.StartsWith($"unable to replace resource \"{UrnPrefix}thing\"\nas it is currently marked for protection.", outcome.Messages("error")[0]);
        Assert.Equal(["create thing"], Provider.Changes);
        (await Workspace.UpAsync(program => Program(program, 2, false))).ShouldSucceed();
    }

    [Fact]
    public async Task Replace_DefaultsOfTheOldResource_AreNotCarriedOver()
    {
        Provider.OnCheck = request => CheckResult.Passed(request.NewInputs.With("name", request.OldInputs["name"] ?? $"auto-{request.NewInputs["size"]}"));
        Provider.OnDiff = request => Equals(request.OldInputs["size"], request.NewInputs["size"])
            ? DiffResult.NoChanges
            : new DiffResult { Changes = DiffChanges.Some, Replaces = ["size"] };
        (await Workspace.UpAsync(program => Thing(program, "thing"))).ShouldSucceed();
        var first = Workspace.Resources()["thing"]["inputs"]!["name"]!.GetValue<string>();
        (await Workspace.UpAsync(program => Thing(program, "thing", 2))).ShouldSucceed();
        Assert.NotEqual(first, Workspace.Resources()["thing"]["inputs"]!["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task Replace_ComponentBecomesCustom_IsAReplacement()
    {
        (await Workspace.UpAsync(program => program.ComponentAsync(Type, "thing"))).ShouldSucceed();
        var outcome = (await Workspace.UpAsync(program => Thing(program, "thing"))).ShouldSucceed();
        Assert.Equal(1, outcome.Changes["replace"]);
        Assert.Equal("thing-1", Workspace.Resources()["thing"]["id"]!.GetValue<string>());
        await ShouldBeSoundAsync();
    }
}
