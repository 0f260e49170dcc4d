using FogInfra.Embedded.Protocol.Messages;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;
using FogInfra.Engine.Tests.Harness;

namespace FogInfra.Engine.Tests.Deploying;

public sealed class OptionTests : DeployingTest
{
    [Fact]
    public async Task Protect_ResourceLeftOut_IsRefusedWithTheTextThatPeopleKnow()
    {
        (await Workspace.UpAsync(async program =>
        {
            await Thing(program, "kept", 1, request => request.Protect = true);
            await Thing(program, "other", 1, request => request.Protect = true);
        })).ShouldSucceed();
        var outcome = await Workspace.UpAsync(_ => Task.CompletedTask);
        Assert.Equal(1, outcome.ExitCode);
        var errors = outcome.Messages("error");
        Assert.Equal(3, errors.Count); // One for each, and that the update failed.
        Assert.Contains(
            $"resource \"{UrnPrefix}kept\" cannot be deleted\nbecause it is protected. To unprotect the resource, either remove the `protect` flag "
            + $"from the resource in your Pulumi program and run `pulumi up`, or use the command:\n`pulumi state unprotect '{UrnPrefix}kept'`",
            errors);
        Assert.Equal(2, Provider.Existing.Count);
    }

    [Fact]
    public async Task Protect_OfTheParent_IsInherited()
    {
        (await Workspace.UpAsync(async program =>
        {
            var parent = await program.ComponentAsync("acme:index:Group", "group", request => request.Protect = true);
            await Thing(program, "child", 1, request => request.Parent = parent.Urn);
            await Thing(program, "free", 1, request =>
            {
                request.Parent = parent.Urn;
                request.Protect = false;
            });
        })).ShouldSucceed();
        Assert.True(Workspace.Resources()["child"]["protect"]!.GetValue<bool>());
        Assert.False(Workspace.Resources()["free"].ContainsKey("protect"));
    }

    [Fact]
    public async Task StateUnprotect_ThenDestroy_Deletes()
    {
        (await Workspace.UpAsync(program => Thing(program, "thing", 1, request => request.Protect = true))).ShouldSucceed();
        Assert.Equal(1, (await Workspace.RunAsync("destroy", "--yes", "--skip-preview")).ExitCode);
        (await Workspace.RunAsync("state", "unprotect", UrnPrefix + "thing", "--stack", "dev")).ShouldSucceed();
        (await Workspace.RunAsync("destroy", "--yes", "--skip-preview")).ShouldSucceed();
        Assert.Empty(Provider.Existing);
    }

    [Fact]
    public async Task RetainOnDelete_ResourceLeftOut_IsForgottenOnly()
    {
        (await Workspace.UpAsync(program => Thing(program, "thing", 1, request => request.RetainOnDelete = true))).ShouldSucceed();
        var outcome = (await Workspace.UpAsync(_ => Task.CompletedTask)).ShouldSucceed();
        Assert.Equal(1, outcome.Changes["delete"]);
        Assert.Equal(["thing-1"], Provider.Existing.Keys);
        Assert.DoesNotContain("thing", Workspace.Resources().Keys);
    }

    [Fact]
    public async Task DeletedWith_OtherIsDeletedToo_SkipsTheProvider()
    {
        (await Workspace.UpAsync(async program =>
        {
            var owner = await Thing(program, "owner");
            await Thing(program, "part", 1, request => request.DeletedWith = owner.Urn, owner);
        })).ShouldSucceed();
        (await Workspace.RunAsync("destroy", "--yes", "--skip-preview")).ShouldSucceed();
        Assert.Equal(["create owner", "create part", "delete owner-1"], Provider.Changes);
    }

    [Fact]
    public async Task IgnoreChanges_Path_KeepsTheOldInput()
    {
        Task Program(ProgramClient program, double size) => Thing(program, "thing", size, request => request.IgnoreChanges.Add("size"));
        (await Workspace.UpAsync(program => Program(program, 1))).ShouldSucceed();
        var outcome = (await Workspace.UpAsync(program => Program(program, 2))).ShouldSucceed();
        Assert.Equal(2, outcome.Changes["same"]);
        Assert.Equal(1, Workspace.Resources()["thing"]["inputs"]!["size"]!.GetValue<int>());
    }

    [Fact]
    public async Task Aliases_NewName_KeepsTheResource()
    {
        (await Workspace.UpAsync(async program => await User(program, "user", await Thing(program, "old")))).ShouldSucceed();
        var outcome = (await Workspace.UpAsync(async program => await User(
            program, "user", await Thing(program, "new", 1, request => request.Aliases.Add(new Alias { Spec = new Alias.Types.Spec { Name = "old" } })))))
            .ShouldSucceed();
        Assert.Equal(["create old", "create user"], Provider.Changes);
        Assert.Equal(3, outcome.Changes["same"]);
        Assert.Equal("old-1", Workspace.Resources()["new"]["id"]!.GetValue<string>());
        Assert.DoesNotContain("old", Workspace.Resources().Keys);
        await ShouldBeSoundAsync();
    }

