namespace FogInfra.Embedded.Engine.Deploying;

/// <summary>Lets so many run at one time, in the order in which they came.</summary>
internal sealed class Limiter : IDisposable
{
    private readonly SemaphoreSlim? _slots;

    /// <summary>Makes a limiter.</summary>
    /// <param name="limit">How many; up to 1 is one, <see cref="int.MaxValue"/> is no limit.</param>
    public Limiter(int limit) => _slots = limit == int.MaxValue ? null : new SemaphoreSlim(Math.Max(limit, 1));

    /// <summary>Runs something when there is room for it.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled before there was room.</exception>
    public async Task<T> RunAsync<T>(Func<Task<T>> run, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_slots is null)
        {
            return await run().ConfigureAwait(false);
        }

        await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await run().ConfigureAwait(false);
        }
        finally
        {
            _slots.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _slots?.Dispose();
}
