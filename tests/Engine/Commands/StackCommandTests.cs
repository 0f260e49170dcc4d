using FogInfra.Embedded.Protocol.Values;
using FogInfra.Engine.Tests.Harness;

namespace FogInfra.Engine.Tests.Commands;

/// <summary>The commands on stacks: made, listed, removed, their outputs, states taken out and put in, histories, tags, names.</summary>
public sealed class StackCommandTests : IDisposable
{
    private readonly TestWorkspace _workspace = new();
    private readonly RecordingProvider _provider = new();

    public StackCommandTests() => _workspace.Provide("acme", () => _provider);

    public void Dispose() => _workspace.Dispose();

    private Task<CommandOutcome> Run(params string[] arguments) => _workspace.RunAsync(arguments);

    private static Task Thing(ProgramClient program) => program.CustomAsync("acme:index:Thing", "thing", PropertyMap.Of(("size", 1d)));

    [Fact]
    public async Task StackInit_New_IsSelectedAndHasASalt()
    {
        Assert.Equal("Created stack 'dev'\n", (await Run("stack", "init", "dev", "--non-interactive")).ShouldSucceed().Out);
        Assert.StartsWith("encryptionsalt: v1:", _workspace.Read("Pulumi.dev.yaml"));
        Assert.Equal("dev\n", (await Run("stack", "--show-name")).ShouldSucceed().Out);
    }

    [Fact]
    public async Task StackInit_Twice_SaysAlreadyExists()
    {
        await _workspace.WithStackAsync();
        var outcome = await Run("stack", "init", "dev");
        Assert.Equal((1, "error: stack 'dev' already exists\n"), (outcome.ExitCode, outcome.Error));
    }

    [Fact]
    public async Task StackInit_NoSelect_LeavesTheSelection()
    {
        await _workspace.WithStackAsync();
        (await Run("stack", "init", "other", "--no-select")).ShouldSucceed();
        Assert.Equal("dev\n", (await Run("stack", "--show-name")).ShouldSucceed().Out);
    }

    [Fact]
    public async Task StackInit_WithoutPassphrase_MakesNoStack()
    {
        _workspace.Environment.Remove("PULUMI_CONFIG_PASSPHRASE");
        var outcome = await Run("stack", "init", "dev");
        Assert.Equal(
            "error: passphrase must be set with PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE environment variables\n", outcome.Error);
        Assert.Equal("[]\n", (await Run("stack", "ls", "--json")).ShouldSucceed().Out);
    }

    [Fact]
    public async Task StackInit_PassphraseFile_IsReadAndTrimmed()
    {
        await _workspace.WithStackAsync();
        (await Run("config", "set", "--secret", "a", "hunter2")).ShouldSucceed();
        _workspace.Environment.Remove("PULUMI_CONFIG_PASSPHRASE");
        _workspace.Write("pass", $"  {TestWorkspace.Passphrase}\n");
        _workspace.Environment["PULUMI_CONFIG_PASSPHRASE_FILE"] = _workspace.PathOf("pass");
        Assert.Equal("hunter2\n", (await Run("config", "get", "a")).ShouldSucceed().Out);
    }

    [Fact]
    public async Task StackSelect_Create_MakesIt()
    {
        (await Run("stack", "select", "fresh", "--create")).ShouldSucceed();
        Assert.Equal("fresh\n", (await Run("stack", "--show-name")).ShouldSucceed().Out);
    }

    [Fact]
    public async Task StackLs_Json_ListsWhatClientsRead()
    {
        await _workspace.WithStackAsync("empty");
        await _workspace.WithStackAsync();
        (await _workspace.UpAsync(Thing)).ShouldSucceed();
        var stacks = (await Run("stack", "ls", "--json", "--non-interactive")).ShouldSucceed().Json.AsArray();
        Assert.Equal(["dev", "empty"], stacks.Select(stack => stack!["name"]!.GetValue<string>()));
        Assert.Equal([true, false], stacks.Select(stack => stack!["current"]!.GetValue<bool>()));
        Assert.Equal(3, stacks[0]!["resourceCount"]!.GetValue<int>());
        Assert.Matches("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\\.[0-9]{3}Z$", stacks[0]!["lastUpdate"]!.GetValue<string>());
        Assert.False(stacks[1]!.AsObject().ContainsKey("lastUpdate"));
    }

