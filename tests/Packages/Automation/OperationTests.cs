using Pulumi.Automation;
using Pulumi.Automation.Events;
using Pulumi.Automation.Exceptions;

namespace FogInfra.Tests;

/// <summary>Updates, previews, refreshes and deletions of a stack whose program the engine starts.</summary>
public sealed class OperationTests
{
    private const string After = "stack history --json --show-secrets --page-size 1 --page 1 --stack dev";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Up_NoOptions_RunsUpThenReadsOutputsAndHistory()
    {
        var command = new RecordingCommand();
        var stack = await SelectAsync(command);

        await stack.UpAsync(cancellationToken: Cancellation);

        Assert.Equal(
            [
                "up --yes --skip-preview --exec-kind auto.local --stack dev",
                "stack output --json --stack dev",
                "stack output --json --show-secrets --stack dev",
                After,
            ],
            command.Lines.Skip(1));
        Assert.Null(command.Calls[1].OnEvent);
    }

    [Fact]
    public async Task Up_AllOptions_AreSaidInThisOrder()
    {
        var command = new RecordingCommand();
        var stack = await SelectAsync(command);

        await stack.UpAsync(
            Fill(new UpOptions
            {
                ExpectNoChanges = true,
                ShowReads = true,
                Diff = true,
                Plan = "plan.json",
                Replace = ["r1", "r2"],
                ExcludeDependents = true,
                TargetDependents = true,
                ContinueOnError = true,
                Refresh = true,
                ShowSecrets = false,
            }),
            Cancellation);

        Assert.Equal(
            "up --yes --skip-preview --expect-no-changes --show-reads=true --diff --plan plan.json --replace r1 --replace r2 "
            + $"--exclude-dependents --target-dependents --continue-on-error --refresh {Filled} --exec-kind auto.local --stack dev",
            command.Lines[1]);
        Assert.Equal("stack history --json --page-size 1 --page 1 --stack dev", command.Lines[^1]);
    }

    [Fact]
    public async Task Preview_AllOptions_AreSaidInThisOrder()
    {
        var command = new RecordingCommand();
        var stack = await SelectAsync(command);

        await stack.PreviewAsync(
            Fill(new PreviewOptions
            {
                ExpectNoChanges = true,
                ShowReads = false,
                Diff = true,
                Plan = "plan.json",
                Replace = ["r"],
                ExcludeDependents = true,
                TargetDependents = true,
                Refresh = true,
            }),
            Cancellation);

        Assert.Equal(
            "preview --expect-no-changes --show-reads=false --diff --save-plan plan.json --replace r --exclude-dependents "
            + $"--target-dependents --refresh {Filled} --exec-kind auto.local --stack dev",
            Assert.Single(command.Lines.Skip(1)));
    }

    [Fact]
    public async Task Refresh_AllOptions_AreSaidInThisOrder()
    {
        var command = new RecordingCommand();
        var stack = await SelectAsync(command);

        await stack.RefreshAsync(
            Fill(new RefreshOptions
            {
                ExpectNoChanges = true,
                SkipPendingCreates = true,
                ClearPendingCreates = true,
                ImportPendingCreates = [new PendingCreateValue("urn", "id")],
                RunProgram = false,
            }),
            Cancellation);

        Assert.Equal(
            [
                "refresh --yes --skip-preview --expect-no-changes --skip-pending-creates --clear-pending-creates "
                + "--import-pending-creates urn --import-pending-creates id --run-program=false "
                + $"{Filled} --exec-kind auto.local --stack dev",
                After,
            ],
            command.Lines.Skip(1));
    }

    [Fact]
    public async Task Refresh_WithoutOptionsOrAsAPreview_SaysWhatThePackageSays()
    {
        var command = new RecordingCommand();
        var stack = await SelectAsync(command);

        await stack.RefreshAsync(cancellationToken: Cancellation);
        await stack.RefreshAsync(new RefreshOptions { PreviewOnly = true }, Cancellation);

        Assert.Equal("refresh --yes --exec-kind auto.local --stack dev", command.Lines[1]);
        Assert.Equal("refresh --yes --preview-only --exec-kind auto.local --stack dev", command.Lines[3]);
    }

