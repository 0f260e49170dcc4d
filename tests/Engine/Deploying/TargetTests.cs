using FogInfra.Embedded.Engine.Deploying;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Engine.Tests.Harness;

namespace FogInfra.Engine.Tests.Deploying;

public sealed class TargetTests : DeployingTest
{
    private static async Task Chain(ProgramClient program, double size)
    {
        var a = await Thing(program, "a", size);
        var b = await Thing(program, "b", size, null, a);
        await Thing(program, "c", size, null, b);
    }

    [Theory]
    [InlineData("urn:pulumi:dev::proj::acme:index:Thing::a", true)]
    [InlineData("**", true)]
    [InlineData("**Thing::a", true)]
    [InlineData("urn:pulumi:dev::proj::acme:index:*::a", true)]
    [InlineData("*a", false)]
    [InlineData("urn:pulumi:dev::proj::acme:index:Thing::b", false)]
    public void Contains_Pattern_MatchesAsDocumented(string pattern, bool expected) =>
        Assert.Equal(expected, new UrnTargets([pattern]).Contains(Urn.Parse(UrnPrefix + "a")));

    [Fact]
    public async Task Target_Existing_ChangesOnlyIt()
    {
        (await Workspace.UpAsync(program => Chain(program, 1))).ShouldSucceed();
        var outcome = (await Workspace.UpAsync(program => Chain(program, 2), "--target", UrnPrefix + "b")).ShouldSucceed();
        Assert.Equal("update b", Provider.Changes[^1]);
        Assert.Equal(new Dictionary<string, int> { ["same"] = 3, ["update"] = 1 }, outcome.Changes);
        Assert.Equal(1, Workspace.Resources()["a"]["inputs"]!["size"]!.GetValue<int>());
        await ShouldBeSoundAsync();
    }

    [Fact]
    public async Task Target_WithDependents_ChangesThemToo()
    {
        (await Workspace.UpAsync(program => Chain(program, 1))).ShouldSucceed();
        (await Workspace.UpAsync(program => Chain(program, 2), "--target", UrnPrefix + "b", "--target-dependents")).ShouldSucceed();
        Assert.Equal(["update b", "update c"], Provider.Changes.Skip(3));
    }

    [Fact]
    public async Task Target_DependsOnANewResourceThatIsNone_IsAnError()
    {
        var outcome = await Workspace.UpAsync(program => Chain(program, 1), "--target", UrnPrefix + "b");
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains($"Resource '{UrnPrefix}b' depends on '{UrnPrefix}a' which was was not specified in --target list.", outcome.Messages("error"));
        Assert.Empty(Provider.Changes);
    }

    [Fact]
    public async Task Target_NewResourceThatIsNone_IsLeftOutAndAnsweredAsUnknown()
    {
        Registered? other = null;
        var outcome = (await Workspace.UpAsync(
            async program =>
            {
                await Thing(program, "a");
                other = await Thing(program, "other");
            },
            "--target",
            UrnPrefix + "a")).ShouldSucceed();
        Assert.Equal(["create a"], Provider.Changes);
        Assert.True(other!.Unknown);
        Assert.DoesNotContain("other", Workspace.Resources().Keys);
        Assert.Equal(2, outcome.Changes["create"]);
    }

    [Fact]
    public async Task Target_RemovedResourceThatIsNone_StaysInASoundState()
    {
        (await Workspace.UpAsync(program => Chain(program, 1))).ShouldSucceed();
        (await Workspace.UpAsync(program => Thing(program, "c", 2), "--target", UrnPrefix + "c")).ShouldSucceed();
        Assert.Equal("update c", Provider.Changes[^1]);
        Assert.Equal(["a", "b", "c"], Workspace.Resources().Keys.Where(name => name.Length == 1).Order());
        await ShouldBeSoundAsync();
    }

    [Fact]
    public async Task Target_NotInTheStack_IsAnError()
    {
        (await Workspace.UpAsync(program => Chain(program, 1))).ShouldSucceed();
        var outcome = await Workspace.UpAsync(program => Chain(program, 1), "--target", UrnPrefix + "typo");
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains(outcome.Messages("error"), message => message.StartsWith($"Target '{UrnPrefix}typo' could not be found in the stack."));
    }

    [Fact]
    public async Task Exclude_Existing_ChangesAllOthers()
    {
        (await Workspace.UpAsync(program => Chain(program, 1))).ShouldSucceed();
        (await Workspace.UpAsync(program => Chain(program, 2), "--exclude", UrnPrefix + "b")).ShouldSucceed();
        Assert.Equal(["update a", "update c"], Provider.Changes.Skip(3));
    }

