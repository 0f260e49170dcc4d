using System.Runtime.Versioning;
using Pulumi.Automation;

namespace FogInfra.Tests;

public sealed class WorkspaceTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Create_NoFolderIsGiven_MakesOneThatGoesWithTheWorkspace()
    {
        var workspace = await LocalWorkspace.CreateAsync(new LocalWorkspaceOptions { PulumiCommand = new RecordingCommand() }, Cancellation);
        var folder = workspace.WorkDir;

        Assert.True(Directory.Exists(folder));
        Assert.StartsWith("automation-", Path.GetFileName(folder), StringComparison.Ordinal);
        workspace.Dispose();

        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task Dispose_FolderWasGiven_StaysThere()
    {
        using var folder = new TemporaryFolder();
        var workspace = await LocalWorkspace.CreateAsync(
            new LocalWorkspaceOptions { PulumiCommand = new RecordingCommand(), WorkDir = folder.Path }, Cancellation);
        var stack = await WorkspaceStack.SelectAsync("dev", workspace, Cancellation);

        stack.Dispose();

        Assert.True(Directory.Exists(folder.Path));
    }

    [Fact]
    public async Task Create_Options_AreTheWorkspaces()
    {
        var program = PulumiFn.Create(() => { });
        using var folder = new TemporaryFolder();
        using var workspace = await LocalWorkspace.CreateAsync(
            new LocalWorkspaceOptions
            {
                PulumiCommand = new RecordingCommand("3.260.0-alpha.1"),
                WorkDir = folder.Path,
                PulumiHome = "/home/of/pulumi",
                SecretsProvider = "passphrase",
                Program = program,
            },
            Cancellation);

        Assert.Equal(folder.Path, workspace.WorkDir);
        Assert.Equal("/home/of/pulumi", workspace.PulumiHome);
        Assert.Equal("passphrase", workspace.SecretsProvider);
        Assert.Equal("3.260.0-alpha.1", workspace.PulumiVersion);
        Assert.Same(program, workspace.Program);
    }

    [Fact]
    public async Task PulumiVersion_EngineDoesNotSay_IsAnError()
    {
        using var workspace = await LocalWorkspace.CreateAsync(new LocalWorkspaceOptions { PulumiCommand = new RecordingCommand(null) }, Cancellation);

        Assert.Throws<InvalidOperationException>(() => workspace.PulumiVersion);
    }

    [Fact]
    public async Task Create_Stack_IsMadeOrSelected()
    {
        var command = new RecordingCommand();
        using var workspace = await LocalWorkspace.CreateAsync(new LocalWorkspaceOptions { PulumiCommand = command }, Cancellation);

        var created = await WorkspaceStack.CreateAsync("a", workspace, Cancellation);
        var selected = await WorkspaceStack.SelectAsync("b", workspace, Cancellation);
        var either = await WorkspaceStack.CreateOrSelectAsync("c", workspace, Cancellation);

        Assert.Equal(["stack init a", "stack select --stack b", "stack select --stack c"], command.Lines);
        Assert.Equal(["a", "b", "c"], new[] { created, selected, either }.Select(stack => stack.Name));
        Assert.All([created, selected, either], stack => Assert.Same(workspace, stack.Workspace));
    }

    [Fact]
    public async Task CreateOrSelect_CommandFailsWithAnExceptionOfItsOwn_DoesNotCreate()
    {
        // Only pulumi itself can say "not found": the exception cannot be made outside the package.
        var command = new RecordingCommand().Answer("stack select", _ => throw new InvalidDataException("no stack named 'dev' found"));
        using var workspace = await LocalWorkspace.CreateAsync(new LocalWorkspaceOptions { PulumiCommand = command }, Cancellation);

        await Assert.ThrowsAsync<InvalidDataException>(() => WorkspaceStack.CreateOrSelectAsync("dev", workspace, Cancellation));

        Assert.Equal("stack select --stack dev", Assert.Single(command.Lines));
    }

    [Fact]
    public async Task CreateStackAsync_PulumiCommandIsGiven_IsNotUsed()
    {
        var command = new RecordingCommand();
        using var script = new PulumiScript("exit 0");
        using var folder = new TemporaryFolder();

        using var stack = await LocalWorkspace.CreateStackAsync(
            new LocalProgramArgs("dev", folder.Path) { PulumiCommand = command, EnvironmentVariables = script.Environment }, Cancellation);

        Assert.Empty(command.Lines);
        Assert.Equal(["stack", "init", "dev", "--non-interactive"], script.Arguments);
    }

    [Fact]
    public async Task CreateOrSelectStackAsync_StackIsMissing_IsCreated()
    {
        using var script = new PulumiScript("""
            echo "$*" >> "$FAKE_PULUMI_FOLDER/all"
            case "$*" in "stack select"*) echo "error: no stack named 'dev' found" >&2; exit 6;; esac
            """);
        using var folder = new TemporaryFolder();

        using var stack = await LocalWorkspace.CreateOrSelectStackAsync(
            new LocalProgramArgs("dev", folder.Path) { EnvironmentVariables = script.Environment }, Cancellation);

        Assert.Equal(
            ["stack select --stack dev --non-interactive", "stack init dev --non-interactive"],
            await File.ReadAllLinesAsync(script["all"], Cancellation));
    }

    [Fact]
    public async Task SelectStackAsync_InlineProgram_WritesTheDefaultProject()
    {
        using var script = new PulumiScript("""cp Pulumi.yaml "$FAKE_PULUMI_FOLDER/" """);

        using var stack = await LocalWorkspace.SelectStackAsync(
            new InlineProgramArgs("shop", "dev", PulumiFn.Create(() => { })) { EnvironmentVariables = script.Environment }, Cancellation);

        Assert.Equal(
            $"name: shop\nruntime: dotnet\nmain: {Directory.GetCurrentDirectory()}\n", await File.ReadAllTextAsync(script["Pulumi.yaml"], Cancellation));
    }

    [Fact]
    public async Task SelectStackAsync_InlineProgramWithoutProject_IsRefused() => await Assert.ThrowsAsync<ArgumentNullException>(
        () => LocalWorkspace.SelectStackAsync(
            new InlineProgramArgs("shop", "dev", PulumiFn.Create(() => { })) { ProjectSettings = null }, Cancellation));

    [Fact]
    public async Task Lists_OfStacksPluginsAndTags_AreRead()
    {
        var command = new RecordingCommand()
            .Answer("stack ls", """
                [{"name":"dev","current":true,"lastUpdate":"2026-01-02T03:04:05.000Z","updateInProgress":true,"resourceCount":3,"url":"https://u"},
                 {"name":"prod","current":false}]
                """)
            .Answer("plugin ls", """[{"name":"aws","kind":"resource","version":"6.0.0","size":12,"installTime":"2026-01-02T03:04:05.000Z","serverUrl":"https://s","path":"/p"}]""")
            .Answer("stack tag ls", """{"a":"1"}""")
            .Answer("stack tag get", "value\n")
            .Answer("whoami", """{"user":"someone","url":"file:///s","organizations":["acme"],"tokenInformation":{"name":"t"}}""");
        using var workspace = await LocalWorkspace.CreateAsync(new LocalWorkspaceOptions { PulumiCommand = command }, Cancellation);

        var stacks = await workspace.ListStacksAsync(Cancellation);
        var current = await workspace.GetStackAsync(Cancellation);
        var plugin = Assert.Single(await workspace.ListPluginsAsync(Cancellation));
        var user = await workspace.WhoAmIAsync(Cancellation);

        Assert.Equal([("dev", true, true, 3, "https://u"), ("prod", false, false, null, null)],
            stacks.Select(stack => (stack.Name, stack.IsCurrent, stack.IsUpdateInProgress, stack.ResourceCount, stack.Url)));
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), stacks[0].LastUpdate);
        Assert.Equal("dev", current!.Name);
        Assert.Equal(("aws", PluginKind.Resource, "6.0.0", 12L), (plugin.Name, plugin.Kind, plugin.Version, plugin.Size));
        Assert.Equal(("https://s", "/p"), (plugin.ServerUrl, plugin.Path));
        Assert.Equal("1", (await workspace.ListTagsAsync("dev", Cancellation))["a"]);
        Assert.Equal("value", await workspace.GetTagAsync("dev", "a", Cancellation));
        Assert.Equal(("someone", "file:///s", "acme"), (user.User, user.Url, user.Organizations[0]));
    }

    [Fact]
    public async Task Lists_NothingIsWritten_AreEmpty()
    {
        using var workspace = await LocalWorkspace.CreateAsync(new LocalWorkspaceOptions { PulumiCommand = new RecordingCommand() }, Cancellation);

        Assert.Empty(await workspace.ListStacksAsync(Cancellation));
        Assert.Null(await workspace.GetStackAsync(Cancellation));
        Assert.Empty(await workspace.GetAllConfigAsync("dev", Cancellation));
    }

    [Fact]
    public async Task Config_Values_AreRead()
    {
        var command = new RecordingCommand()
            .Answer("config get", """{"value":"x","secret":true}""")
            .Answer("config --show-secrets", """{"p:a":{"value":"1","secret":false},"p:b":{"value":"{\"k\":1}","objectValue":{"k":1},"secret":true}}""");
        using var workspace = await LocalWorkspace.CreateAsync(new LocalWorkspaceOptions { PulumiCommand = command }, Cancellation);

        var one = await workspace.GetConfigAsync("dev", "p:a", Cancellation);
        var all = await workspace.GetAllConfigAsync("dev", Cancellation);

        Assert.Equal(("x", true), (one.Value, one.IsSecret));
        Assert.Equal(("1", false), (all["p:a"].Value, all["p:a"].IsSecret));
        Assert.Equal(("""{"k":1}""", true), (all["p:b"].Value, all["p:b"].IsSecret));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task ExportAndImport_State_GoesThroughUnchanged()
    {
        const string state = """{"version":3,"deployment":{"resources":[{"urn":"u","outputs":{"html":"<b>&"}}]}}""";
        string? imported = null, path = null;
        var command = new RecordingCommand()
            .Answer("stack export", state)
            .Answer("stack import", async call =>
            {
                path = call.Arguments[3];
                imported = await File.ReadAllTextAsync(path, call.Cancellation);
                var mode = File.GetUnixFileMode(path) & File.GetUnixFileMode(Path.GetDirectoryName(path)!);
                Assert.Equal(UnixFileMode.None, mode & (UnixFileMode.GroupRead | UnixFileMode.OtherRead));
                return "";
            });
        using var workspace = await LocalWorkspace.CreateAsync(new LocalWorkspaceOptions { PulumiCommand = command }, Cancellation);

        var exported = await workspace.ExportStackAsync("dev", Cancellation);
        await workspace.ImportStackAsync("dev", exported, Cancellation);

        Assert.Equal(3, exported.Version);
        Assert.Equal("u", exported.Json.GetProperty("deployment").GetProperty("resources")[0].GetProperty("urn").GetString());
        Assert.Equal(state, imported);
        Assert.Equal($"stack import --file {path} --stack dev", command.Lines[1]);
        Assert.False(File.Exists(path));
    }
}
