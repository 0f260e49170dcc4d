namespace FogInfra.Embedded.Engine.Deploying;

/// <summary>Lets so many run at one time, in the order in which they came.</summary>
internal sealed class Limiter : IDisposable
{
    private readonly SemaphoreSlim? _places;

    /// <summary>Makes a limiter.</summary>
    /// <param name="limit">How many; up to 1 is one, <see cref="int.MaxValue"/> is no limit.</param>
    public Limiter(int limit) => _places = limit == int.MaxValue ? null : new SemaphoreSlim(Math.Max(limit, 1));

    /// <summary>Runs something when there is room for it.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled before there was room.</exception>
    public async Task<T> RunAsync<T>(Func<Task<T>> run, CancellationToken cancellationToken)
    {
        using var place = await EnterAsync(cancellationToken).ConfigureAwait(false);
        return await run().ConfigureAwait(false);
    }

    /// <summary>Takes a place when there is room for it.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled before there was room.</exception>
    public async Task<Place> EnterAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_places is null)
        {
            return new Place(null);
        }

        await _places.WaitAsync(cancellationToken).ConfigureAwait(false);
        var place = new Place(_places);
        if (cancellationToken.IsCancellationRequested)
        {
            place.Dispose(); // Who left it did so after the cancellation, and was faster than what the cancellation does to those who wait.
            cancellationToken.ThrowIfCancellationRequested();
        }

        return place;
    }

    /// <inheritdoc/>
    public void Dispose() => _places?.Dispose();

    /// <summary>The right to run, until it is disposed; to do so again has no effect.</summary>
    public sealed class Place(SemaphoreSlim? places) : IDisposable
    {
        private SemaphoreSlim? _places = places;

        /// <inheritdoc/>
        public void Dispose() => Interlocked.Exchange(ref _places, null)?.Release();
    }
}
