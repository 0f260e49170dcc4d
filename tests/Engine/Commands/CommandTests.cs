using FogInfra.Embedded.Protocol.Values;
using FogInfra.Engine.Tests.Harness;

namespace FogInfra.Engine.Tests.Commands;

public sealed class CommandTests : IDisposable
{
    private readonly TestWorkspace _workspace = new();
    private readonly RecordingProvider _provider = new();

    public CommandTests() => _workspace.Provide("acme", () => _provider);

    public void Dispose() => _workspace.Dispose();

    private Task<CommandOutcome> Run(params string[] arguments) => _workspace.RunAsync(arguments);

    private static Task Thing(ProgramClient program) => program.CustomAsync("acme:index:Thing", "thing", PropertyMap.Of(("size", 1d)));

    [Fact]
    public async Task Version_IsOneLine() => Assert.Equal("v3.260.0\n", (await Run("version", "--non-interactive")).ShouldSucceed().Out);

    [Theory]
    [InlineData("nonsense")]
    [InlineData("up --nonsense")]
    [InlineData("stack rm --yes a b")]
    [InlineData("config get")]
    public async Task WrongArguments_HaveTheirOwnExitCode(string line)
    {
        var outcome = await Run(line.Split(' '));
        Assert.Equal(2, outcome.ExitCode);
        Assert.StartsWith("error: ", outcome.Error);
        Assert.Equal("", outcome.Out);
    }

    [Fact]
    public async Task NoArguments_ShowTheCommands() => Assert.Contains("preview", (await Run()).ShouldSucceed().Out);

    [Fact]
    public async Task WhoAmI_Json_HasUserOrganizationsAndUrl()
    {
        var json = (await Run("whoami", "--json", "--non-interactive")).ShouldSucceed().Json;
        Assert.Equal(["user", "organizations", "url"], json.AsObject().Select(item => item.Key));
        Assert.Equal(Environment.UserName, json["user"]!.GetValue<string>());
        Assert.Empty(json["organizations"]!.AsArray());
    }

    [Fact]
    public async Task About_Json_NamesVersionAndBackend()
    {
        var json = (await Run("about", "--json")).ShouldSucceed().Json;
        Assert.Equal("v3.260.0", json["cliAbout"]!["version"]!.GetValue<string>());
        Assert.Equal($"file://{_workspace.Root}/store", json["backend"]!["url"]!.GetValue<string>());
    }

    [Fact]
    public async Task PluginLs_ReadsThePluginFolder()
    {
        Directory.CreateDirectory(_workspace.PathOf("home/plugins/resource-random-v4.16.1"));
        _workspace.Write("home/plugins/resource-random-v4.16.1/pulumi-resource-random", "12345");
        var plugin = Assert.Single((await Run("plugin", "ls", "--json")).ShouldSucceed().Json.AsArray())!;
        Assert.Equal(("random", "resource", "4.16.1", 5), (plugin["name"]!.GetValue<string>(), plugin["kind"]!.GetValue<string>(), plugin["version"]!.GetValue<string>(), plugin["size"]!.GetValue<int>()));
    }

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
    public async Task WrongPassphrase_SaysSo()
    {
        await _workspace.WithStackAsync();
        (await Run("config", "set", "--secret", "a", "b")).ShouldSucceed();
        _workspace.Environment["PULUMI_CONFIG_PASSPHRASE"] = "wrong";
        var outcome = await Run("config", "get", "a");
        Assert.Equal((1, "error: incorrect passphrase\n"), (outcome.ExitCode, outcome.Error));
    }

    [Theory]
    [InlineData("stack select --stack nope --non-interactive")]
    [InlineData("stack output --json --stack nope")]
    [InlineData("up --yes --skip-preview --stack nope")]
    [InlineData("config --json --stack nope")]
    [InlineData("cancel --yes --stack nope")]
    public async Task MissingStack_SaysSoInTheWordsThatClientsLookFor(string line)
    {
        var outcome = await Run(line.Split(' '));
        Assert.Equal((6, "error: no stack named 'nope' found\n"), (outcome.ExitCode, outcome.Error));
    }

