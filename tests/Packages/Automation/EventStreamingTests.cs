using FogInfra.Embedded.Protocol.Rpc;
using FogInfra.Embedded.Protocol.Services;
using Pulumi.Automation;
using Pulumi.Automation.Events;

namespace FogInfra.Tests;

/// <summary>How events come from a pulumi that runs as a process: by a file from older ones, by gRPC from newer ones.</summary>
[Collection(nameof(ProcessEnvironment))]
public sealed class EventStreamingTests : IDisposable
{
    private const string Prelude = """{"sequence":0,"timestamp":1,"preludeEvent":{"config":{}}}""";
    private const string Summary = """{"sequence":1,"timestamp":2,"summaryEvent":{"maybeCorrupt":false,"durationSeconds":1,"resourceChanges":{"create":2}}}""";
    private const string Cancel = """{"sequence":2,"timestamp":3,"cancelEvent":{}}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Environment.SetEnvironmentVariable(FakePulumi.VersionVariable, null);

    [Fact]
    public async Task File_EngineWritesEvents_EachIsTold()
    {
        using var script = new PulumiScript($$"""
            [ "$1" = preview ] || exit 0
            for log; do :; done
            echo "$PULUMI_DEBUG_COMMANDS"
            echo '{{Prelude}}' > "$log"
            echo 'no event' >> "$log"
            echo '{{Summary}}' >> "$log"
            printf '%s' '{{Cancel}}' >> "$log"
            """);
        using var workspace = await script.CreateWorkspaceAsync();
        var events = new List<EngineEvent>();

        var result = await (await SelectAsync(workspace)).PreviewAsync(new PreviewOptions { OnEvent = events.Add }, Cancellation);

        Assert.Equal([0, 1, 2], events.Select(item => item.Sequence));
        Assert.Equal(2, result.ChangeSummary[OperationType.Create]);
        Assert.Equal("true\n", result.StandardOutput);
        Assert.Equal("--event-log", script.Arguments[^2]);
        Assert.True(Path.IsPathFullyQualified(script.Arguments[^1]));
        Assert.False(File.Exists(script.Arguments[^1]));
    }

    [Fact]
    public async Task File_EngineWaitsForTheProgram_EventsAreToldMeanwhile()
    {
        using var script = new PulumiScript($$"""
            [ "$1" = preview ] || exit 0
            for log; do :; done
            echo '{{Summary}}' > "$log"
            until [ -e "$FAKE_PULUMI_FOLDER/seen" ]; do sleep 0.02; done
            """);
        using var workspace = await script.CreateWorkspaceAsync();

        var result = await (await SelectAsync(workspace)).PreviewAsync(
            new PreviewOptions { OnEvent = _ => File.WriteAllText(script["seen"], "") }, Cancellation);

        Assert.Equal(2, result.ChangeSummary[OperationType.Create]);
    }

    [Fact]
    public async Task File_ReceiverThrows_TheCallerSeesIt()
    {
        using var script = new PulumiScript($"[ \"$1\" = preview ] || exit 0; for log; do :; done; echo '{Summary}' > \"$log\"");
        using var workspace = await script.CreateWorkspaceAsync();

        var error = await Assert.ThrowsAsync<InvalidDataException>(async () => await (await SelectAsync(workspace)).PreviewAsync(
            new PreviewOptions { OnEvent = _ => throw new InvalidDataException("not this") }, Cancellation));

        Assert.Equal("not this", error.Message);
    }

    [Fact]
    public async Task File_CommandFails_ItsEventsAreToldAll()
    {
        using var script = new PulumiScript($"[ \"$1\" = preview ] || exit 0; for log; do :; done; echo '{Summary}' > \"$log\"; echo 'error: update failed' >&2; exit 1");
        using var workspace = await script.CreateWorkspaceAsync();
        var events = new List<EngineEvent>();

        await Assert.ThrowsAsync<Pulumi.Automation.Commands.Exceptions.CommandException>(
            async () => await (await SelectAsync(workspace)).PreviewAsync(new PreviewOptions { OnEvent = events.Add }, Cancellation));

        Assert.NotNull(Assert.Single(events).SummaryEvent);
    }

    [Fact]
    public async Task Grpc_EngineIsNewer_IsGivenAnAddressAndEachEventIsTold()
    {
        Environment.SetEnvironmentVariable(FakePulumi.VersionVariable, "v3.206.0");
        using var script = new PulumiScript("""
            [ "$1" = preview ] || exit 0
            for log; do :; done
            echo "$PULUMI_DEBUG_COMMANDS $log"
            until [ -e "$FAKE_PULUMI_FOLDER/sent" ]; do sleep 0.02; done
            """);
        using var workspace = await script.CreateWorkspaceAsync();
        var events = new List<EngineEvent>();
        var sending = Task.CompletedTask;

        var result = await (await SelectAsync(workspace)).PreviewAsync(
            new PreviewOptions
            {
                OnEvent = events.Add,
                OnStandardOutput = line => sending = SendAsync(line.Split(' '), script["sent"]),
            },
            Cancellation);
        await sending;

        Assert.Equal([0, 1, 2], events.Select(item => item.Sequence));
        Assert.Equal(2, result.ChangeSummary[OperationType.Create]);
    }

    [Fact]
    public async Task Grpc_ManyOperationsAtOnce_EachHasItsOwnAddress()
    {
        Environment.SetEnvironmentVariable(FakePulumi.VersionVariable, "v3.206.0");
        const string script = """
            [ "$1" = preview ] || exit 0
            for log; do :; done
            echo "$PULUMI_DEBUG_COMMANDS $log"
            until [ -e "$FAKE_PULUMI_FOLDER/sent" ]; do sleep 0.02; done
            """;

        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            using var own = new PulumiScript(script);
            using var workspace = await own.CreateWorkspaceAsync();
            var sending = Task.CompletedTask;
            var result = await (await SelectAsync(workspace)).PreviewAsync(
                new PreviewOptions { OnStandardOutput = line => sending = SendAsync(line.Split(' '), own["sent"]) }, Cancellation);
            await sending;
            return (Address: own.Arguments[^1], Count: result.ChangeSummary[OperationType.Create]);
        }));

        Assert.All(results, result => Assert.Equal(2, result.Count));
        Assert.Equal(4, results.Select(result => result.Address).Distinct().Count());
    }

    [Fact]
    public async Task Grpc_EngineSendsNothing_TheOperationEndsWithIt()
    {
        Environment.SetEnvironmentVariable(FakePulumi.VersionVariable, "v3.260.0");
        using var script = new PulumiScript("exit 0");
        using var workspace = await script.CreateWorkspaceAsync();

        await Assert.ThrowsAsync<Pulumi.Automation.Exceptions.NoSummaryEventException>(
            async () => await (await SelectAsync(workspace)).PreviewAsync(cancellationToken: Cancellation));

        Assert.StartsWith("tcp://localhost:", script.Arguments[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Up_NobodyWantsEvents_NoneAreAskedFor()
    {
        using var script = new PulumiScript("""
            echo "$*" >> "$FAKE_PULUMI_FOLDER/all"
            [ "$1" = stack ] && [ "$2" = history ] && echo '[]'
            exit 0
            """);
        using var workspace = await script.CreateWorkspaceAsync();

        await (await SelectAsync(workspace)).UpAsync(cancellationToken: Cancellation);

        Assert.DoesNotContain("--event-log", await File.ReadAllTextAsync(script["all"], Cancellation), StringComparison.Ordinal);
    }

    private static Task<WorkspaceStack> SelectAsync(LocalWorkspace workspace) => WorkspaceStack.SelectAsync("dev", workspace, Cancellation);

    // Plays the engine's part: one call, one message for each event.
    private static async Task SendAsync(string[] line, string done)
    {
        Assert.Equal("true", line[0]);
        Assert.StartsWith("tcp://localhost:", line[1], StringComparison.Ordinal);
        await using (var channel = new RpcChannel(line[1]["tcp://".Length..]))
        {
            await channel.StreamAsync(EventsMethods.StreamEvents, Requests(), Cancellation);
        }

        await File.WriteAllTextAsync(done, "", Cancellation);

        static async IAsyncEnumerable<Wire.EventRequest> Requests()
        {
            foreach (var json in new[] { Prelude, Summary, Cancel })
            {
                yield return new Wire.EventRequest { Event = json };
                await Task.Yield();
            }
        }
    }
}
