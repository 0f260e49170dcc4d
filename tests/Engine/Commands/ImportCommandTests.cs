using FogInfra.Embedded.Protocol.Values;
using FogInfra.Engine.Tests.Deploying;
using FogInfra.Engine.Tests.Harness;

namespace FogInfra.Engine.Tests.Commands;

public sealed class ImportCommandTests : DeployingTest
{
    private static readonly string[] Confirmed = ["import", "--yes", "--skip-preview"];

    public ImportCommandTests() => Provider.Existing["there"] = PropertyMap.Of(("size", 5d), ("serial", 9d));

    [Fact]
    public async Task Import_ByArguments_TakesTheResourceOverProtected()
    {
        (await Workspace.RunAsync([.. Confirmed, Type, "found", "there"])).ShouldSucceed();
        var found = Workspace.Resources()["found"];
        Assert.Equal("there", found["id"]!.GetValue<string>());
        Assert.True(found["protect"]!.GetValue<bool>());
        Assert.Equal(5, found["inputs"]!["size"]!.GetValue<int>());
        Assert.EndsWith("pulumi:pulumi:Stack::proj-dev", found["parent"]!.GetValue<string>());
        Assert.Empty(Provider.Changes);
        await ShouldBeSoundAsync();
    }

    [Fact]
    public async Task Import_ThenUpOfAProgramThatSaysTheSame_ChangesNothing()
    {
        (await Workspace.RunAsync([.. Confirmed, "--protect=false", Type, "found", "there"])).ShouldSucceed();
        var outcome = await Workspace.UpAsync(program => Thing(program, "found", 5));
        outcome.ShouldSucceed();
        Assert.Equal(2, outcome.Changes["same"]);
    }

    [Fact]
    public async Task Import_IntoStackWithResources_LeavesThemAlone()
    {
        (await Workspace.UpAsync(async program =>
        {
            await program.ComponentAsync("test:index:Group", "group");
            await Thing(program, "other");
            await program.ExportAsync(("kept", "yes"));
        })).ShouldSucceed();
        (await Workspace.RunAsync([.. Confirmed, "--parent", "g=urn:pulumi:dev::proj::test:index:Group::group", Type, "found", "there"])).ShouldSucceed();
        Assert.Equal(["create other"], Provider.Changes);
        var resources = Workspace.Resources();
        Assert.EndsWith("::group", resources["found"]["parent"]!.GetValue<string>());
        Assert.Equal("yes", resources["proj-dev"]["outputs"]!["kept"]!.GetValue<string>());
        Assert.Contains("other", resources.Keys);
        await ShouldBeSoundAsync();
    }

    [Fact]
    public async Task Import_ByFile_WithNameTableAndComponents()
    {
        Workspace.Write("import.json", """
            {
              "nameTable": { "home": "urn:pulumi:dev::proj::test:index:Group::home" },
              "resources": [
                { "type": "test:index:Group", "name": "home", "component": true },
                { "type": "acme:index:Thing", "name": "short", "logicalName": "found", "id": "there", "parent": "home" }
              ]
            }
            """);
        (await Workspace.RunAsync([.. Confirmed, "--file", "import.json", "--out", "code.txt"])).ShouldSucceed();
        Assert.Equal(
            "urn:pulumi:dev::proj::test:index:Group$acme:index:Thing::found", Workspace.Resources()["found"]["urn"]!.GetValue<string>());
        Assert.Contains("found", Workspace.Read("code.txt"), StringComparison.Ordinal);
        await ShouldBeSoundAsync();
    }

    [Fact]
    public async Task Import_HistoryEntry_IsAResourceImport()
    {
        (await Workspace.RunAsync([.. Confirmed, Type, "found", "there"])).ShouldSucceed();
        Assert.Equal("resource-import", (await Workspace.RunAsync("stack", "history", "--json")).Json[0]!["kind"]!.GetValue<string>());
    }

    [Fact]
    public async Task Import_NothingThere_FailsAndChangesNothing()
    {
        var outcome = await Workspace.RunAsync([.. Confirmed, Type, "found", "nowhere"]);
        Assert.NotEqual(0, outcome.ExitCode);
        Assert.Contains("resource 'nowhere' does not exist", outcome.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("found", Workspace.Resources().Keys);
    }

    [Fact]
    public async Task Import_NameThatAnotherResourceHas_IsAnError()
    {
        (await Workspace.UpAsync(program => Thing(program, "found"))).ShouldSucceed();
        var outcome = await Workspace.RunAsync([.. Confirmed, Type, "found", "there"]);
        Assert.NotEqual(0, outcome.ExitCode);
        Assert.Contains("already exists", outcome.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("acme:index:Thing", "found")]
    [InlineData("acme:index:Thing", "found", "there", "--parent", "nonsense")]
    [InlineData("acme:index:Thing", "found", "there", "--from", "terraform")]
    [InlineData("--file", "not-there.json")]
    public async Task Import_WrongArguments_SaysWhat(params string[] arguments)
    {
        var outcome = await Workspace.RunAsync([.. Confirmed, .. arguments]);
        Assert.NotEqual(0, outcome.ExitCode);
        Assert.StartsWith("error: ", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "resources": [{ "name": "a", "id": "b" }] }""", "type")]
    [InlineData("""{ "resources": [{ "type": "a:b:C", "name": "a", "id": "b", "parent": "nobody" }] }""", "nameTable")]
    [InlineData("{", "import.json")]
    public async Task Import_WrongFile_SaysWhat(string json, string expected)
    {
        Workspace.Write("import.json", json);
        var outcome = await Workspace.RunAsync([.. Confirmed, "--file", "import.json"]);
        Assert.NotEqual(0, outcome.ExitCode);
        Assert.Contains(expected, outcome.Error, StringComparison.Ordinal);
    }
}
