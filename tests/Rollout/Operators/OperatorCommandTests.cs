using FogInfra.Model;
using FogInfra.Rollout.Commands;
using FogInfra.Rollout.Journal;
using FogInfra.Rollout.Operators;
using FogInfra.Rollout.Running;

namespace FogInfra.Tests.Operators;

/// <summary>The commands of people while a rollout runs in another process, by what its journal has afterwards.</summary>
public sealed class OperatorCommandTests : IAsyncDisposable
{
    private readonly RunningSite _site = new();
    private readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async ValueTask DisposeAsync()
    {
        _goOn.TrySetResult();
        await _site.DisposeAsync();
    }

    [Fact]
    public async Task Pause_ThenResume_AreOnRecordWithWhoAndWhy_AndTheRolloutEndsWell()
    {
        await BeginAsync("one: e1=edge; two: e2=edge");

        Assert.Equal(0, (await _site.FogAsync("pause", "--why", "lunch", "--by", "anna")).Code);
        _goOn.SetResult();
        await _site.UntilAsync<RolloutEvent.StackFinished>();
        Assert.Contains("anna has paused it", (await _site.FogAsync("why")).Output, StringComparison.Ordinal);
        Assert.Contains("paused", (await _site.FogAsync("history")).Output, StringComparison.Ordinal);
        Assert.Equal(2, (await _site.FogAsync("pause", "--why", "again")).Code);
        Assert.Equal(0, (await _site.FogAsync("resume", "--by", "bob")).Code);

        Assert.Equal(RolloutOutcome.Succeeded, (await _site.End).Outcome);
        Assert.Equal(
            [new OperatorCommand.Pause("anna", "lunch"), new OperatorCommand.Resume("bob", "")],
            _site.Events.OfType<RolloutEvent.Commanded>().Select(commanded => commanded.Command));
        Assert.Empty(Directory.EnumerateFiles(_site.Rollout.Commands));
    }

    [Fact]
    public async Task Approve_OpensTheGate_Reject_FailsIt()
    {
        await BeginAsync("one: e1=edge; two: e2=edge", ring => ring with { Gates = [new Gate.Approval()] });
        _goOn.SetResult();
        await _site.UntilAsync<RolloutEvent.ApprovalAsked>();

        Assert.Contains("Ring one waits for 'approval'.", (await _site.FogAsync("why")).Output, StringComparison.Ordinal);
        Assert.Contains("did you mean 'approval'", (await _site.FogAsync("approve", "aproval", "--why", "x")).Error, StringComparison.Ordinal);
        Assert.True((bool)(await _site.FogJsonAsync("approve", "--why", "looked well"))["taken"]!);
        await _site.UntilAsync(@event => @event is RolloutEvent.ApprovalAsked { Ring: "two" });
        Assert.Equal(0, (await _site.FogAsync("reject", "--why", "looked bad")).Code);

        Assert.Equal(RolloutOutcome.RolledBack, (await _site.End).Outcome);
    }

