namespace CliWrap.Processes;

/// <summary>Copies a stream without holding anything back.</summary>
internal static class StreamCopy
{
    public const int BufferSize = 64 * 1024;

    /// <param name="origin">Read to its end.</param>
    /// <param name="destination">Written to; stays open.</param>
    /// <param name="autoFlush">Whether the destination is flushed after each piece, not only at the end.</param>
    /// <param name="cancellationToken">Ends the copy.</param>
    public static async Task CopyAsync(Stream origin, Stream destination, bool autoFlush, CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferSize];
        while (await origin.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var count)
        {
            await destination.WriteAsync(buffer.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
            if (autoFlush)
            {
                await destination.FlushAsync(cancellationToken).ConfigureAwait(false);
            }
        }

        await destination.FlushAsync(cancellationToken).ConfigureAwait(false);
    }
}
