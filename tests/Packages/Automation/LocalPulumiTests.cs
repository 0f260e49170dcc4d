using System.ComponentModel;
using Pulumi.Automation;
using Pulumi.Automation.Commands;
using Pulumi.Automation.Commands.Exceptions;

namespace FogInfra.Tests;

/// <summary>The pulumi on PATH, run as a process.</summary>
public sealed class LocalPulumiTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_Command_GetsArgumentsFolderEnvironmentAndNoQuestions()
    {
        using var script = new PulumiScript("""
            pwd
            printf '%s\n' "$ADDED" "${HOME-none}" "${PULUMI_DEBUG_COMMANDS-unset}"
            cat
            """);
        using var folder = new TemporaryFolder();
        var command = await LocalPulumiCommand.CreateAsync(null, Cancellation);

        var result = await command.RunAsync(
            ["stack", "ls", "a b", "$HOME"],
            folder.Path,
            new Dictionary<string, string?>(script.Environment) { ["ADDED"] = "yes", ["HOME"] = null },
            cancellationToken: Cancellation);

        Assert.Equal(["stack", "ls", "a b", "$HOME", "--non-interactive"], script.Arguments);
        Assert.Equal($"{folder.Path}\nyes\nnone\nunset\n", result.StandardOutput);
        Assert.Equal(0, result.Code);
    }

    [Theory]
    [InlineData("config set k -- --value", "config set k --non-interactive -- --value")]
    [InlineData("config set k --non-interactive -- v", "config set k --non-interactive -- v")]
    public async Task Run_ArgumentsHaveASeparator_OptionsComeBeforeIt(string arguments, string expected)
    {
        using var script = new PulumiScript("");
        var command = await LocalPulumiCommand.CreateAsync(null, Cancellation);

        await command.RunAsync(arguments.Split(' '), "/", script.Environment, cancellationToken: Cancellation);

        Assert.Equal(expected.Split(' '), script.Arguments);
    }

    [Fact]
    public async Task RunInput_Input_IsWhatTheCommandReads()
    {
        using var script = new PulumiScript("cat");
        var command = await LocalPulumiCommand.CreateAsync(null, Cancellation);

        var result = await command.RunInputAsync(["x"], "/", script.Environment, stdIn: "a secret", cancellationToken: Cancellation);

        Assert.Equal("a secret", result.StandardOutput);
    }

    [Fact]
    public async Task Run_Output_IsToldLineByLineAndKept()
    {
        using var script = new PulumiScript("echo out 1; echo err 1 >&2; echo out 2; echo err 2 >&2");
        var command = await LocalPulumiCommand.CreateAsync(null, Cancellation);
        var (output, error) = (new List<string>(), new List<string>());

        var result = await command.RunAsync(["x"], "/", script.Environment, output.Add, error.Add, cancellationToken: Cancellation);

        Assert.Equal(["out 1", "out 2"], output);
        Assert.Equal(["err 1", "err 2"], error);
        Assert.Equal("out 1\nout 2\n", result.StandardOutput);
        Assert.Equal("err 1\nerr 2\n", result.StandardError);
    }

    [Theory]
    [InlineData("error: no stack named 'dev' found", typeof(StackNotFoundException))]
    [InlineData("error: stack 'dev' already exists", typeof(StackAlreadyExistsException))]
    [InlineData("error: [409] Conflict: Another update is currently in progress.", typeof(ConcurrentUpdateException))]
    [InlineData("error: the stack is currently locked by 1 lock(s).", typeof(ConcurrentUpdateException))]
    [InlineData("error: no stack named 'dev'\nwas found", typeof(CommandException))]
    [InlineData("error: update failed", typeof(CommandException))]
    public async Task Run_CommandFails_ThrowsWhatItsErrorOutputSays(string text, Type expected)
    {
        using var script = new PulumiScript($"echo before; echo \"{text}\" >&2; exit 6");
        var command = await LocalPulumiCommand.CreateAsync(null, Cancellation);

        var error = await Assert.ThrowsAnyAsync<CommandException>(
            () => command.RunAsync(["up"], "/", script.Environment, cancellationToken: Cancellation));

        Assert.IsType(expected, error);
        Assert.Equal(expected.Name, error.Name);
        Assert.Equal($"code: 6\nstdout: before\n\nstderr: {text}\n\n", error.Message);
    }

    [Fact]
    public async Task Run_TextThatMeansAnErrorIsOnlyOutput_IsAnOrdinaryFailure()
    {
        using var script = new PulumiScript("echo \"no stack named 'dev' found\"; exit 1");
        var command = await LocalPulumiCommand.CreateAsync(null, Cancellation);

        var error = await Assert.ThrowsAnyAsync<CommandException>(
            () => command.RunAsync(["up"], "/", script.Environment, cancellationToken: Cancellation));

        Assert.IsType<CommandException>(error);
    }

    [Fact]
    public async Task Run_IsCancelled_TheProcessIsKilled()
    {
        using var source = new CancellationTokenSource();
        using var script = new PulumiScript("echo $$; sleep 300");
        var command = await LocalPulumiCommand.CreateAsync(null, Cancellation);
        var processId = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => command.RunAsync(
            ["up"],
            "/",
            script.Environment,
            line =>
            {
                processId = int.Parse(line, System.Globalization.CultureInfo.InvariantCulture);
                source.Cancel();
            },
            cancellationToken: source.Token));

        Assert.NotEqual(0, processId);
        Assert.False(Shell.IsRunning(processId));
    }

    [Fact]
    public async Task Up_ManyStacksAtOnce_EachRunsItsOwnCommands()
    {
        var stacks = Enumerable.Range(0, 6).Select(i => (Name: $"dev-{i}", Script: new PulumiScript("""
            echo "$*" >> "$FAKE_PULUMI_FOLDER/all"
            case "$1 $2" in
              "stack output") echo "{\"stack\":\"$FAKE_PULUMI_FOLDER\"}";;
              "stack history") echo '[{"kind":"update","startTime":"2026-01-02T03:04:05.000Z","result":"succeeded"}]';;
            esac
            """))).ToArray();

        var results = await Task.WhenAll(stacks.Select(async item =>
        {
            using var workspace = await item.Script.CreateWorkspaceAsync();
            var stack = await WorkspaceStack.CreateAsync(item.Name, workspace, Cancellation);
            var result = await stack.UpAsync(cancellationToken: Cancellation);
            return (item.Name, Output: result.Outputs["stack"].Value, Lines: await File.ReadAllLinesAsync(item.Script["all"], Cancellation));
        }));

        Assert.Equal(stacks.Select(item => item.Script[""].TrimEnd('/')), results.Select(result => result.Output));
        Assert.All(results, result => Assert.Equal(
            [
                $"stack init {result.Name} --non-interactive",
                $"up --yes --skip-preview --exec-kind auto.local --stack {result.Name} --non-interactive",
                $"stack output --json --stack {result.Name} --non-interactive",
                $"stack output --json --show-secrets --stack {result.Name} --non-interactive",
                $"stack history --json --show-secrets --page-size 1 --page 1 --stack {result.Name} --non-interactive",
            ],
            result.Lines));
        Array.ForEach(stacks, item => item.Script.Dispose());
    }
}