    [Fact]
    public async Task StackRm_WithResources_IsRefusedUnlessForced()
    {
        await _workspace.WithStackAsync();
        (await _workspace.UpAsync(Thing)).ShouldSucceed();
        var refused = await Run("stack", "rm", "--yes", "dev");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("refusing to remove stack because it still contains resources", refused.Error);
        (await Run("stack", "rm", "--yes", "--force", "dev")).ShouldSucceed();
        Assert.Equal("[]\n", (await Run("stack", "ls", "--json")).ShouldSucceed().Out);
        Assert.False(File.Exists(_workspace.PathOf("Pulumi.dev.yaml")));
        Assert.True(File.Exists(_workspace.PathOf("store/.pulumi/stacks/proj/dev.json.bak")));
        Assert.False(Directory.Exists(_workspace.PathOf("store/.pulumi/history/proj/dev")));
    }

    [Fact]
    public async Task StackRm_PreserveConfig_KeepsTheFile()
    {
        await _workspace.WithStackAsync();
        (await Run("stack", "rm", "--yes", "--preserve-config", "dev")).ShouldSucceed();
        Assert.True(File.Exists(_workspace.PathOf("Pulumi.dev.yaml")));
    }

    [Fact]
    public async Task StackOutput_Secrets_AreMaskedUnlessShown()
    {
        await _workspace.WithStackAsync();
        (await _workspace.UpAsync(program => program.ExportAsync(
            ("plain", "a<b>"),
            ("token", new PropertyValue.Secret("hunter2")),
            ("nested", PropertyMap.Of(("inner", new PropertyValue.Secret("hunter3")), ("list", PropertyValue.ListOf(1d, true, PropertyValue.Null)))))))
            .ShouldSucceed();
        Assert.Equal(
            """
            {
              "nested": {
                "inner": "[secret]",
                "list": [
                  1,
                  true,
                  null
                ]
              },
              "plain": "a<b>",
              "token": "[secret]"
            }

            """,
            (await Run("stack", "output", "--json", "--non-interactive")).ShouldSucceed().Out);
        var shown = (await Run("stack", "output", "--json", "--show-secrets")).ShouldSucceed().Json;
        Assert.Equal(("hunter2", "hunter3"), (shown["token"]!.GetValue<string>(), shown["nested"]!["inner"]!.GetValue<string>()));
        Assert.Equal("a<b>\n", (await Run("stack", "output", "plain")).ShouldSucceed().Out);
        Assert.Equal("[secret]\n", (await Run("stack", "output", "token")).ShouldSucceed().Out);
        Assert.Equal("hunter2\n", (await Run("stack", "output", "token", "--show-secrets")).ShouldSucceed().Out);
        Assert.Equal("error: current stack does not have output property 'nope'\n", (await Run("stack", "output", "nope")).Error);
    }

    [Fact]
    public async Task StackOutput_NoOutputs_IsAnEmptyObject()
    {
        await _workspace.WithStackAsync();
        Assert.Equal("{}\n", (await Run("stack", "output", "--json")).ShouldSucceed().Out);
    }

    [Fact]
    public async Task StackExportAndImport_WithSecretsShown_RestoresTheStack()
    {
        await _workspace.WithStackAsync();
        (await _workspace.UpAsync(async program =>
        {
            await program.CustomAsync("acme:index:Thing", "thing", PropertyMap.Of(("pw", new PropertyValue.Secret("hunter2"))));
            await program.ExportAsync(("token", new PropertyValue.Secret("hunter3")));
        })).ShouldSucceed();
        var export = (await Run("stack", "export", "--stack", "dev", "--show-secrets")).ShouldSucceed();
        Assert.Equal(3, export.Json["version"]!.GetValue<int>());
        Assert.Equal("\"hunter2\"", export.Json["deployment"]!["resources"]!.AsArray().Select(item => item!["inputs"]?["pw"]?["plaintext"]).First(item => item is not null)!.GetValue<string>());
        Assert.StartsWith("{\n    \"version\": 3,\n    \"deployment\": {\n        \"manifest\"", export.Out);
        Assert.DoesNotContain("hunter", (await Run("stack", "export")).ShouldSucceed().Out);

        _workspace.Write("state.json", export.Out);
        (await Run("stack", "rm", "--yes", "--force", "--preserve-config", "dev")).ShouldSucceed();
        await _workspace.WithStackAsync();
        Assert.Equal("Import complete.\n", (await Run("stack", "import", "--file", "state.json", "--stack", "dev")).ShouldSucceed().Out);
        Assert.DoesNotContain("hunter", _workspace.Read("store/.pulumi/stacks/proj/dev.json"));
        Assert.Equal("hunter3\n", (await Run("stack", "output", "token", "--show-secrets")).ShouldSucceed().Out);
    }