    [Fact]
    public async Task Destroy_AllOptions_AreSaidInThisOrder()
    {
        var command = new RecordingCommand();
        var stack = await SelectAsync(command);

        await stack.DestroyAsync(
            Fill(new DestroyOptions { ExcludeDependents = true, TargetDependents = true, ContinueOnError = true, Refresh = true, RunProgram = true }),
            Cancellation);
        await stack.DestroyAsync(new DestroyOptions { PreviewOnly = true }, Cancellation);
        await stack.DestroyAsync(cancellationToken: Cancellation);

        Assert.Equal(
            [
                "destroy --yes --skip-preview --exclude-dependents --target-dependents --continue-on-error --refresh --run-program=true "
                + $"{Filled} --exec-kind auto.local --stack dev",
                After,
                "destroy --preview-only --exec-kind auto.local --stack dev",
                After,
                "destroy --yes --skip-preview --exec-kind auto.local --stack dev",
                After,
            ],
            command.Lines.Skip(1));
    }

    [Fact]
    public async Task Up_Succeeds_GivesOutputSummaryAndOutputs()
    {
        var command = new RecordingCommand()
            .Answer("up", "line 1\nline 2\n")
            .Answer("stack output --json --stack", """{"url":"http://a","password":"[secret]","nested":{"password":"[secret]"}}""")
            .Answer("stack output --json --show-secrets", """{"url":"http://a","password":"hunter2","nested":{"password":"hunter2"}}""")
            .Answer("stack history", """
                [{"kind":"update","startTime":"2026-01-02T03:04:05.000Z","message":"ship it","environment":{"exec.kind":"auto.local"},
                  "config":{"proj:a":{"value":"1","secret":false},"proj:b":{"value":"x","secret":true}},"result":"succeeded",
                  "endTime":"2026-01-02T03:04:07.000Z","version":7,"resourceChanges":{"create":2,"same":1}}]
                """);
        var stack = await SelectAsync(command);
        var lines = new List<string>();

        var result = await stack.UpAsync(new UpOptions { OnStandardOutput = lines.Add }, Cancellation);

        Assert.Equal("line 1\nline 2\n", result.StandardOutput);
        Assert.Equal(["line 1", "line 2"], lines);
        Assert.Equal(("http://a", false), (result.Outputs["url"].Value, result.Outputs["url"].IsSecret));
        Assert.Equal(("hunter2", true), (result.Outputs["password"].Value, result.Outputs["password"].IsSecret));
        Assert.False(result.Outputs["nested"].IsSecret);
        Assert.Equal(UpdateKind.Update, result.Summary.Kind);
        Assert.Equal(UpdateState.Succeeded, result.Summary.Result);
        Assert.Equal("ship it", result.Summary.Message);
        Assert.Equal(7, result.Summary.Version);
        Assert.Equal(TimeSpan.FromSeconds(2), result.Summary.EndTime - result.Summary.StartTime);
        Assert.Equal(2, result.Summary.ResourceChanges![OperationType.Create]);
        Assert.Equal("auto.local", result.Summary.Environment["exec.kind"]);
        Assert.Equal(("x", true), (result.Summary.Config["proj:b"].Value, result.Summary.Config["proj:b"].IsSecret));
    }

    [Fact]
    public async Task Preview_Succeeds_GivesTheChangesAndAllEvents()
    {
        var command = new RecordingCommand().Events(
            "preview",
            """{"sequence":0,"timestamp":1,"preludeEvent":{"config":{}}}""",
            """{"sequence":1,"timestamp":2,"summaryEvent":{"maybeCorrupt":false,"durationSeconds":1,"resourceChanges":{"create":3,"delete":1}}}""",
            """{"sequence":2,"timestamp":3,"cancelEvent":{}}""");
        var stack = await SelectAsync(command);
        var events = new List<EngineEvent>();

        var result = await stack.PreviewAsync(new PreviewOptions { OnEvent = events.Add }, Cancellation);

        Assert.Equal(3, result.ChangeSummary[OperationType.Create]);
        Assert.Equal(1, result.ChangeSummary[OperationType.Delete]);
        Assert.Equal([0, 1, 2], events.Select(item => item.Sequence));
    }

    [Fact]
    public async Task Preview_EngineDoesNotSayWhatChanges_IsAnError()
    {
        var stack = await SelectAsync(new RecordingCommand().Events("preview"));

        var error = await Assert.ThrowsAsync<NoSummaryEventException>(() => stack.PreviewAsync(cancellationToken: Cancellation));

        Assert.Equal("SummaryEvent", error.Name);
    }

