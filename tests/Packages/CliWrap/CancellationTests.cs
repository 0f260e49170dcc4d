using System.Globalization;
using System.Text;
using CliWrap;
using CliWrap.Buffered;

namespace FogInfra.Tests;

/// <summary>Cancelled commands leave no process behind. Each script says when it is ready, so nothing here waits by the clock.</summary>
public sealed class CancellationTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Execute_TokenIsCancelledAlready_TheProcessIsGone()
    {
        using var source = new CancellationTokenSource();
        await source.CancelAsync();

        var task = Shell.Script("sleep 300").ExecuteAsync(source.Token);

        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task);
        Assert.Equal(source.Token, error.CancellationToken);
        Assert.False(Shell.IsRunning(task.ProcessId));
    }

    [Fact]
    public async Task Execute_ForcefulCancellation_TheProcessIsKilled()
    {
        using var source = new CancellationTokenSource();
        var lines = new List<string>();

        var task = (Shell.Script("trap 'echo cleaned up' INT TERM EXIT; echo ready; sleep 300; echo done")
                | PipeTarget.ToDelegate(line =>
                {
                    lines.Add(line);
                    return source.CancelAsync();
                }))
            .ExecuteAsync(source.Token);

        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task);
        Assert.Equal(source.Token, error.CancellationToken);
        Assert.False(Shell.IsRunning(task.ProcessId));
        Assert.Equal(["ready"], lines);
    }

    [Fact]
    public async Task Execute_ForcefulCancellation_WhatTheProcessStartedIsKilledToo()
    {
        using var source = new CancellationTokenSource();
        var grandchild = 0;

        var task = (Shell.Script("sleep 300 & echo $!; wait") | PipeTarget.ToDelegate(async line =>
            {
                grandchild = int.Parse(line, CultureInfo.InvariantCulture);
                Assert.True(Shell.IsRunning(grandchild));
                await source.CancelAsync();
            }))
            .ExecuteAsync(source.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task);
        Assert.False(Shell.IsRunning(task.ProcessId));
        await Shell.WaitUntilGoneAsync(grandchild, Cancellation);
    }

    [Fact]
    public async Task Execute_GracefulCancellation_TheProcessEndsByItself()
    {
        using var graceful = new CancellationTokenSource();
        var output = new StringBuilder();

        var task = (Shell.Script("trap 'echo interrupted; exit 0' INT; echo ready; while :; do sleep 0.02; done")
                | PipeTarget.Merge(
                    PipeTarget.ToDelegate(line => line == "ready" ? graceful.CancelAsync() : Task.CompletedTask),
                    PipeTarget.ToStringBuilder(output)))
            .ExecuteAsync(CancellationToken.None, graceful.Token);

        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task);
        Assert.Equal(graceful.Token, error.CancellationToken);
        Assert.False(Shell.IsRunning(task.ProcessId));
        Assert.Equal("ready\ninterrupted\n", output.ToString());
    }

    [Fact]
    public async Task Execute_ProcessIgnoresTheInterrupt_TheForcefulTokenStillKillsIt()
    {
        using var forceful = new CancellationTokenSource();
        using var graceful = new CancellationTokenSource();
        var lines = new List<string>();

        var task = (Shell.Script("trap 'echo ignored' INT; echo ready; while :; do sleep 0.02; done") | PipeTarget.ToDelegate(async line =>
            {
                lines.Add(line);
                await (line == "ready" ? graceful : forceful).CancelAsync();
            }))
            .ExecuteAsync(forceful.Token, graceful.Token);

        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task);
        Assert.Equal(forceful.Token, error.CancellationToken);
        Assert.False(Shell.IsRunning(task.ProcessId));
        Assert.Equal(["ready", "ignored"], lines);
    }

    [Fact]
    public async Task Execute_TokenIsCancelledAfterTheEnd_NothingHappens()
    {
        using var forceful = new CancellationTokenSource();
        using var graceful = new CancellationTokenSource();

        var result = await Shell.Script("exit 0").ExecuteAsync(forceful.Token, graceful.Token);
        await forceful.CancelAsync();
        await graceful.CancelAsync();

        Assert.True(result.IsSuccess);
    }

    [Fact]
    public async Task ExecuteBuffered_ForcefulCancellation_TheProcessIsKilled()
    {
        using var source = new CancellationTokenSource();

        var task = (Shell.Script("echo ready; sleep 300") | PipeTarget.ToDelegate(_ => source.CancelAsync())).ExecuteBufferedAsync(source.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task);
        Assert.False(Shell.IsRunning(task.ProcessId));
    }

    [Fact]
    public async Task Execute_ChainIsCancelled_BothProcessesAreKilled()
    {
        using var source = new CancellationTokenSource();
        var first = 0;

        var task = (Shell.Script("echo $$; sleep 300") | Shell.Script("cat; sleep 300") | PipeTarget.ToDelegate(async line =>
            {
                first = int.Parse(line, CultureInfo.InvariantCulture);
                await source.CancelAsync();
            }))
            .ExecuteAsync(source.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task);
        Assert.False(Shell.IsRunning(task.ProcessId));

        await Shell.WaitUntilGoneAsync(first, Cancellation);
    }

    [Fact]
    public async Task Execute_OneOfManyIsCancelled_TheOthersGoOn()
    {
        using var source = new CancellationTokenSource();

        var cancelled = (Shell.Script("echo ready; sleep 300") | PipeTarget.ToDelegate(_ => source.CancelAsync())).ExecuteAsync(source.Token);
        var others = Enumerable.Range(0, 4).Select(i => Shell.Script("sleep 0.1; echo $1", $"{i}").ExecuteBufferedAsync(Cancellation).Task);
        var results = await Task.WhenAll(others);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Assert.Equal(["0\n", "1\n", "2\n", "3\n"], results.Select(result => result.StandardOutput));
    }
}