    [Fact]
    public async Task StackImport_ForeignOrBroken_IsRefused()
    {
        await _workspace.WithStackAsync();
        const string foreign = """{"version":3,"deployment":{"manifest":{"time":"2026-01-01T00:00:00Z","version":"","magic":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},"resources":[{"urn":"urn:pulumi:prod::proj::pulumi:pulumi:Stack::proj-prod","custom":false,"type":"pulumi:pulumi:Stack"}]}}""";
        var refused = await _workspace.RunAsync(["stack", "import"], TestContext.Current.CancellationToken, foreign);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("is from a different stack (prod != dev)", refused.Error);
        (await _workspace.RunAsync(["stack", "import", "--force"], TestContext.Current.CancellationToken, foreign)).ShouldSucceed();

        var broken = await _workspace.RunAsync(["stack", "import"], TestContext.Current.CancellationToken, foreign.Replace("e3b0", "0000"));
        Assert.Equal(1, broken.ExitCode);
        Assert.Contains("the state breaks a rule: magic cookie mismatch", broken.Error);
        Assert.Contains("the state is not JSON (line 1, column 2)", (await _workspace.RunAsync(["stack", "import"], TestContext.Current.CancellationToken, "no")).Error);
    }

    [Theory]
    [InlineData("""{"version":3,"deployment":{"resources":[{"urn":"nonsense"}]}}""", "could not read the stack's state: ")]
    [InlineData("""{"version":3}""", "the field 'deployment' is missing")]
    [InlineData("""{"version":9,"deployment":{}}""", "the stack's state has version 9, which is newer than this engine understands (4)")]
    [InlineData("""[]""", "the state is not a JSON object")]
    [InlineData("{\"version\":3,\n\"deployment\": }", "the state is not JSON (line 2, column 15)")]
    public async Task StackImport_Malformed_SaysWhatIsWrongAndChangesNothing(string content, string expected)
    {
        await _workspace.WithStackAsync();
        (await _workspace.UpAsync(Thing)).ShouldSucceed();
        var before = _workspace.Read("store/.pulumi/stacks/proj/dev.json");
        var refused = await _workspace.RunAsync(["stack", "import", "--force"], TestContext.Current.CancellationToken, content);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains(expected, refused.Error);
        Assert.Equal(before, _workspace.Read("store/.pulumi/stacks/proj/dev.json"));
    }

    [Fact]
    public async Task StackImport_ByForce_TakesABrokenOrderAndLeavesPendingOperationsOut()
    {
        await _workspace.WithStackAsync();
        (await _workspace.UpAsync(Thing)).ShouldSucceed();
        var export = (await Run("stack", "export")).ShouldSucceed().Json.AsObject();
        var deployment = export["deployment"]!.AsObject();
        var resources = deployment["resources"]!.AsArray();
        var last = resources[^1]!;
        resources.RemoveAt(resources.Count - 1);
        resources.Insert(0, last);
        deployment["pending_operations"] = new System.Text.Json.Nodes.JsonArray(new System.Text.Json.Nodes.JsonObject
        {
            ["resource"] = last.DeepClone(), ["type"] = "updating",
        });
        var text = export.ToJsonString();

        var refused = await _workspace.RunAsync(["stack", "import"], TestContext.Current.CancellationToken, text);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("is missing or comes after it", refused.Error);
        var forced = (await _workspace.RunAsync(["stack", "import", "--force"], TestContext.Current.CancellationToken, text)).ShouldSucceed();
        Assert.Contains("removing pending operation 'updating' on 'urn:pulumi:dev::proj::acme:index:Thing::thing'", forced.Error);
        Assert.False(_workspace.State().ContainsKey("pending_operations") && _workspace.State()["pending_operations"]!.AsArray().Count > 0);
    }

