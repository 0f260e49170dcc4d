using FogInfra.Embedded.Engine.State;

namespace FogInfra.Embedded.Engine.Backend;

/// <summary>A journal that is being written: only ever at its end. One writer at a time; anyone may ask for what is written to be on the disk.</summary>
internal sealed class JournalFile : IDisposable
{
    private readonly FileStream _stream;
    private readonly IWriteObserver? _observer;
    private readonly SharedTurns _syncs;
    private readonly Lock _closing = new();
    private bool _isSuperseded;

    /// <summary>Takes a file.</summary>
    /// <param name="stream">The file; it is closed with this.</param>
    /// <param name="observer">Who is told of each change before it is made; null for nobody.</param>
    public JournalFile(FileStream stream, IWriteObserver? observer)
    {
        _stream = stream;
        _observer = observer;
        _syncs = new SharedTurns(SyncNow, blocks: true);
    }

    /// <summary>How long it is, in bytes.</summary>
    public long Length => _stream.Length;

    /// <summary>Adds to its end. When this is done, the end of the process does not take it away again.</summary>
    /// <param name="content">What to add.</param>
    public void Append(ReadOnlyMemory<byte> content)
    {
        _observer?.Before(FileChange.Append, _stream.Name, content);
        _stream.Write(content.Span);
    }

    /// <summary>
    /// Brings all that was added to the disk itself, so that the end of the machine does not take it away either. Does not hold up what
    /// is added meanwhile.
    /// </summary>
    public Task SyncAsync() => _syncs.RunAsync();

    /// <summary>Closes it because all of it is in a checkpoint that is on the disk; whoever waits for it to be there need not wait any more.</summary>
    public void Supersede()
    {
        lock (_closing)
        {
            _isSuperseded = true;
            _stream.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_closing)
        {
            _stream.Dispose();
        }
    }

    private Task SyncNow()
    {
        lock (_closing)
        {
            if (!_isSuperseded)
            {
                _stream.Flush(flushToDisk: true);
            }
        }

        return Task.CompletedTask;
    }
}