    [Fact]
    public async Task Aliases_OfAParent_AreInheritedByChildrenNamedAfterIt()
    {
        async Task Program(ProgramClient program, string name, string? former)
        {
            var parent = await program.ComponentAsync("acme:index:Group", name, request =>
            {
                if (former is not null)
                {
                    request.Aliases.Add(new Alias { Spec = new Alias.Types.Spec { Name = former } });
                }
            });
            await Thing(program, $"{name}-child", 1, request => request.Parent = parent.Urn);
        }

        (await Workspace.UpAsync(program => Program(program, "before", null))).ShouldSucceed();
        (await Workspace.UpAsync(program => Program(program, "after", "before"))).ShouldSucceed();
        Assert.Equal(["create before-child"], Provider.Changes);
        Assert.Equal("before-child-1", Workspace.Resources()["after-child"]["id"]!.GetValue<string>());
        await ShouldBeSoundAsync();
    }

    [Fact]
    public async Task Aliases_TwoResourcesClaimOne_IsAnError()
    {
        (await Workspace.UpAsync(program => Thing(program, "old"))).ShouldSucceed();
        var outcome = await Workspace.UpAsync(async program =>
        {
            await Thing(program, "a", 1, request => request.AliasURNs.Add(UrnPrefix + "old"));
            await Thing(program, "b", 1, request => request.AliasURNs.Add(UrnPrefix + "old"));
        });
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains(outcome.Messages("error"), message => message.StartsWith($"Duplicate resource alias '{UrnPrefix}old' applied to"));
    }

    [Fact]
    public async Task Register_TheSameUrnTwice_IsAnError()
    {
        var outcome = await Workspace.UpAsync(async program =>
        {
            await Thing(program, "thing");
            await Thing(program, "thing");
        });
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains($"Duplicate resource URN '{UrnPrefix}thing'; try giving it a unique name", outcome.Messages("error"));
    }

    [Fact]
    public async Task Register_UnknownParent_IsAnErrorOfTheProgram()
    {
        var outcome = await Workspace.UpAsync(program => Thing(program, "thing", 1, request => request.Parent = UrnPrefix + "nobody"));
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains(outcome.Messages("error"), message => message.Contains($"could not find parent resource {UrnPrefix}nobody"));
    }

    [Fact]
    public async Task AdditionalSecretOutputs_Output_IsSecretInTheAnswerAndTheState()
    {
        PropertyValue? answered = null;
        (await Workspace.UpAsync(async program =>
        {
            var thing = await Thing(program, "thing", 5, request => request.AdditionalSecretOutputs.Add("size"));
            answered = thing.Outputs["size"];
        })).ShouldSucceed();
        Assert.Equal(new PropertyValue.Secret(5d), answered);
        Assert.NotNull(Workspace.Resources()["thing"]["outputs"]!["size"]!["ciphertext"]);
    }

    [Fact]
    public async Task SecretInput_ProviderDoesNotHandleSecrets_GetsItPlainAndTheOutputIsSecret()
    {
        Provider.Features = new ProviderFeatures { SupportsPreview = true };
        PropertyMap? seen = null;
        Provider.OnCreate = (request, _) =>
        {
            seen = request.Inputs;
            return Task.CompletedTask;
        };
        PropertyMap? answered = null;
        (await Workspace.UpAsync(async program => answered = (await program.CustomAsync(
            Type, "thing", PropertyMap.Of(("nested", PropertyMap.Of(("pw", new PropertyValue.Secret("hunter2")), ("user", "u")))))).Outputs)).ShouldSucceed();
        Assert.Equal("hunter2", seen!.GetMap("nested")!.GetText("pw"));
        Assert.DoesNotContain(seen!.Values, value => value.ContainsSecrets);
        Assert.Equal(PropertyMap.Of(("pw", new PropertyValue.Secret("hunter2")), ("user", "u")), answered!.GetMap("nested"));
    }

    [Fact]
    public async Task CustomTimeouts_GoDurations_ReachTheProviderAndTheState()
    {
        TimeSpan? seen = null;
        Provider.OnCreate = (request, _) =>
        {
            seen = request.Timeout;
            return Task.CompletedTask;
        };
        (await Workspace.UpAsync(program => Thing(program, "thing", 1, request =>
            request.CustomTimeouts = new RegisterResourceRequest.Types.CustomTimeouts { Create = "600000000000ns", Delete = "1h30m" }))).ShouldSucceed();
        Assert.Equal(TimeSpan.FromMinutes(10), seen);
        Assert.Equal("""{"create":600,"delete":5400}""", Workspace.Resources()["thing"]["customTimeouts"]!.ToJsonString());
    }

