using FogInfra.Embedded.Engine.State;

namespace FogInfra.Engine.Tests.State;

public sealed class SharedTurnsTests
{
    private readonly SemaphoreSlim _begun = new(0);
    private readonly SemaphoreSlim _gate = new(0);
    private int _turns;
    private bool _fails;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private async Task Work()
    {
        _turns++;
        var fails = _fails;
        _begun.Release();
        await _gate.WaitAsync(Cancellation);
        if (fails)
        {
            throw new IOException("no space");
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RunAsync_WhileATurnIsTaken_SharesTheNextOne(bool blocks)
    {
        var turns = new SharedTurns(Work, blocks);
        var first = turns.RunAsync();
        await _begun.WaitAsync(Cancellation);
        var later = Task.WhenAll(turns.RunAsync(), turns.RunAsync(), turns.RunAsync());
        _gate.Release();
        await first;
        await _begun.WaitAsync(Cancellation);
        Assert.False(later.IsCompleted);
        _gate.Release();
        await later;
        Assert.Equal(2, _turns);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RunAsync_AfterAllTurns_TakesAnother(bool blocks)
    {
        var turns = new SharedTurns(Work, blocks);
        for (var number = 1; number <= 3; number++)
        {
            var turn = turns.RunAsync();
            _gate.Release();
            await turn;
            Assert.Equal(number, _turns);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RunAsync_ATurnFails_FailsForThoseWhoSharedItOnly(bool blocks)
    {
        var turns = new SharedTurns(Work, blocks);
        _fails = true;
        var failing = turns.RunAsync();
        await _begun.WaitAsync(Cancellation);
        _fails = false;
        var next = turns.RunAsync();
        _gate.Release(2);
        await Assert.ThrowsAsync<IOException>(() => failing);
        await next;
    }
}