    [Fact]
    public async Task Up_NoHistory_GivesNoSummary()
    {
        var stack = await SelectAsync(new RecordingCommand().Answer("stack history", "[]"));

        var result = await stack.UpAsync(cancellationToken: Cancellation);

        Assert.Null(result.Summary);
        Assert.Empty(result.Outputs);
        Assert.Null(await stack.GetInfoAsync(Cancellation));
    }

    [Fact]
    public async Task Up_CommandThrows_TheExceptionIsTheCommandsOwn()
    {
        var stack = await SelectAsync(new RecordingCommand().Answer("up", _ => throw new InvalidDataException("no engine today")));

        var error = await Assert.ThrowsAsync<InvalidDataException>(() => stack.UpAsync(cancellationToken: Cancellation));

        Assert.Equal("no engine today", error.Message);
    }

    [Fact]
    public async Task Up_TokenIsGiven_ReachesTheCommand()
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var command = new RecordingCommand().Answer("up", async call =>
        {
            await source.CancelAsync();
            call.Cancellation.ThrowIfCancellationRequested();
            return "";
        });
        var stack = await SelectAsync(command);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stack.UpAsync(cancellationToken: source.Token));

        Assert.Equal(2, command.Calls.Count);
    }

    [Fact]
    public async Task History_EveryKindAndResult_IsRead()
    {
        string[] kinds = ["update", "preview", "refresh", "rename", "destroy", "import", "resource-import"];
        string[] results = ["not-started", "in-progress", "succeeded", "failed"];
        var entries = kinds.Select((kind, i) => $$"""{"kind":"{{kind}}","startTime":"2026-01-02T03:04:05.000Z","result":"{{results[i % 4]}}"}""");
        var stack = await SelectAsync(new RecordingCommand().Answer("stack history", $"[{string.Join(',', entries)}]"));

        var history = await stack.GetHistoryAsync(cancellationToken: Cancellation);

        Assert.Equal(Enum.GetValues<UpdateKind>(), history.Select(entry => entry.Kind));
        Assert.Equal(Enum.GetValues<UpdateState>(), history.Take(4).Select(entry => entry.Result));
        Assert.Null(history[0].ResourceChanges);
        Assert.Equal("", history[0].Message);
        Assert.Empty(history[0].Config);
    }

    [Theory]
    [InlineData("""[{"kind":"improvement","startTime":"2026-01-02T03:04:05.000Z","result":"succeeded"}]""")]
    [InlineData("""[{"kind":"update","startTime":"2026-01-02T03:04:05.000Z","result":"splendid"}]""")]
    public async Task History_UnknownKindOrResult_IsAnError(string history)
    {
        var stack = await SelectAsync(new RecordingCommand().Answer("stack history", history));

        await Assert.ThrowsAsync<InvalidOperationException>(() => stack.GetHistoryAsync(cancellationToken: Cancellation));
    }

    private static string Filled =>
        "--parallel 4 --message ship it --exclude e --target t1 --target t2 --policy-pack p --policy-pack-configs c --color never "
        + "--logflow --verbose 9 --logtostderr --tracing file:/trace --debug --json --config-file Pulumi.other.yaml --profiling prof";

    private static T Fill<T>(T options)
        where T : UpdateOptions
    {
        options.Parallel = 4;
        options.Message = "ship it";
        options.Exclude = ["e"];
        options.Target = ["t1", "t2"];
        options.PolicyPacks = ["p"];
        options.PolicyPackConfigs = ["c"];
        options.Color = "never";
        options.LogFlow = true;
        options.LogVerbosity = 9;
        options.LogToStdErr = true;
        options.Tracing = "file:/trace";
        options.Debug = true;
        options.Json = true;
        options.ConfigFile = "Pulumi.other.yaml";
        options.Profiling = "prof";
        return options;
    }

    private static async Task<WorkspaceStack> SelectAsync(RecordingCommand command)
    {
        var workspace = await LocalWorkspace.CreateAsync(new LocalWorkspaceOptions { PulumiCommand = command }, Cancellation);
        return await WorkspaceStack.SelectAsync("dev", workspace, Cancellation);
    }
}
