using FogInfra.Embedded.Engine;
using FogInfra.Engine.Tests.Harness;

namespace FogInfra.Engine.Tests.Deploying;

public sealed class CancellationTests : DeployingTest
{
    private readonly TaskCompletionSource _creating = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _finish = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void HoldCreateOf(string name) => Provider.OnCreate = async (request, cancellation) =>
    {
        if (request.Urn.Name == name)
        {
            _creating.TrySetResult();
            await _finish.Task.WaitAsync(cancellation);
        }
    };

    [Fact]
    public async Task Cancel_Once_AwaitsTheRunningStepAndBeginsNoOther()
    {
        HoldCreateOf("slow");
        using var cancel = new CancellationTokenSource();
        var update = Workspace.OperateAsync(
            ["up", "--yes", "--skip-preview"],
            async program => await Thing(program, "next", 1, null, await Thing(program, "slow")),
            cancel.Token);
        await _creating.Task;
        await cancel.CancelAsync();
        Assert.False(update.IsCompleted);
        _finish.SetResult();

        var outcome = await update;
        Assert.Equal((8, "error: update cancelled\n"), (outcome.ExitCode, outcome.Error));
        Assert.Equal(["create slow"], Provider.Changes);
        Assert.Equal(1, Provider.Cancellations);
        Assert.Equal("slow-1", Workspace.Resources()["slow"]["id"]!.GetValue<string>());
        Assert.Equal("canceled", outcome.EventObjects.Select(item => item["summaryEvent"]).First(item => item is not null)!["result"]!.GetValue<string>());
        Assert.Contains("update canceled", outcome.Messages("error"));
        await ShouldBeSoundAsync();
    }

    [Fact]
    public async Task Cancel_CreateThatIsNotedAndWaitsForItsTurn_IsNotBegunAndLeavesNoNote()
    {
        HoldCreateOf("slow");
        using var cancel = new CancellationTokenSource();
        var update = Workspace.OperateAsync(
            ["up", "--yes", "--skip-preview", "--parallel", "1"],
            async program =>
            {
                var slow = Thing(program, "slow");
                await _creating.Task;
                await Task.WhenAll(slow, Thing(program, "noted"));
            },
            cancel.Token);
        await _creating.Task;
        var noted = $"{UrnPrefix}noted\"";
        while (!Workspace.Read("store/.pulumi/stacks/proj/dev.json.journal").Contains(noted))
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        Assert.Equal(["create slow"], Provider.Calls.Where(call => call.StartsWith("create", StringComparison.Ordinal)));
        await cancel.CancelAsync();
        _finish.SetResult();
        Assert.Equal(8, (await update).ExitCode);
        Assert.Equal(["create slow"], Provider.Changes);
        Assert.False(Workspace.State().ContainsKey("pending_operations"));
        await ShouldBeSoundAsync();
    }

    [Fact]
    public async Task Cancel_Destroy_LeavesWhatWasNotBegun()
    {
        (await Workspace.UpAsync(async program => await Thing(program, "user", 1, null, await Thing(program, "needed")))).ShouldSucceed();
        using var cancel = new CancellationTokenSource();
        Provider.OnDelete = (_, _) => cancel.CancelAsync();
        var outcome = await Workspace.RunAsync(["destroy", "--yes", "--skip-preview"], cancel.Token);
        Assert.Equal(8, outcome.ExitCode);
        Assert.Equal(["needed-1"], Provider.Existing.Keys);
        await ShouldBeSoundAsync();
    }

    [Fact]
    public async Task Cancel_BeforeItBegins_DoesNothing()
    {
        var outcome = await Workspace.OperateAsync(["up", "--yes", "--skip-preview"], program => Thing(program, "thing"), new CancellationToken(canceled: true));
        Assert.Equal(8, outcome.ExitCode);
        Assert.Empty(Provider.Calls);
    }

    [Fact]
    public async Task Abandon_RunningStep_StaysNotedAsPending()
    {
        HoldCreateOf("slow");
        using var cancel = new CancellationTokenSource();
        using var abandon = new CancellationTokenSource();
        await using var host = await InlineHost.StartAsync(program => Thing(program, "slow"), TestContext.Current.CancellationToken);
        var (output, error) = (new StringWriter(), new StringWriter());
        var commandLine = new PulumiCommandLine(new PulumiCommandLineOptions
        {
            Providers = new PulumiCommandLineOptions().Providers.Add("acme", _ => Provider),
        });
        var update = commandLine.RunAsync(
            new CommandInvocation
            {
                Arguments = ["up", "--yes", "--skip-preview", $"--client={host.Address}"],
                WorkingDirectory = Workspace.Root,
                Environment = Workspace.Environment,
                StandardOutput = output,
                StandardError = error,
                Abandon = abandon.Token,
            },
            cancel.Token);
        await _creating.Task;
        await cancel.CancelAsync();
        await abandon.CancelAsync();
        Assert.Equal(8, await update);

        var pending = Assert.Single(Workspace.State()["pending_operations"]!.AsArray());
        Assert.Equal("creating", pending!["type"]!.GetValue<string>());
        Provider.OnCreate = null;
        var next = (await Workspace.UpAsync(program => Thing(program, "slow"))).ShouldSucceed();
        Assert.StartsWith(
            $"Attempting to deploy or update resources with 1 pending operations from previous deployment.\n  * {UrnPrefix}slow, interrupted while creating\n",
            next.Messages("warning")[0]);

        // It stays until somebody has looked.
        Assert.Single(Workspace.State()["pending_operations"]!.AsArray());
        (await Workspace.RunAsync("refresh", "--yes", "--skip-preview", "--clear-pending-creates")).ShouldSucceed();
        Assert.False(Workspace.State().ContainsKey("pending_operations"));
    }

    [Fact]
    public async Task SecondUpdate_WhileOneRuns_IsRefused()
    {
        HoldCreateOf("slow");
        var first = Workspace.UpAsync(program => Thing(program, "slow"));
        await _creating.Task;
        var second = await Workspace.UpAsync(program => Thing(program, "slow"));
        Assert.Equal(1, second.ExitCode);
        Assert.StartsWith("error: the stack is currently locked by 1 lock(s).", second.Error);
        (await Workspace.RunAsync("stack", "output", "--json")).ShouldSucceed(); // Reading needs no lock.
        _finish.SetResult();
        (await first).ShouldSucceed();
    }

    [Fact]
    public async Task DifferentStacks_OneProcess_UpdateAtTheSameTime()
    {
        await Workspace.WithStackAsync("other");
        var both = new Barrier(2);
        Provider.OnCreate = (_, cancellation) => Task.Run(() => both.SignalAndWait(cancellation), cancellation);
        var outcomes = await Task.WhenAll(
            Workspace.UpAsync(program => Thing(program, "thing"), "--stack", "dev"),
            Workspace.UpAsync(program => Thing(program, "thing"), "--stack", "organization/proj/other"));
        Assert.All(outcomes, outcome => outcome.ShouldSucceed());
    }
}