    [Fact]
    public async Task NoStackSelected_SaysWhatToDo()
    {
        var outcome = await Run("stack", "output");
        Assert.Equal((6, "error: no stack selected; please use `pulumi stack select` or `pulumi stack init` to choose one\n"), (outcome.ExitCode, outcome.Error));
    }

    [Fact]
    public async Task NoProject_SaysWhereItWasLookedFor()
    {
        File.Delete(_workspace.PathOf("Pulumi.yaml"));
        Assert.StartsWith($"error: no Pulumi.yaml project file found (searching upwards from {_workspace.Root})", (await Run("stack", "init", "dev")).Error);
    }

    [Fact]
    public async Task StackSelect_Create_MakesIt()
    {
        (await Run("stack", "select", "fresh", "--create")).ShouldSucceed();
        Assert.Equal("fresh\n", (await Run("stack", "--show-name")).ShouldSucceed().Out);
    }

    [Fact]
    public async Task StackOfTheEnvironment_OverrulesTheSelection()
    {
        await _workspace.WithStackAsync();
        await _workspace.WithStackAsync("other");
        _workspace.Environment["PULUMI_STACK"] = "dev";
        Assert.Equal("dev\n", (await Run("stack", "--show-name")).ShouldSucceed().Out);
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
    public async Task Cancel_StaleLock_IsTakenAway()
    {
        await _workspace.WithStackAsync();
        var folder = Directory.CreateDirectory(_workspace.PathOf("store/.pulumi/locks/organization/proj/dev"));
        File.WriteAllText(Path.Combine(folder.FullName, "dead.json"), """{"pid":1,"username":"u","hostname":"h","timestamp":"2026-01-01T00:00:00Z"}""");
        var refused = await _workspace.UpAsync(Thing);
        Assert.Contains("dead.json: created by u@h (pid 1) at 2026-01-01T00:00:00Z", refused.Error);
        (await Run("cancel", "--yes", "--stack", "dev")).ShouldSucceed();
        (await _workspace.UpAsync(Thing)).ShouldSucceed();
    }

    [Fact]
    public async Task StateDelete_WithDependents_NeedsConsent()
    {
        await _workspace.WithStackAsync();
        (await _workspace.UpAsync(async program =>
        {
            var first = await program.CustomAsync("acme:index:Thing", "first", PropertyMap.Empty);
            await program.CustomAsync("acme:index:Thing", "second", PropertyMap.Empty, null, [first]);
        })).ShouldSucceed();
        const string urn = "urn:pulumi:dev::proj::acme:index:Thing::first";
        Assert.Contains("can't be safely deleted", (await Run("state", "delete", urn, "--stack", "dev")).Error);
        (await Run("state", "delete", urn, "--target-dependents", "--stack", "dev")).ShouldSucceed();
        Assert.DoesNotContain("first", _workspace.Resources().Keys);
        Assert.DoesNotContain("second", _workspace.Resources().Keys);
        Assert.Equal(2, _provider.Existing.Count);
        Assert.Contains("No such resource", (await Run("state", "delete", urn, "--stack", "dev")).Error);
    }

    [Fact]
    public async Task Cwd_Option_ChangesTheFolder()
    {
        var elsewhere = Directory.CreateDirectory(_workspace.PathOf("elsewhere")).FullName;
        File.WriteAllText(Path.Combine(elsewhere, "Pulumi.yaml"), "name: other\nruntime: dotnet\n");
        (await Run("stack", "init", "dev", "--cwd", "elsewhere")).ShouldSucceed();
        Assert.True(File.Exists(_workspace.PathOf("store/.pulumi/stacks/other/dev.json")));
    }

    [Fact]
    public async Task EventLog_File_HasTheSameEventsAsTheCallback()
    {
        await _workspace.WithStackAsync();
        var outcome = (await _workspace.UpAsync(Thing, "--event-log", "events.json")).ShouldSucceed();
        Assert.Equal(outcome.Events, _workspace.Read("events.json").TrimEnd('\n').Split('\n'));
        Assert.Equal(Enumerable.Range(0, outcome.Events.Count), outcome.EventObjects.Select(item => item["sequence"]!.GetValue<int>()));
        Assert.All(outcome.EventObjects, item => Assert.Equal(3, item.Count));
    }

    [Fact]
    public async Task Events_OfAnUpdate_HaveTheFormThatClientsRead()
    {
        await _workspace.WithStackAsync();
        var outcome = (await _workspace.UpAsync(Thing)).ShouldSucceed();
        var kinds = outcome.EventObjects.Select(item => item.Select(pair => pair.Key).Single(key => key.EndsWith("Event", StringComparison.Ordinal))).ToArray();
        Assert.Equal("preludeEvent", kinds[0]);
        Assert.Equal(["summaryEvent", "cancelEvent"], kinds[^2..]);
        var thing = outcome.EventObjects.Select(item => item["resOutputsEvent"]?["metadata"]).Single(item => item?["type"]?.GetValue<string>() == "acme:index:Thing")!;
        Assert.Equal(
            """{"type":"acme:index:Thing","urn":"urn:pulumi:dev::proj::acme:index:Thing::thing","custom":true,"id":"thing-1","parent":"urn:pulumi:dev::proj::pulumi:pulumi:Stack::proj-dev","inputs":{"size":1},"outputs":{"serial":1,"size":1},"provider":"PROVIDER"}""",
            thing["new"]!.ToJsonString().Replace(thing["provider"]!.GetValue<string>(), "PROVIDER"));
        Assert.Equal(("create", "null", "null", "true"), (thing["op"]!.GetValue<string>(), thing["old"]?.ToJsonString() ?? "null", thing["detailedDiff"]?.ToJsonString() ?? "null", thing["logical"]!.ToJsonString()));
        var summary = outcome.EventObjects[^2]["summaryEvent"]!;
        Assert.Equal(
            ["maybeCorrupt", "durationSeconds", "resourceChanges", "PolicyPacks", "isPreview", "result"], summary.AsObject().Select(item => item.Key));
        Assert.Equal("{}", outcome.EventObjects[^1]["cancelEvent"]!.ToJsonString());
    }

    [Fact]
    public async Task UpJson_IsOneEventALine()
    {
        await _workspace.WithStackAsync();
        var outcome = (await _workspace.UpAsync(Thing, "--json")).ShouldSucceed();
        Assert.Equal(outcome.Events, outcome.Out.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public async Task UpConfig_Option_IsSavedAndUsed()
    {
        await _workspace.WithStackAsync();
        string? seen = null;
        (await _workspace.UpAsync(
            program =>
            {
                seen = program.Run.Config["proj:a"];
                return Task.CompletedTask;
            },
            "--config",
            "a=1")).ShouldSucceed();
        Assert.Equal("1", seen);
        Assert.Equal("1\n", (await Run("config", "get", "a")).ShouldSucceed().Out);
    }

    [Theory]
    [InlineData("--plan", "x")]
    [InlineData("--policy-pack", "x")]
    [InlineData("--attach-debugger")]
    public async Task Up_WhatThisEngineDoesNotHave_SaysSo(params string[] flag)
    {
        await _workspace.WithStackAsync();
        var outcome = await _workspace.UpAsync(Thing, flag);
        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains("are not supported by this engine", outcome.Error);
    }

    [Fact]
    public async Task Up_FlagsThatClientsPass_AreAccepted()
    {
        await _workspace.WithStackAsync();
        (await _workspace.UpAsync(
            Thing,
            "--diff", "--show-reads=false", "--color", "never", "--logflow", "--verbose=3", "--logtostderr", "--debug", "--suppress-outputs",
            "--suppress-progress", "--exec-agent", "x", "--parallel=2", "--refresh=false", "--emoji", "-s", "dev", "--tracing", "file:x")).ShouldSucceed();
    }

    [Fact]
    public async Task Up_MissingConfiguration_IsToldBeforeAnythingRuns()
    {
        _workspace.Write("Pulumi.yaml", "name: proj\nruntime: dotnet\nconfig:\n  a: {type: string}\n  b: {type: integer, default: 2}\n");
        await _workspace.WithStackAsync();
        var outcome = await _workspace.UpAsync(Thing);
        Assert.Equal((1, "error: Stack 'dev' is missing configuration value 'a'\n"), (outcome.ExitCode, outcome.Error));
        Assert.Empty(outcome.Events);
        (await Run("config", "set", "a", "x")).ShouldSucceed();
        string? seen = null;
        (await _workspace.UpAsync(program =>
        {
            seen = program.Run.Config["proj:b"];
            return Task.CompletedTask;
        })).ShouldSucceed();
        Assert.Equal("2", seen);
    }

    [Fact]
    public async Task Run_Request_TellsTheProgramWhatItNeeds()
    {
        await _workspace.WithStackAsync();
        (await Run("config", "set", "--secret", "ns:token", "hunter2")).ShouldSucceed();
        (await _workspace.UpAsync(program =>
        {
            var run = program.Run;
            Assert.Equal(("proj", "dev", "organization", false), (run.Project, run.Stack, run.Organization, run.DryRun));
            Assert.Equal("hunter2", run.Config["ns:token"]);
            Assert.Equal(["ns:token"], run.ConfigSecretKeys);
            Assert.Equal((_workspace.Root, _workspace.Root), (run.Pwd, run.Info.RootDirectory));
            Assert.DoesNotContain("://", run.MonitorAddress + run.Args[0]);
            return Task.CompletedTask;
        })).ShouldSucceed();
    }

    [Fact]
    public async Task Up_State_IsWrittenAtomicallyWithBackupHistoryAndNoLockLeft()
    {
        await _workspace.WithStackAsync();
        (await _workspace.UpAsync(Thing)).ShouldSucceed();
        Assert.True(File.Exists(_workspace.PathOf("store/.pulumi/stacks/proj/dev.json.bak")));
        Assert.Single(Directory.EnumerateFiles(_workspace.PathOf("store/.pulumi/backups/proj/dev"), "dev.*.json"));
        Assert.Single(Directory.EnumerateFiles(_workspace.PathOf("store/.pulumi/history/proj/dev"), "dev-*.history.json"));
        Assert.Single(Directory.EnumerateFiles(_workspace.PathOf("store/.pulumi/history/proj/dev"), "dev-*.checkpoint.json"));
        Assert.Empty(Directory.EnumerateFiles(_workspace.PathOf("store/.pulumi/locks/organization/proj/dev")));
        Assert.Empty(Directory.EnumerateFiles(_workspace.Root, "*.tmp", SearchOption.AllDirectories));
        Assert.All(Directory.EnumerateFiles(_workspace.PathOf("store"), "*.json*", SearchOption.AllDirectories), file =>
            Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite), file));
    }

    [Fact]
    public async Task Up_Unchanged_LeavesTheStateFileByteForByteButForItsTime()
    {
        await _workspace.WithStackAsync();
        Task Program(ProgramClient program) => program.CustomAsync("acme:index:Thing", "thing", PropertyMap.Of(("pw", new PropertyValue.Secret("hunter2"))));
        (await _workspace.UpAsync(Program)).ShouldSucceed();
        var before = _workspace.State()["resources"]!.ToJsonString();
        (await _workspace.UpAsync(Program)).ShouldSucceed();
        Assert.Equal(before, _workspace.State()["resources"]!.ToJsonString());
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
