using Pulumi.Automation;

namespace FogInfra.Tests;

/// <summary>Each method of stack and workspace runs exactly these commands.</summary>
public sealed class CommandLineTests
{
    private const string Urn = "urn:pulumi:dev::proj::a:b:C::d";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<Func<WorkspaceStack, Task>, string[]> OfStacks => new()
    {
        { stack => stack.GetConfigAsync("k", Cancellation), ["config get k --json --stack dev"] },
        { stack => stack.GetConfigAsync("a.b", path: true, Cancellation), ["config get --path a.b --json --stack dev"] },
        { stack => stack.GetAllConfigAsync(Cancellation), ["config --show-secrets --json --stack dev"] },
        { stack => stack.SetConfigAsync("k", new ConfigValue("v"), Cancellation), ["config set k --plaintext --stack dev --non-interactive -- v"] },
        { stack => stack.SetConfigAsync("k", new ConfigValue("-v", isSecret: true), Cancellation), ["config set k --secret --stack dev --non-interactive -- -v"] },
        { stack => stack.SetConfigAsync("k[0]", new ConfigValue(""), path: true, Cancellation), ["config set --path k[0] --plaintext --stack dev --non-interactive -- "] },
        { stack => stack.SetAllConfigAsync(Values, Cancellation), ["config set-all --stack dev --plaintext a=1 --secret b=x=y"] },
        { stack => stack.SetAllConfigAsync(Values, path: true, Cancellation), ["config set-all --stack dev --path --plaintext a=1 --secret b=x=y"] },
        { stack => stack.RemoveConfigAsync("k", Cancellation), ["config rm k --stack dev"] },
        { stack => stack.RemoveConfigAsync("k", path: true, Cancellation), ["config rm k --stack dev --path"] },
        { stack => stack.RemoveAllConfigAsync(["a", "b"], Cancellation), ["config rm-all --stack dev a b"] },
        { stack => stack.RemoveAllConfigAsync(["a"], path: true, Cancellation), ["config rm-all --stack dev --path a"] },
        { stack => stack.RefreshConfigAsync(Cancellation), ["config refresh --force --stack dev", "config --show-secrets --json --stack dev"] },
        { stack => stack.AddEnvironmentsAsync(["a", "b"], Cancellation), ["config env add --stack dev --yes a b"] },
        { stack => stack.RemoveEnvironmentAsync("a", Cancellation), ["config env rm a --stack dev --yes"] },
        { stack => stack.GetTagAsync("k", Cancellation), ["stack tag get k --stack dev"] },
        { stack => stack.SetTagAsync("k", "v", Cancellation), ["stack tag set k v --stack dev"] },
        { stack => stack.RemoveTagAsync("k", Cancellation), ["stack tag rm k --stack dev"] },
        { stack => stack.ListTagsAsync(Cancellation), ["stack tag ls --json --stack dev"] },
        { stack => stack.GetOutputsAsync(Cancellation), ["stack output --json --stack dev", "stack output --json --show-secrets --stack dev"] },
        { stack => stack.GetHistoryAsync(null, Cancellation), ["stack history --json --show-secrets --stack dev"] },
        { stack => stack.GetHistoryAsync(new HistoryOptions { ShowSecrets = false }, Cancellation), ["stack history --json --stack dev"] },
        { stack => stack.GetHistoryAsync(new HistoryOptions { PageSize = 5 }, Cancellation), ["stack history --json --show-secrets --page-size 5 --page 1 --stack dev"] },
        { stack => stack.GetHistoryAsync(new HistoryOptions { PageSize = 5, Page = 3 }, Cancellation), ["stack history --json --show-secrets --page-size 5 --page 3 --stack dev"] },
        { stack => stack.GetHistoryAsync(new HistoryOptions { Page = 3 }, Cancellation), ["stack history --json --show-secrets --stack dev"] },
        { stack => stack.GetInfoAsync(Cancellation), ["stack history --json --show-secrets --page-size 1 --page 1 --stack dev"] },
        { stack => stack.ExportStackAsync(Cancellation), ["stack export --stack dev --show-secrets"] },
        { stack => stack.CancelAsync(Cancellation), ["cancel --yes --stack dev"] },
        { stack => stack.ChangeSecretsProviderAsync("awskms://key", null, Cancellation), ["stack change-secrets-provider --stack dev awskms://key"] },
        { stack => stack.State.DeleteAsync(Urn, cancellationToken: Cancellation), [$"state delete {Urn} --stack dev"] },
        { stack => stack.State.DeleteAsync(Urn, force: true, Cancellation), [$"state delete {Urn} --force --stack dev"] },
        { stack => stack.State.UnprotectAsync(Urn, Cancellation), [$"state unprotect {Urn} --stack dev"] },
        { stack => stack.State.UnprotectAllAsync(Cancellation), ["state unprotect --all --stack dev"] },
    };