    [Fact]
    public async Task Abort_EndsIt_WithWhatWasDone()
    {
        await BeginAsync("one: e1=edge; two: e2=edge");
        Assert.Equal(0, (await _site.FogAsync("abort", "--why", "enough")).Code);
        _goOn.SetResult();

        Assert.Equal(RolloutOutcome.Aborted, (await _site.End).Outcome);
        Assert.Contains("It has ended: aborted", (await _site.FogAsync("abort", "--why", "enough")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rollback_PutsBackWhatItChanged()
    {
        await BeginAsync("one: e1=edge; two: e2=edge");
        Assert.Equal(0, (await _site.FogAsync("rollback", "--why", "customers complain")).Code);
        _goOn.SetResult();

        Assert.Equal(RolloutOutcome.RolledBack, (await _site.End).Outcome);
        Assert.Equal(["up e1 web=2", "up e1 web=1"], _site.Stacks.Operations);
    }

    [Fact]
    public async Task Skip_LeavesAClusterOut_AndOneThatIsNotThereIsSaid()
    {
        await BeginAsync("one: e1=edge; two: e2=edge; three: e3=edge");

        Assert.Contains("did you mean 'e2'", (await _site.FogAsync("skip", "e22", "--why", "x")).Error, StringComparison.Ordinal);
        Assert.Equal(0, (await _site.FogAsync("skip", "e2", "--why", "it is being moved")).Code);
        _goOn.SetResult();

        Assert.Equal(RolloutOutcome.Succeeded, (await _site.End).Outcome);
        Assert.Equal(["up e1 web=2", "up e3 web=2"], _site.Stacks.Operations);
        Assert.Contains("e2 is left out", (await _site.FogAsync("why", "e2")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hold_LeavesAClusterForLater_Release_TakesItAgain()
    {
        await BeginAsync("one: e1=edge; two: e2=edge, e3=edge", policy: new RolloutPolicy { Quorum = new Amount.Count(0) });

        Assert.Contains("is no duration", (await _site.FogAsync("hold", "e2", "--for", "soon", "--why", "x")).Error, StringComparison.Ordinal);
        Assert.Equal(0, (await _site.FogAsync("hold", "e2", "--for", "2h", "--why", "a patient is being treated")).Code);
        Assert.Equal(0, (await _site.FogAsync("hold", "e3", "--for", "2h", "--why", "harvest")).Code);
        Assert.Equal(0, (await _site.FogAsync("release", "e3", "--why", "done")).Code);
        Assert.Contains("e3 is not held", (await _site.FogAsync("release", "e3", "--why", "done")).Error, StringComparison.Ordinal);
        _goOn.SetResult();

        Assert.Equal(["Changed", "Deferred", "Changed"], (await _site.End).Stacks.Select(stack => $"{stack.Outcome}"));
        Assert.Contains("a patient is being treated", (await _site.FogAsync("why", "e2")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Retry_TriesWhatHasFailedAgain()
    {
        var broken = true;
        _site.Stacks.Fails = workload => broken && workload.Cluster == "e1" ? new StackFailure("web", "its pods crash") : null;
        await BeginAsync("one: e1=edge; two: e2=edge", policy: new RolloutPolicy { RingFailureBudget = new Amount.Count(1) });
        _goOn.SetResult();
        await _site.UntilAsync(@event => @event is RolloutEvent.StackFinished { Result.Succeeded: false });

        broken = false;
        var (code, _, error) = await _site.FogAsync("retry", "e1", "--why", "mended");

        // The rollout may have come to its end before the command did; then that is said.
        Assert.True(code == 0 || error.Contains("has ended", StringComparison.Ordinal), error);
        Assert.Equal(RolloutOutcome.Succeeded, (await _site.End).Outcome);
        Assert.Equal(code == 0 ? 2 : 1, _site.Stacks.Operations.Count(operation => operation == "up e1 web=2"));
    }

    [Fact]
    public async Task Command_WhileNobodyRunsIt_WaitsForTheOneWhoTakesItUp()
    {
        await BeginAsync("one: e1=edge; two: e2=edge");
        await _site.KillAsync();

        Assert.Contains("Its runner is gone", (await _site.FogAsync("why")).Output, StringComparison.Ordinal);
        Assert.Contains("Nobody runs rollout", (await _site.FogAsync("abort", "--why", "enough")).Output, StringComparison.Ordinal);
        Assert.Equal(1, (await _site.FogAsync("watch")).Code);
        _goOn.SetResult();
        _site.Stacks.Delay = _ => Task.Delay(1000, TestContext.Current.CancellationToken);
        _site.TakeUp();

        Assert.Equal(RolloutOutcome.Aborted, (await _site.End).Outcome);
    }

    [Fact]
    public async Task Mailbox_MessageThatIsOnRecord_IsNotTakenTwice()
    {
        await BeginAsync("one: e1=edge; two: e2=edge");
        var message = new CommandMailbox(_site.Rollout, TimeProvider.System).Post(new OperatorCommand.Pause("anna", "lunch"));
        await _site.UntilAsync<RolloutEvent.Commanded>();
        await _site.KillAsync();
        // As if the runner had been killed before it removed the message.
        await File.WriteAllTextAsync(
            Path.Combine(_site.Rollout.Commands, $"{message}.json"), EntryJson.WriteCommand(new OperatorCommand.Pause("anna", "lunch")), TestContext.Current.CancellationToken);

        _goOn.SetResult();
        _site.TakeUp();
        while (Directory.EnumerateFiles(_site.Rollout.Commands).Any())
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        Assert.Single(_site.Events.OfType<RolloutEvent.Commanded>());
        Assert.Equal(0, (await _site.FogAsync("resume")).Code);
        Assert.Equal(RolloutOutcome.Succeeded, (await _site.End).Outcome);
    }

    [Fact]
    public async Task Watch_ShowsItFromTheBeginning_AndEndsWithIt()
    {
        await BeginAsync("one: e1=edge; two: e2=edge");
        var watching = _site.FogAsync("watch");
        _goOn.SetResult();
        await _site.End;

        var (code, output, error) = await watching;

        Assert.Equal(ExitCode.Success, code);
        Assert.StartsWith("ring one\n", output, StringComparison.Ordinal);
        Assert.EndsWith("ring two passed\n", output, StringComparison.Ordinal);
        Assert.Contains("has ended: succeeded", error, StringComparison.Ordinal);
        Assert.Equal(_site.Events.Count, (await _site.FogAsync("watch", "--json")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task History_ShowsEvidence_WithValueSourceAgeAndUpdate_AndVerifies()
    {
        await BeginAsync("one: e1=edge", ring => ring with { Checks = [new OutputCheck("healthy", Comparison.Is, "true")] });
        _goOn.SetResult();
        await _site.End;
        var id = _site.Rollout.Id;

        Assert.Contains("e1 passed: healthy = true (stack outputs, ", (await _site.FogAsync("history", "show")).Output, StringComparison.Ordinal);
        var show = await _site.FogJsonAsync("history", "show", id);
        var evidence = show["entries"]!.AsArray().Single(entry => (string?)entry!["event"]!["event"] == "gateEvaluated")!["event"]!["evidence"]![0]!;
        Assert.Equal("healthy = true, stack outputs, 1", $"{evidence["value"]}, {evidence["source"]}, {evidence["generation"]}");
        Assert.True((double)evidence["ageSeconds"]! >= 0);

        var head = (string)(await _site.FogJsonAsync("history", "verify"))[0]!["head"]!;
        Assert.Equal(0, (await _site.FogAsync("history", "verify", id, "--head", head)).Code);
        var lines = await File.ReadAllLinesAsync(_site.Rollout.Journal, TestContext.Current.CancellationToken);
        await File.WriteAllLinesAsync(_site.Rollout.Journal, lines[..^1], TestContext.Current.CancellationToken);
        Assert.Equal(0, (await _site.FogAsync("history", "verify", id)).Code);
        Assert.Equal(1, (await _site.FogAsync("history", "verify", id, "--head", head)).Code);
        lines[2] = lines[2].Insert(1, " "); // The least that can be done to a line: it says the same, in other bytes.
        await File.WriteAllLinesAsync(_site.Rollout.Journal, lines, TestContext.Current.CancellationToken);
        var broken = await _site.FogAsync("history", "verify");
        Assert.Equal(1, broken.Code);
        Assert.Contains("broken at line 4: it does not follow from the line before it", broken.Output, StringComparison.Ordinal);
        Assert.Contains("fog history verify", (await _site.FogAsync("why")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SecondRolloutOfTheSameServices_WhileOneRuns_IsRefused()
    {
        await BeginAsync("one: e1=edge; two: e2=edge");

        Assert.Contains("is changing app/web in e2", ActiveRollouts.Objection(_site.Journals, SketchedFleet.Of("x: e2=edge").Plan()), StringComparison.Ordinal);
        Assert.Null(ActiveRollouts.Objection(_site.Journals, SketchedFleet.Of("x: e9=edge").Plan()));
        Assert.Equal(1, new OtherRollouts(_site.Journals, "mine", TimeProvider.System).ExposedOutside([]));
        Assert.Equal(0, new OtherRollouts(_site.Journals, "mine", TimeProvider.System).ExposedOutside(["e1"]));
        _goOn.SetResult();
        await _site.End;

        Assert.Null(ActiveRollouts.Objection(_site.Journals, SketchedFleet.Of("x: e2=edge").Plan()));
    }

    private async Task BeginAsync(string sketch, Func<Ring, Ring>? ring = null, RolloutPolicy? policy = null)
    {
        _site.Stacks.Delay = _ => _goOn.Task.WaitAsync(_site.Ending);
        _site.Start(SketchedFleet.Of(sketch, policy, ring).Plan());
        await _site.UntilAsync<RolloutEvent.StackStarted>();
    }
}
