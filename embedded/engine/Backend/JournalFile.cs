namespace FogInfra.Embedded.Engine.Backend;

/// <summary>A journal that is being written: only ever at its end.</summary>
internal sealed class JournalFile(FileStream stream, IWriteObserver? observer) : IAsyncDisposable
{
    /// <summary>How long it is, in bytes.</summary>
    public long Length => stream.Length;

    /// <summary>
    /// Adds to its end. When this is done it is on the disk itself: neither the end of the process nor that of the machine takes it away.
    /// Changes that come meanwhile are added together, so the number of steps at once does not multiply the time that takes.
    /// </summary>
    public async Task AppendAsync(ReadOnlyMemory<byte> content)
    {
        observer?.Before(FileChange.Append, stream.Name, content);
        await stream.WriteAsync(content).ConfigureAwait(false);
        stream.Flush(flushToDisk: true);
    }

    /// <summary>Closes it.</summary>
    public ValueTask DisposeAsync() => stream.DisposeAsync();
}