    public static TheoryData<Func<LocalWorkspace, Task>, string> OfWorkspaces => new()
    {
        { workspace => workspace.CreateStackAsync("acme/proj/dev"), "stack init acme/proj/dev" },
        { workspace => workspace.SelectStackAsync("dev"), "stack select --stack dev" },
        { workspace => workspace.RemoveStackAsync("dev", Cancellation), "stack rm --yes dev" },
        { workspace => workspace.ListStacksAsync(Cancellation), "stack ls --json" },
        { workspace => workspace.GetStackAsync(Cancellation), "stack ls --json" },
        { workspace => workspace.WhoAmIAsync(Cancellation), "whoami --json" },
        { workspace => workspace.InstallPluginAsync("aws", "v6.0.0", cancellationToken: Cancellation), "plugin install resource aws v6.0.0" },
        { workspace => workspace.InstallPluginAsync("p", "v1.0.0", PluginKind.Analyzer, Cancellation), "plugin install analyzer p v1.0.0" },
        {
            workspace => workspace.InstallPluginAsync(
                "x", "v1.0.0", PluginKind.Language, new PluginInstallOptions { ExactVersion = true, ServerUrl = "https://plugins" }, Cancellation),
            "plugin install language x v1.0.0 --exact --server https://plugins"
        },
        { workspace => workspace.RemovePluginAsync(cancellationToken: Cancellation), "plugin rm resource --yes" },
        { workspace => workspace.RemovePluginAsync("aws", ">=1.0.0", PluginKind.Resource, Cancellation), "plugin rm resource aws >=1.0.0 --yes" },
        { workspace => workspace.ListPluginsAsync(Cancellation), "plugin ls --json" },
        { workspace => workspace.InstallAsync(cancellationToken: Cancellation), "install" },
        {
            workspace => workspace.InstallAsync(
                new InstallOptions { NoDependencies = true, NoPlugins = true, Reinstall = true, UseLanguageVersionTools = true }, Cancellation),
            "install --use-language-version-tools --no-dependencies --reinstall --no-plugins"
        },
    };

    private static Dictionary<string, ConfigValue> Values => new() { ["a"] = new("1"), ["b"] = new("x=y", isSecret: true) };

    [Theory]
    [MemberData(nameof(OfStacks), DisableDiscoveryEnumeration = true)]
    public async Task Stack_EachMethod_RunsTheseCommands(Func<WorkspaceStack, Task> method, string[] expected)
    {
        var command = Answering();
        using var workspace = await CreateAsync(command);
        using var stack = await WorkspaceStack.SelectAsync("dev", workspace, Cancellation);

        await method(stack);

        Assert.Equal(["stack select --stack dev", .. expected], command.Lines);
    }

    [Theory]
    [MemberData(nameof(OfWorkspaces), DisableDiscoveryEnumeration = true)]
    public async Task Workspace_EachMethod_RunsThisCommand(Func<LocalWorkspace, Task> method, string expected)
    {
        var command = Answering();
        using var workspace = await CreateAsync(command);

        await method(workspace);

        Assert.Equal(expected, Assert.Single(command.Lines));
    }

    [Fact]
    public async Task Command_ValuesWithSpaces_StayOneArgument()
    {
        var command = new RecordingCommand();
        using var workspace = await CreateAsync(command);

        await workspace.SetConfigAsync("dev", "k", new ConfigValue("two words"), Cancellation);

        Assert.Equal("two words", command.Calls[0].Arguments[^1]);
    }

    [Fact]
    public async Task CreateStack_SecretsProviderIsGiven_IsSaid()
    {
        var command = new RecordingCommand();
        using var workspace = await LocalWorkspace.CreateAsync(
            new LocalWorkspaceOptions { PulumiCommand = command, SecretsProvider = "passphrase" }, Cancellation);

        await workspace.CreateStackAsync("dev", Cancellation);

        Assert.Equal("stack init dev --secrets-provider passphrase", Assert.Single(command.Lines));
    }

