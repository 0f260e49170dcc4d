using System.Collections.Immutable;
using System.Text.Json;
using Pulumi;
using Pulumi.Automation;
using Pulumi.Automation.Commands.Exceptions;
using Pulumi.Automation.Events;

namespace FogInfra.Tests;

/// <summary>
/// The Automation API, that of the real package where the tests are built with it, on a <c>pulumi</c> of PATH that is the embedded engine:
/// child processes, files, gRPC in both directions. PATH is the process's, so these tests run one by one.
/// </summary>
public sealed class AutomationApiTests : IDisposable
{
    private const string Secret = "correct horse battery";

    private readonly InstalledCli _cli = new();
    private readonly string _path = Environment.GetEnvironmentVariable("PATH")!;
    private readonly string _folder = Directory.CreateTempSubdirectory("fog-automation-").FullName;

    public AutomationApiTests() => Environment.SetEnvironmentVariable("PATH", _cli.SearchPath);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("PATH", _path);
        Directory.Delete(_folder, recursive: true);
        _cli.Dispose();
    }

    [Fact]
    public async Task InlineStack_ThroughItsLife_IsAsTheApiPromises()
    {
        using var stack = await LocalWorkspace.CreateOrSelectStackAsync(Args("dev"), Cancellation);
        await stack.SetConfigAsync("size", new ConfigValue("3"), Cancellation);
        await stack.SetConfigAsync("token", new ConfigValue(Secret, isSecret: true), Cancellation);
        var events = new List<EngineEvent>();
        var output = new List<string>();

        var preview = await stack.PreviewAsync(new PreviewOptions { OnEvent = events.Add }, Cancellation);
        var first = await stack.UpAsync(new UpOptions { OnEvent = events.Add, OnStandardOutput = output.Add }, Cancellation);
        var second = await stack.UpAsync(new UpOptions { ExpectNoChanges = true }, Cancellation);
        var refreshed = await stack.RefreshAsync(cancellationToken: Cancellation);
        var outputs = await stack.GetOutputsAsync(Cancellation);
        var history = await stack.GetHistoryAsync(cancellationToken: Cancellation);
        var listed = Assert.Single(await stack.Workspace.ListStacksAsync(Cancellation));
        var destroyed = await stack.DestroyAsync(cancellationToken: Cancellation);
        await stack.Workspace.RemoveStackAsync("dev", Cancellation);

        Assert.Equal(3, preview.ChangeSummary[OperationType.Create]);
        Assert.Equal((UpdateKind.Update, UpdateState.Succeeded), (first.Summary.Kind, first.Summary.Result));
        Assert.Equal(3, first.Summary.ResourceChanges![OperationType.Create]);
        Assert.Equal(3, second.Summary.ResourceChanges![OperationType.Same]);
        Assert.Equal(UpdateKind.Refresh, refreshed.Summary.Kind);
        Assert.Equal((3.0, false), (Convert.ToDouble(outputs["size"].Value, null), outputs["size"].IsSecret));
        Assert.Equal((Secret, true), (outputs["token"].Value, outputs["token"].IsSecret));
        Assert.Equal(outputs.Keys.Order(), first.Outputs.Keys.Order());
        Assert.Equal([UpdateKind.Refresh, UpdateKind.Update, UpdateKind.Update], history.Select(update => update.Kind));
        Assert.Equal("dev", listed.Name);
        Assert.Equal(3, listed.ResourceCount);
        Assert.Equal(3, destroyed.Summary.ResourceChanges![OperationType.Delete]);
        Assert.Empty(await stack.Workspace.ListStacksAsync(Cancellation));
        Assert.Equal(2, events.Count(@event => @event.SummaryEvent is not null));
        Assert.Equal(2, events.Count(@event => @event.CancelEvent is not null));
        Assert.DoesNotContain(Secret, string.Concat(output), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, EverythingWritten(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plain", false)]
    [InlineData("", false)]
    [InlineData("-starts with a dash", false)]
    [InlineData("two\nlines and \"quotes\"", false)]
    [InlineData(Secret, true)]
    public async Task Config_Set_IsReadBack(string text, bool isSecret)
    {
        using var stack = await LocalWorkspace.CreateStackAsync(Args("dev"), Cancellation);

        await stack.SetConfigAsync("key", new ConfigValue(text, isSecret), Cancellation);
        await stack.SetAllConfigAsync(
            new Dictionary<string, ConfigValue> { ["other:all"] = new(text, isSecret), ["list[0]"] = new("x") }, path: true, Cancellation);

        var value = await stack.GetConfigAsync("key", Cancellation);
        var all = await stack.GetAllConfigAsync(Cancellation);
        await stack.RemoveAllConfigAsync(["key", "list"], Cancellation);
        Assert.Equal((text, isSecret), (value.Value, value.IsSecret));
        Assert.Equal((text, isSecret), (all["other:all"].Value, all["other:all"].IsSecret));
        Assert.Equal("""["x"]""", all["automation:list"].Value);
        Assert.Equal(["other:all"], (await stack.GetAllConfigAsync(Cancellation)).Keys);
    }

    [Fact]
    public async Task Workspace_Asked_SaysWhereItIs()
    {
        using var stack = await LocalWorkspace.CreateStackAsync(Args("dev"), Cancellation);
        var workspace = stack.Workspace;

        await stack.SetTagAsync("team", "edge", Cancellation);

        Assert.StartsWith("3.", workspace.PulumiVersion, StringComparison.Ordinal);
        Assert.NotEmpty((await workspace.WhoAmIAsync(Cancellation)).User);
        Assert.Equal("edge", await stack.GetTagAsync("team", Cancellation));
        Assert.Contains("team", (await stack.ListTagsAsync(Cancellation)).Keys);
        await stack.RemoveTagAsync("team", Cancellation);
        Assert.DoesNotContain("team", (await stack.ListTagsAsync(Cancellation)).Keys);
        Assert.Equal("dev", (await workspace.GetStackAsync(Cancellation))?.Name);
        Assert.Empty(await stack.GetOutputsAsync(Cancellation));
        Assert.Null(await stack.GetInfoAsync(Cancellation));
        Assert.NotNull(await workspace.ListPluginsAsync(Cancellation));
    }

    [Fact]
    public async Task Deployment_ExportedAndImported_IsTheSame()
    {
        using var stack = await LocalWorkspace.CreateStackAsync(Args("dev"), Cancellation);
        await stack.SetConfigAsync("token", new ConfigValue(Secret, isSecret: true), Cancellation);
        await stack.UpAsync(cancellationToken: Cancellation);

        var exported = await stack.ExportStackAsync(Cancellation);
        await stack.ImportStackAsync(exported, Cancellation);
        var again = await stack.UpAsync(new UpOptions { ExpectNoChanges = true }, Cancellation);

        Assert.Equal(3, exported.Version);
        Assert.Equal(3, exported.Json.GetProperty("deployment").GetProperty("resources").GetArrayLength());
        Assert.DoesNotContain(Secret, exported.Json.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(3, again.Summary.ResourceChanges![OperationType.Same]);
    }

    [Fact]
    public async Task StackNames_MissingOrTaken_AreToldByTheirOwnExceptions()
    {
        using var stack = await LocalWorkspace.CreateStackAsync(Args("dev"), Cancellation);

        await Assert.ThrowsAsync<StackNotFoundException>(() => LocalWorkspace.SelectStackAsync(Args("prod"), Cancellation));
        await Assert.ThrowsAsync<StackAlreadyExistsException>(() => LocalWorkspace.CreateStackAsync(Args("dev"), Cancellation));
        using var selected = await LocalWorkspace.SelectStackAsync(Args("dev"), Cancellation);
        Assert.Equal("dev", selected.Name);
    }

    [Fact]
    public async Task ProgramThatFails_ThrowsItsOwnException_AndTheStackGoesOn()
    {
        using var stack = await LocalWorkspace.CreateStackAsync(Args("dev"), Cancellation);
        var fails = PulumiFn.Create((Action)(() => throw new FileNotFoundException("no such recipe")));

        var failure = await Assert.ThrowsAsync<FileNotFoundException>(() => stack.UpAsync(new UpOptions { Program = fails }, Cancellation));
        var next = await stack.UpAsync(cancellationToken: Cancellation);

        Assert.Equal("no such recipe", failure.Message);
        Assert.Equal(UpdateState.Succeeded, next.Summary.Result);
        Assert.Equal([UpdateState.Succeeded, UpdateState.Failed], (await stack.GetHistoryAsync(cancellationToken: Cancellation)).Select(update => update.Result));
    }

    [Fact]
    public async Task SecondUpdate_WhileOneRuns_IsAConcurrentUpdate()
    {
        var running = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        var waits = PulumiFn.Create(async () =>
        {
            running.TrySetResult();
            await release.Task;
        });
        using var stack = await LocalWorkspace.CreateStackAsync(Args("dev"), Cancellation);
        using var other = await LocalWorkspace.SelectStackAsync(Args("dev"), Cancellation);

        var first = stack.UpAsync(new UpOptions { Program = waits }, Cancellation);
        await running.Task.WaitAsync(Cancellation);
        var second = Record.ExceptionAsync(() => other.UpAsync(cancellationToken: Cancellation));

        Assert.IsType<ConcurrentUpdateException>(await second);
        release.SetResult();
        Assert.Equal(UpdateState.Succeeded, (await first).Summary.Result);
    }

    private InlineProgramArgs Args(string stack) => new("automation", stack, PulumiFn.Create(Program))
    {
        WorkDir = Directory.CreateDirectory(Path.Combine(_folder, "project")).FullName,
        ProjectSettings = new ProjectSettings("automation", ProjectRuntimeName.Dotnet)
        {
            Backend = new ProjectBackend { Url = $"file://{Directory.CreateDirectory(Path.Combine(_folder, "backend")).FullName}" },
        },
        EnvironmentVariables = new Dictionary<string, string?>
        {
            ["PULUMI_CONFIG_PASSPHRASE"] = "passphrase of a test",
            ["PULUMI_HOME"] = Path.Combine(_folder, "home"),
        },
    };

    private static ImmutableDictionary<string, object?> Program()
    {
        var config = new Config();
        var outer = new Box("outer", parent: null);
        _ = new Box("inner", outer);
        var outputs = ImmutableDictionary<string, object?>.Empty.Add("size", config.GetInt32("size") ?? 0);
        return config.GetSecret("token") is { } token
            ? outputs.Add("token", token).Add("nested", token.Apply(text => ImmutableDictionary<string, string>.Empty.Add("text", text)))
            : outputs;
    }

    private string EverythingWritten() =>
        string.Concat(Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories).Select(File.ReadAllText));

    private sealed class Box : ComponentResource
    {
        public Box(string name, Resource? parent)
            : base("test:index:Box", name, new ComponentResourceOptions { Parent = parent }) => RegisterOutputs();
    }
}
