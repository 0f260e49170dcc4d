using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;
using FogInfra.Engine.Tests.Harness;

namespace FogInfra.Engine.Tests.Deploying;

public sealed class ReadTests : DeployingTest
{
    [Fact]
    public async Task Read_Existing_IsExternalAndNeverDeleted()
    {
        Provider.Existing["there"] = PropertyMap.Of(("size", 4d));
        PropertyMap? read = null;
        var outcome = (await Workspace.UpAsync(async program => read = await program.ReadAsync(Type, "lookup", "there"))).ShouldSucceed();
        Assert.Equal(PropertyMap.Of(("size", 4d)), read);
        Assert.Equal(1, outcome.Changes["read"]);
        Assert.True(Workspace.Resources()["lookup"]["external"]!.GetValue<bool>());

        var gone = (await Workspace.UpAsync(_ => Task.CompletedTask)).ShouldSucceed();
        Assert.Equal(1, gone.Changes["discard"]);
        Assert.Contains("there", Provider.Existing.Keys);
        Assert.DoesNotContain("lookup", Workspace.Resources().Keys);
    }

    [Fact]
    public async Task Read_NotThere_IsAnError()
    {
        var outcome = await Workspace.UpAsync(program => program.ReadAsync(Type, "lookup", "nowhere"));
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("resource 'nowhere' does not exist", outcome.Messages("error"));
    }

    [Fact]
    public async Task Read_InsteadOfAManagedResource_DeletesThatOne()
    {
        Provider.Existing["there"] = PropertyMap.Of(("size", 4d));
        (await Workspace.UpAsync(program => Thing(program, "thing"))).ShouldSucceed();
        var outcome = (await Workspace.UpAsync(program => program.ReadAsync(Type, "thing", "there"))).ShouldSucceed();
        Assert.Equal(["create thing", "delete thing-1"], Provider.Changes);
        Assert.Equal(1, outcome.Changes["replace"]);
        await ShouldBeSoundAsync();
    }

    [Fact]
    public async Task Register_InsteadOfARead_CreatesOneOfItsOwn()
    {
        Provider.Existing["there"] = PropertyMap.Of(("size", 4d));
        (await Workspace.UpAsync(program => program.ReadAsync(Type, "thing", "there"))).ShouldSucceed();
        (await Workspace.UpAsync(program => Thing(program, "thing"))).ShouldSucceed();
        Assert.Equal(["there", "thing-1"], Provider.Existing.Keys.Order());
        Assert.Equal("thing-1", Workspace.Resources()["thing"]["id"]!.GetValue<string>());
        await ShouldBeSoundAsync();
    }

    [Fact]
    public async Task Invoke_Function_AnswersWithItsResult()
    {
        Provider.OnInvoke = request => new InvokeResult(PropertyMap.Of(("sum", 3d), ("hidden", new PropertyValue.Secret("hunter2"))), []);
        PropertyMap? result = null;
        (await Workspace.UpAsync(async program => result = WireCodec.FromStruct(
            (await program.InvokeAsync("acme:index:add", PropertyMap.Of(("a", 1d)))).Return))).ShouldSucceed();
        Assert.Equal(PropertyMap.Of(("sum", 3d), ("hidden", new PropertyValue.Secret("hunter2"))), result);
    }

    [Fact]
    public async Task Invoke_Failures_AreAnswered()
    {
        Provider.OnInvoke = _ => new InvokeResult(PropertyMap.Empty, [new CheckFailure("a", "is missing")]);
        (await Workspace.UpAsync(async program =>
        {
            var failure = Assert.Single((await program.InvokeAsync("acme:index:add", PropertyMap.Empty)).Failures);
            Assert.Equal(("a", "is missing"), (failure.Property, failure.Reason));
        })).ShouldSucceed();
    }

    [Fact]
    public async Task Invoke_Error_NamesTheFunction()
    {
        Provider.OnInvoke = _ => throw new ProviderException("no such thing");
        var outcome = await Workspace.UpAsync(program => program.InvokeAsync("acme:index:add", PropertyMap.Empty));
        Assert.Contains("an unhandled error occurred: invocation of acme:index:add returned an error: no such thing", outcome.Messages("error"));
    }

    [Fact]
    public async Task Invoke_SecretArgumentToAProviderWithoutSecrets_MakesTheWholeResultSecret()
    {
        Provider.Features = new ProviderFeatures();
        PropertyMap? result = null;
        (await Workspace.UpAsync(async program => result = WireCodec.FromStruct(
            (await program.InvokeAsync("acme:index:echo", PropertyMap.Of(("pw", new PropertyValue.Secret("hunter2")), ("x", "y")))).Return))).ShouldSucceed();
        Assert.Equal(PropertyMap.Of(("pw", new PropertyValue.Secret("hunter2")), ("x", new PropertyValue.Secret("y"))), result);
    }

    [Fact]
    public async Task StackReference_OtherStack_GivesItsOutputsWithSecretsMarked()
    {
        (await Workspace.UpAsync(program => program.ExportAsync(("plain", "p"), ("token", new PropertyValue.Secret("hunter2"))))).ShouldSucceed();
        await Workspace.WithStackAsync("other");
        PropertyMap? reference = null;
        (await Workspace.OperateAsync(["up", "--yes", "--skip-preview", "--stack", "other"], async program => reference = await program.ReadAsync(
            "pulumi:pulumi:StackReference", "ref", "organization/proj/dev", PropertyMap.Of(("name", "organization/proj/dev"))))).ShouldSucceed();
        Assert.Equal(PropertyMap.Of(("plain", "p"), ("token", new PropertyValue.Secret("hunter2"))), reference!.GetMap("outputs"));
        Assert.Equal(PropertyValue.ListOf("token"), reference!["secretOutputNames"]);
    }

    [Fact]
    public async Task StackReference_UnknownStack_IsAnError()
    {
        var outcome = await Workspace.UpAsync(program => program.ReadAsync("pulumi:pulumi:StackReference", "ref", "nope", PropertyMap.Of(("name", "nope"))));
        Assert.Contains("unknown stack \"nope\"", outcome.Messages("error"));
    }

    [Fact]
    public async Task GetResource_OfThisRun_GivesItsState()
    {
        (await Workspace.UpAsync(async program =>
        {
            var thing = await Thing(program, "thing", 6);
            var found = WireCodec.FromStruct((await program.InvokeAsync("pulumi:pulumi:getResource", PropertyMap.Of(("urn", thing.Urn)))).Return);
            Assert.Equal("thing-1", found.GetText("id"));
            Assert.Equal((PropertyValue)6d, found.GetMap("state")!["size"]);
        })).ShouldSucceed();
    }

    [Fact]
    public async Task Stash_KeepsItsFirstValue()
    {
        async Task<PropertyMap> Stash(ProgramClient program, string value) =>
            (await program.CustomAsync("pulumi:index:Stash", "stash", PropertyMap.Of(("input", value)))).Outputs;
        (await Workspace.UpAsync(async program => Assert.Equal("one", (await Stash(program, "one")).GetText("output")))).ShouldSucceed();
        (await Workspace.UpAsync(async program => Assert.Equal("one", (await Stash(program, "two")).GetText("output")))).ShouldSucceed();
    }
}