    [Fact]
    public async Task TargetAndExclude_Together_AreRefused()
    {
        var outcome = await Workspace.UpAsync(program => Chain(program, 1), "--target", "x", "--exclude", "y");
        Assert.Equal((2, "error: only one of --target and --exclude can be used\n"), (outcome.ExitCode, outcome.Error));
    }

    [Fact]
    public async Task Target_IsDeletedButAResourceThatIsNoneDependedOnIt_NeedsItsConsent()
    {
        (await Workspace.UpAsync(program => Chain(program, 1))).ShouldSucceed();
        Task Program(ProgramClient program) => Thing(program, "c"); // It needs neither of the others any more.

        var refused = await Workspace.UpAsync(Program, "--target", UrnPrefix + "b");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains(refused.Messages("error"), message => message.StartsWith(
            $"Resource '{UrnPrefix}b' cannot be destroyed: '{UrnPrefix}c' depends on it and was not specified in --target list."));
        Assert.Equal(3, Provider.Existing.Count);
        await ShouldBeSoundAsync();

        (await Workspace.UpAsync(Program, "--target", UrnPrefix + "a", "--target-dependents")).ShouldSucceed();
        Assert.Equal(["c-1"], Provider.Existing.Keys);
        await ShouldBeSoundAsync();
    }

    [Fact]
    public async Task Target_IsToDependOnWhatDependsOnItAndIsNone_IsRefused()
    {
        (await Workspace.UpAsync(async program => await Thing(program, "b", 1, null, await Thing(program, "a")))).ShouldSucceed();
        async Task Turned(ProgramClient program) => await Thing(program, "a", 2, null, await Thing(program, "b"));

        var refused = await Workspace.UpAsync(Turned, "--target", UrnPrefix + "a");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains(refused.Messages("error"), message => message.StartsWith(
            $"Resource '{UrnPrefix}a' is to depend on what depends on it in the state and is left as it is by this run."));
        await ShouldBeSoundAsync();

        (await Workspace.UpAsync(Turned)).ShouldSucceed();
        await ShouldBeSoundAsync();
    }

    [Fact]
    public async Task ExcludeDependents_DependedOnWhatGoes_KeepsIt()
    {
        (await Workspace.UpAsync(async program =>
        {
            var a = await Thing(program, "a");
            await Thing(program, "b");
            await Thing(program, "c", 1, null, a);
        })).ShouldSucceed();
        (await Workspace.UpAsync(
            async program => await Thing(program, "c", 1, null, await Thing(program, "b", 2)),
            "--exclude", UrnPrefix + "b", "--exclude-dependents")).ShouldSucceed();
        Assert.Equal(["a-1", "b-1", "c-1"], Provider.Existing.Keys.Order());
        await ShouldBeSoundAsync();
    }

    [Fact]
    public async Task DestroyTarget_OthersDependOnIt_NeedsTheirConsent()
    {
        (await Workspace.UpAsync(program => Chain(program, 1))).ShouldSucceed();
        var refused = await Workspace.RunAsync("destroy", "--yes", "--skip-preview", "--target", UrnPrefix + "b");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains(refused.Messages("error"), message => message.StartsWith($"Resource '{UrnPrefix}c' will be destroyed but was not specified in --target list."));
        Assert.Equal(3, Provider.Existing.Count);

        (await Workspace.RunAsync("destroy", "--yes", "--skip-preview", "--target", UrnPrefix + "b", "--target-dependents")).ShouldSucceed();
        Assert.Equal(["a-1"], Provider.Existing.Keys);
        await ShouldBeSoundAsync();
    }

    [Fact]
    public async Task DestroyExclude_KeepsItAndWhatItNeeds()
    {
        (await Workspace.UpAsync(program => Chain(program, 1))).ShouldSucceed();
        (await Workspace.RunAsync("destroy", "--yes", "--skip-preview", "--exclude", UrnPrefix + "b")).ShouldSucceed();
        Assert.Equal(["a-1", "b-1"], Provider.Existing.Keys.Order());
        await ShouldBeSoundAsync();
    }

    [Fact]
    public async Task DestroyExcludeProtected_KeepsThemAndWhatTheyNeed()
    {
        (await Workspace.UpAsync(async program =>
        {
            var a = await Thing(program, "a");
            await Thing(program, "b", 1, request => request.Protect = true, a);
            await Thing(program, "c");
        })).ShouldSucceed();
        (await Workspace.RunAsync("destroy", "--yes", "--skip-preview", "--exclude-protected")).ShouldSucceed();
        Assert.Equal(["a-1", "b-1"], Provider.Existing.Keys.Order());
    }
}