    [Fact]
    public async Task StackHistory_Json_HasWhatClientsRead()
    {
        await _workspace.WithStackAsync();
        Assert.Equal("[]\n", (await Run("stack", "history", "--json")).ShouldSucceed().Out);
        (await Run("config", "set", "--plaintext", "version", "1.0")).ShouldSucceed();
        (await Run("config", "set", "--secret", "token", "hunter2")).ShouldSucceed();
        (await _workspace.UpAsync(Thing, "--message", "first", "--exec-kind", "auto.inline")).ShouldSucceed();
        (await _workspace.UpAsync(Thing)).ShouldSucceed();
        var history = (await Run("stack", "history", "--json", "--page-size", "1", "--page", "2")).ShouldSucceed().Json;
        var entry = Assert.Single(history.AsArray())!.AsObject();
        Assert.Equal(
            ["kind", "startTime", "message", "environment", "config", "version", "result", "endTime", "resourceChanges"], entry.Select(item => item.Key));
        Assert.Equal(("update", "first", "succeeded"), (entry["kind"]!.GetValue<string>(), entry["message"]!.GetValue<string>(), entry["result"]!.GetValue<string>()));
        Assert.Equal("auto.inline", entry["environment"]!["exec.kind"]!.GetValue<string>());
        Assert.Equal("""{"create":2}""", entry["resourceChanges"]!.ToJsonString());
        Assert.Equal("""{"proj:token":{"secret":true},"proj:version":{"value":"1.0","secret":false}}""", entry["config"]!.ToJsonString());
        var shown = (await Run("stack", "history", "--json", "--show-secrets")).ShouldSucceed().Json;
        Assert.Equal("hunter2", shown[0]!["config"]!["proj:token"]!["value"]!.GetValue<string>());
    }

    [Fact]
    public async Task StackTag_SetGetListRemove()
    {
        await _workspace.WithStackAsync();
        (await Run("stack", "tag", "set", "owner", "me", "--stack", "dev")).ShouldSucceed();
        Assert.Equal("me\n", (await Run("stack", "tag", "get", "owner", "--stack", "dev")).ShouldSucceed().Out);
        Assert.Equal("{\n  \"owner\": \"me\"\n}\n", (await Run("stack", "tag", "ls", "--json", "--stack", "dev")).ShouldSucceed().Out);
        (await Run("stack", "tag", "rm", "owner", "--stack", "dev")).ShouldSucceed();
        Assert.Equal("error: stack tag 'owner' not found for stack 'dev'\n", (await Run("stack", "tag", "get", "owner")).Error);
    }

    [Fact]
    public async Task StackRename_RewritesStateHistoryAndSettings()
    {
        await _workspace.WithStackAsync();
        (await _workspace.UpAsync(Thing)).ShouldSucceed();
        (await Run("stack", "rename", "prod", "--stack", "dev")).ShouldSucceed();
        Assert.DoesNotContain("::proj-dev", _workspace.Read("store/.pulumi/stacks/proj/prod.json"));
        Assert.True(File.Exists(_workspace.PathOf("Pulumi.prod.yaml")));
        Assert.Single((await Run("stack", "history", "--json", "--stack", "prod")).ShouldSucceed().Json.AsArray());
        (await _workspace.UpAsync(Thing, "--stack", "prod", "--expect-no-changes")).ShouldSucceed();
        Assert.Equal(6, (await Run("stack", "export", "--stack", "dev")).ExitCode);
    }

    [Fact]
    public async Task StackDescription_ListsResourcesAndOutputs()
    {
        await _workspace.WithStackAsync();
        (await _workspace.UpAsync(async program =>
        {
            await Thing(program);
            await program.ExportAsync(("token", new PropertyValue.Secret("hunter2")));
        })).ShouldSucceed();
        var text = (await Run("stack")).ShouldSucceed().Out;
        Assert.Contains("Current stack is dev:", text);
        Assert.Contains("      acme:index:Thing", text);
        Assert.Contains("[secret]", text);
        Assert.DoesNotContain("hunter2", text);
    }
}