/// <summary>What depends on the environment of this process, one after the other.</summary>
[Collection(nameof(ProcessEnvironment))]
public sealed class LocalPulumiVersionTests : IDisposable
{
    private readonly string? _path = Environment.GetEnvironmentVariable("PATH");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("PATH", _path);
        Environment.SetEnvironmentVariable(FakePulumi.VersionVariable, null);
        Environment.SetEnvironmentVariable(LocalPulumiCommand.SkipVersionCheckVar, null);
    }

    [Theory]
    [InlineData("v3.260.0", "3.260.0")]
    [InlineData("v3.1.0", "3.1.0")]
    [InlineData("3.9.1-alpha.1+abc", "3.9.1-alpha.1+abc")]
    public async Task Create_VersionWillDo_IsKnown(string version, string expected)
    {
        Environment.SetEnvironmentVariable(FakePulumi.VersionVariable, version);

        var command = await LocalPulumiCommand.CreateAsync(null, Cancellation);

        Assert.Equal(expected, command.Version!.ToString());
    }

    [Theory]
    [InlineData("v3.0.9")]
    [InlineData("v2.99.0")]
    [InlineData("v4.0.0")]
    [InlineData("v3.1.0-alpha.1")]
    [InlineData("nonsense")]
    [InlineData("")]
    public async Task Create_VersionWillNotDo_IsRefusedUnlessAnyIsFine(string version)
    {
        Environment.SetEnvironmentVariable(FakePulumi.VersionVariable, version.Length == 0 ? " " : version);

        await Assert.ThrowsAsync<InvalidOperationException>(() => LocalPulumiCommand.CreateAsync(null, Cancellation));
        await Assert.ThrowsAsync<InvalidOperationException>(() => LocalWorkspace.CreateAsync(null, Cancellation));
        await LocalPulumiCommand.CreateAsync(new LocalPulumiCommandOptions { SkipVersionCheck = true }, Cancellation);
        using var workspace = await LocalWorkspace.CreateAsync(
            new LocalWorkspaceOptions { EnvironmentVariables = new Dictionary<string, string?> { [LocalPulumiCommand.SkipVersionCheckVar] = "true" } },
            Cancellation);
        Environment.SetEnvironmentVariable(LocalPulumiCommand.SkipVersionCheckVar, "true");
        await LocalPulumiCommand.CreateAsync(null, Cancellation);
    }

    [Fact]
    public async Task Create_NewerVersionIsWanted_OlderIsRefused()
    {
        Environment.SetEnvironmentVariable(FakePulumi.VersionVariable, "v3.100.0");
        var wanted = new LocalPulumiCommandOptions { Version = new Semver.SemVersion(3, 101, 0) };

        await Assert.ThrowsAsync<InvalidOperationException>(() => LocalPulumiCommand.CreateAsync(wanted, Cancellation));

        Environment.SetEnvironmentVariable(FakePulumi.VersionVariable, "v3.101.0");
        Assert.NotNull(await LocalPulumiCommand.CreateAsync(wanted, Cancellation));
    }

    [Fact]
    public async Task Create_NoPulumiOnPath_ThrowsWin32Exception()
    {
        using var empty = new TemporaryFolder();
        Environment.SetEnvironmentVariable("PATH", empty.Path);

        await Assert.ThrowsAsync<Win32Exception>(() => LocalPulumiCommand.CreateAsync(null, Cancellation));
    }
}

/// <summary>Tests that change the environment of this process run one after the other.</summary>
[CollectionDefinition(nameof(ProcessEnvironment), DisableParallelization = true)]
public sealed class ProcessEnvironment;