    [Fact]
    public async Task CustomTimeouts_Malformed_IsAnErrorOfTheProgram()
    {
        var outcome = await Workspace.UpAsync(program => Thing(program, "thing", 1, request =>
            request.CustomTimeouts = new RegisterResourceRequest.Types.CustomTimeouts { Create = "soon" }));
        Assert.Contains(outcome.Messages("error"), message => message.Contains("custom timeouts: 'soon' is no duration"));
    }

    [Fact]
    public async Task PropertyDependencies_NotGiven_MeanAllDependenciesForEachInput()
    {
        (await Workspace.UpAsync(async program => await Thing(program, "user", 1, null, await Thing(program, "thing")))).ShouldSucceed();
        Assert.Equal($$"""{"size":["{{UrnPrefix}}thing"]}""", Workspace.Resources()["user"]["propertyDependencies"]!.ToJsonString());
    }

    [Fact]
    public async Task Import_ExistingResource_ComesUnderManagement()
    {
        Provider.Existing["there"] = PropertyMap.Of(("size", 1d), ("serial", 9d));
        Task Program(ProgramClient program, double size) => Thing(program, "thing", size, request => request.ImportId = "there");
        var outcome = (await Workspace.UpAsync(program => Program(program, 1))).ShouldSucceed();
        Assert.Equal(1, outcome.Changes["import"]);
        Assert.Empty(Provider.Changes);
        Assert.Equal(("there", "there"), (Workspace.Resources()["thing"]["id"]!.GetValue<string>(), Workspace.Resources()["thing"]["importID"]!.GetValue<string>()));

        (await Workspace.UpAsync(program => Program(program, 2))).ShouldSucceed();
        Assert.Equal(["update thing"], Provider.Changes);
        await ShouldBeSoundAsync();
    }

    [Fact]
    public async Task Import_OtherInputs_ImportsThenUpdates()
    {
        Provider.Existing["there"] = PropertyMap.Of(("size", 1d), ("serial", 9d));
        var outcome = (await Workspace.UpAsync(program => Thing(program, "thing", 2, request => request.ImportId = "there"))).ShouldSucceed();
        Assert.Equal(["import", "update"], outcome.Steps.Where(step => step.Name == "thing").Select(step => step.Op));
        Assert.Equal(2, Workspace.Resources()["thing"]["inputs"]!["size"]!.GetValue<int>());
        Assert.Equal(2, Workspace.Resources().Count(item => item.Key is "thing" or "proj-dev"));
        await ShouldBeSoundAsync();
    }

    [Fact]
    public async Task Import_NothingThere_IsAnError()
    {
        var outcome = await Workspace.UpAsync(program => Thing(program, "thing", 1, request => request.ImportId = "nowhere"));
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("resource 'nowhere' does not exist", outcome.Messages("error"));
    }

    [Fact]
    public async Task Register_StateMigrations_SaysThatItDoesNotHaveThem()
    {
        var outcome = await Workspace.UpAsync(program => Thing(program, "thing", 1, request => request.StateMigrations.Add(new Callback())));
        Assert.Contains(outcome.Messages("error"), message => message.Contains("state migrations are not supported by this engine"));
    }

    [Theory]
    [InlineData("secrets", true)]
    [InlineData("resourceReferences", true)]
    [InlineData("aliasSpecs", true)]
    [InlineData("deletedWith", true)]
    [InlineData("outputValues", true)]
    [InlineData("transforms", true)]
    [InlineData("invokeTransforms", true)]
    [InlineData("resourceHooks", true)]
    [InlineData("errorHooks", true)]
    [InlineData("parameterization", false)]
    [InlineData("anything else", false)]
    public async Task SupportsFeature_Id_IsAnswered(string id, bool expected)
    {
        bool? answer = null;
        (await Workspace.UpAsync(async program => answer = await program.SupportsAsync(id))).ShouldSucceed();
        Assert.Equal(expected, answer);
    }

    [Fact]
    public async Task TextAsset_Changed_IsAChange()
    {
        Task Program(ProgramClient program, string text) => program.CustomAsync(
            Type, "thing", PropertyMap.Of(("file", new PropertyValue.Asset(PropertyValue.ContentKind.Text, text, null))));
        (await Workspace.UpAsync(program => Program(program, "one"))).ShouldSucceed();
        (await Workspace.UpAsync(program => Program(program, "one"))).ShouldSucceed();
        (await Workspace.UpAsync(program => Program(program, "two"))).ShouldSucceed();
        Assert.Equal(["create thing", "update thing"], Provider.Changes);
        Assert.Equal(64, Workspace.Resources()["thing"]["inputs"]!["file"]!["hash"]!.GetValue<string>().Length);
    }

}
