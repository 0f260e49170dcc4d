using CliWrap;
using CliWrap.EventStream;
using CliWrap.Exceptions;

namespace FogInfra.Tests;

public sealed class EventStreamTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Listen_ProcessWritesAndEnds_EachIsAnEvent()
    {
        var events = new List<CommandEvent>();

        await foreach (var item in Shell.Script("echo out; echo err >&2; exit 4").WithValidation(CommandResultValidation.None).ListenAsync(Cancellation))
        {
            events.Add(item);
        }

        Assert.True(Assert.IsType<StartedCommandEvent>(events[0]).ProcessId > 0);
        Assert.Equal("out", Assert.Single(events.OfType<StandardOutputCommandEvent>()).Text);
        Assert.Equal("err", Assert.Single(events.OfType<StandardErrorCommandEvent>()).Text);
        Assert.Equal(4, Assert.IsType<ExitedCommandEvent>(events[^1]).ExitCode);
        Assert.Equal(4, events.Count);
    }

    [Fact]
    public async Task Listen_ManyLines_NoneIsLost()
    {
        var lines = new List<string>();

        await foreach (var item in Shell.Script("seq 5000").ListenAsync(Cancellation))
        {
            if (item is StandardOutputCommandEvent line)
            {
                lines.Add(line.Text);
            }
        }

        Assert.Equal(Enumerable.Range(1, 5000).Select(number => $"{number}"), lines);
    }

    [Fact]
    public async Task Listen_ProcessFails_ThrowsAfterItsEvents()
    {
        var lines = 0;

        await Assert.ThrowsAsync<CommandExecutionException>(async () =>
        {
            await foreach (var item in Shell.Script("echo out; exit 1").ListenAsync(Cancellation))
            {
                lines += item is StandardOutputCommandEvent ? 1 : 0;
            }
        });

        Assert.Equal(1, lines);
    }

    [Fact]
    public async Task Listen_IsCancelled_TheProcessIsKilled()
    {
        using var source = new CancellationTokenSource();
        var processId = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var item in Shell.Script("echo ready; sleep 300").ListenAsync(source.Token))
            {
                processId = item is StartedCommandEvent started ? started.ProcessId : processId;
                if (item is StandardOutputCommandEvent)
                {
                    await source.CancelAsync();
                }
            }
        });

        await Shell.WaitUntilGoneAsync(processId, Cancellation);
    }

    [Fact]
    public async Task Observe_ProcessWritesAndEnds_EachIsToldToTheObserver()
    {
        var observer = new EventRecorder();

        using var subscription = Shell.Script("echo out; echo err >&2").Observe(Cancellation).Subscribe(observer);
        await observer.Ended.WaitAsync(Cancellation);

        Assert.Single(observer.Events.OfType<StartedCommandEvent>());
        Assert.Equal("out", Assert.Single(observer.Events.OfType<StandardOutputCommandEvent>()).Text);
        Assert.Equal("err", Assert.Single(observer.Events.OfType<StandardErrorCommandEvent>()).Text);
        Assert.Equal(0, Assert.IsType<ExitedCommandEvent>(observer.Events[^1]).ExitCode);
    }

    [Fact]
    public async Task Observe_ProcessFails_TheObserverIsToldTheError()
    {
        var observer = new EventRecorder();

        using var subscription = Shell.Script("exit 1").Observe(Cancellation).Subscribe(observer);

        await Assert.ThrowsAsync<CommandExecutionException>(() => observer.Ended.WaitAsync(Cancellation));
    }

    [Fact]
    public async Task Observe_TwoSubscribers_TheCommandRunsForEach()
    {
        var observed = Shell.Script("echo $$").Observe(Cancellation);
        var (first, second) = (new EventRecorder(), new EventRecorder());

        using var firstSubscription = observed.Subscribe(first);
        using var secondSubscription = observed.Subscribe(second);
        await Task.WhenAll(first.Ended, second.Ended).WaitAsync(Cancellation);

        Assert.NotEqual(
            Assert.Single(first.Events.OfType<StartedCommandEvent>()).ProcessId, Assert.Single(second.Events.OfType<StartedCommandEvent>()).ProcessId);
    }
}
