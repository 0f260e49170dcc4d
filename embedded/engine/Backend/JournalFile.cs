namespace FogInfra.Embedded.Engine.Backend;

/// <summary>A journal that is being written: only ever at its end.</summary>
internal sealed class JournalFile(FileStream stream, IWriteObserver? observer) : IAsyncDisposable
{
    /// <summary>How long it is, in bytes.</summary>
    public long Length => stream.Length;

    /// <summary>Adds to its end. When this is done, the end of the process does not take it away again.</summary>
    /// <param name="content">What to add.</param>
    /// <param name="toDisk">Bring it, and all that was added before, to the disk itself, so that the end of the machine does not take it away either.</param>
    public async Task AppendAsync(ReadOnlyMemory<byte> content, bool toDisk)
    {
        observer?.Before(FileChange.Append, stream.Name, content);
        await stream.WriteAsync(content).ConfigureAwait(false);
        if (toDisk)
        {
            stream.Flush(flushToDisk: true);
        }
    }

    /// <summary>Closes it.</summary>
    public ValueTask DisposeAsync() => stream.DisposeAsync();
}
