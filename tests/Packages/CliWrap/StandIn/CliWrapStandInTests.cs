using CliWrap;
using CliWrap.EventStream;

namespace FogInfra.Tests;

/// <summary>Where the stand-in does more for its user than the package does.</summary>
public sealed class CliWrapStandInTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Listen_ReaderStopsEarly_TheProcessDoesNotWaitForIt()
    {
        var processId = 0;

        await foreach (var item in Shell.Script("while echo more; do :; done").ListenAsync(Cancellation))
        {
            processId = item is StartedCommandEvent started ? started.ProcessId : processId;
            if (item is StandardOutputCommandEvent)
            {
                break;
            }
        }

        await Shell.WaitUntilGoneAsync(processId, Cancellation);
    }

    [Fact]
    public async Task Source_ThrowsAnIOException_IsAnErrorAndNotTakenForAClosedPipe()
    {
        var error = await Assert.ThrowsAsync<IOException>(
            () => (PipeSource.Create(_ => throw new IOException("the disk is broken")) | Shell.Script("cat")).ExecuteAsync(Cancellation));

        Assert.Equal("the disk is broken", error.Message);
    }

    [Fact]
    public async Task Execute_MergedTargetsAreCancelled_TheErrorHasTheCallersToken()
    {
        using var source = new CancellationTokenSource();

        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => (Shell.Script("echo ready; sleep 300")
                    | PipeTarget.Merge(PipeTarget.ToDelegate(_ => source.CancelAsync()), PipeTarget.ToStream(Stream.Null)))
                .ExecuteAsync(source.Token));

        Assert.Equal(source.Token, error.CancellationToken);
    }

    [Fact]
    public async Task Merge_LastLineHasNoEnd_IsToldAllTheSame()
    {
        var lines = new List<string>();

        await (Shell.Script("printf 'one\\ntwo'") | PipeTarget.Merge(PipeTarget.ToDelegate(lines.Add), PipeTarget.ToStream(Stream.Null)))
            .ExecuteAsync(Cancellation);

        Assert.Equal(["one", "two"], lines);
    }

    [Fact]
    public async Task Observe_OutputIsThereAtOnce_TheStartIsToldFirst()
    {
        for (var i = 0; i < 50; i++)
        {
            var observer = new EventRecorder();
            using var subscription = Shell.Script("echo out").Observe(Cancellation).Subscribe(observer);
            await observer.Ended.WaitAsync(Cancellation);

            Assert.IsType<StartedCommandEvent>(observer.Events[0]);
        }
    }
}