    [Fact]
    public async Task Command_Environment_IsThatOfTheWorkspace()
    {
        var command = new RecordingCommand();
        using var folder = new TemporaryFolder();
        using var workspace = await LocalWorkspace.CreateAsync(
            new LocalWorkspaceOptions
            {
                PulumiCommand = command,
                WorkDir = folder.Path,
                PulumiHome = "/home/of/pulumi",
                EnvironmentVariables = new Dictionary<string, string?> { ["A"] = "1", ["B"] = null },
            },
            Cancellation);

        await workspace.CreateStackAsync("dev", Cancellation);
        workspace.EnvironmentVariables!["A"] = "2";
        await workspace.CreateStackAsync("dev", Cancellation);

        Assert.Equal(folder.Path, command.Calls[0].WorkDir);
        Assert.Equal(
            new Dictionary<string, string?> { ["PULUMI_HOME"] = "/home/of/pulumi", ["A"] = "1", ["B"] = null }, command.Calls[0].Environment);
        Assert.Equal("2", command.Calls[1].Environment["A"]);
        Assert.Null(command.Calls[0].OnEvent);
    }

    [Fact]
    public async Task ChangeSecretsProvider_Passphrase_IsGivenAsInputAndNeverAsAnArgument()
    {
        var command = new RecordingCommand();
        using var workspace = await CreateAsync(command);

        await workspace.ChangeSecretsProviderAsync(
            "dev", "passphrase", new SecretsProviderOptions { NewPassphrase = "correct horse" }, Cancellation);

        Assert.Equal("stack change-secrets-provider --stack dev passphrase", Assert.Single(command.Lines));
        Assert.Equal("correct horse", command.Calls[0].Input);
        await Assert.ThrowsAsync<ArgumentNullException>(
            () => workspace.ChangeSecretsProviderAsync("dev", "passphrase", secretsProviderOptions: null, Cancellation));
    }

    [Fact]
    public async Task GetHistory_PageSizeIsZero_IsRefused()
    {
        using var workspace = await CreateAsync(new RecordingCommand());
        var stack = await WorkspaceStack.SelectAsync("dev", workspace, Cancellation);

        await Assert.ThrowsAsync<ArgumentException>(() => stack.GetHistoryAsync(new HistoryOptions { PageSize = 0 }, Cancellation));
    }

    [Theory]
    [InlineData("3.57.0", "whoami")]
    [InlineData("3.58.0", "whoami --json")]
    [InlineData(null, "whoami")]
    public async Task WhoAmI_AnyVersion_UsesWhatThatVersionKnows(string? version, string expected)
    {
        var command = new RecordingCommand(version).Answer("whoami", "someone\n").Answer("whoami --json", """{"user":"someone","organizations":[]}""");
        using var workspace = await CreateAsync(command);

        var result = await workspace.WhoAmIAsync(Cancellation);

        Assert.Equal("someone", result.User);
        Assert.Empty(result.Organizations);
        Assert.Equal(expected, Assert.Single(command.Lines));
    }

    [Fact]
    public async Task Command_VersionIsTooOldForIt_IsRefused()
    {
        var command = new RecordingCommand("3.90.0");
        using var workspace = await CreateAsync(command);

        await Assert.ThrowsAsync<InvalidOperationException>(() => workspace.InstallAsync(cancellationToken: Cancellation));
        await Assert.ThrowsAsync<InvalidOperationException>(() => workspace.AddEnvironmentsAsync("dev", ["e"], Cancellation));
        Assert.Empty(command.Lines);
    }

    private static RecordingCommand Answering() => new RecordingCommand()
        .Answer("config get", """{"value":"v","secret":false}""")
        .Answer("stack tag ls", "{}")
        .Answer("stack ls", "[]")
        .Answer("plugin ls", "[]")
        .Answer("stack export", """{"version":3,"deployment":{}}""")
        .Answer("whoami", """{"user":"someone","organizations":[]}""");

    private static Task<LocalWorkspace> CreateAsync(RecordingCommand command) =>
        LocalWorkspace.CreateAsync(new LocalWorkspaceOptions { PulumiCommand = command }, Cancellation);
}
