using FogInfra.Embedded.Protocol.Values;
using FogInfra.Engine.Tests.Harness;

namespace FogInfra.Engine.Tests.Commands;

/// <summary>The command line as a whole, and the commands that are about no update: exit codes, what clients look for in texts and JSON.</summary>
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
    public async Task StackOfTheEnvironment_OverrulesTheSelection()
    {
        await _workspace.WithStackAsync();
        await _workspace.WithStackAsync("other");
        _workspace.Environment["PULUMI_STACK"] = "dev";
        Assert.Equal("dev\n", (await Run("stack", "--show-name")).ShouldSucceed().Out);
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
}
