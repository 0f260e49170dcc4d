namespace FogInfra.Embedded.Engine.State;

/// <summary>
/// Makes changes to a state and sees that they are written. Changes that come while others are being written are written
/// together next, so many steps at once cost few writes. May be used by many threads at once.
/// </summary>
internal sealed class Checkpointer
{
    private readonly Lock _lock = new();
    private readonly IStateStore? _store;
    private readonly SharedTurns? _writes;
    private List<StateChange[]> _unwritten = [];
    private bool _isCheckpointWanted;

    /// <summary>Starts.</summary>
    /// <param name="image">The state.</param>
    /// <param name="store">Where it is written; null in a preview, which writes nothing.</param>
    public Checkpointer(StateImage image, IStateStore? store)
    {
        Image = image;
        _store = store;
        _writes = store is null ? null : new SharedTurns(() => WriteAsync(store));
    }

    /// <summary>The state.</summary>
    public StateImage Image { get; }

    /// <summary>
    /// Makes changes; done when they are written, and on the disk itself where one of them begins what
    /// <see cref="PendingOperation.MayLeaveSomethingBehind"/>. After a crash all of them are there, or none.
    /// </summary>
    public Task ApplyAsync(params ReadOnlySpan<StateChange> changes)
    {
        ApplyLater(changes);
        if (_store is null || _writes is null)
        {
            return Task.CompletedTask;
        }

        foreach (var change in changes)
        {
            if (change is StateChange.Started { Operation.What.MayLeaveSomethingBehind: true })
            {
                return WriteToDiskAsync(_writes, _store);
            }
        }

        return _writes.RunAsync();
    }

    /// <summary>Makes changes that may be written later, at the latest by <see cref="FlushAsync"/>.</summary>
    public void ApplyLater(params ReadOnlySpan<StateChange> changes)
    {
        // The order in the journal must be that in which they were made.
        lock (_lock)
        {
            Image.Apply(changes);
            if (_store is not null)
            {
                _unwritten.Add(changes.ToArray());
            }
        }
    }

    /// <summary>Writes the whole state, if it was changed.</summary>
    public Task FlushAsync()
    {
        lock (_lock)
        {
            _isCheckpointWanted = true;
        }

        return _writes?.RunAsync() ?? Task.CompletedTask;
    }

    private static async Task WriteToDiskAsync(SharedTurns writes, IStateStore store)
    {
        await writes.RunAsync().ConfigureAwait(false);
        await store.SyncAsync().ConfigureAwait(false);
    }

    private async Task WriteAsync(IStateStore store)
    {
        List<StateChange[]> changes = [];
        bool isCheckpointWanted;
        lock (_lock)
        {
            isCheckpointWanted = _isCheckpointWanted;
            if (!isCheckpointWanted)
            {
                (changes, _unwritten) = (_unwritten, changes);
            }
        }

        if (changes.Count > 0)
        {
            await store.AppendAsync(Image, changes).ConfigureAwait(false);
        }

        if (isCheckpointWanted || store.IsCheckpointDue)
        {
            await store.WriteCheckpointAsync(isStoreCurrent => TakeSnapshot(store, isStoreCurrent)).ConfigureAwait(false);
        }
    }

    // What is not in the journal yet is in this snapshot, so it need not be written any more. Null when nothing has changed.
    private Snapshot? TakeSnapshot(IStateStore store, bool isStoreCurrent)
    {
        lock (_lock)
        {
            var isUnchanged = isStoreCurrent && _unwritten.Count == 0;
            _unwritten = [];
            return isUnchanged ? null : Image.ToRenumberedSnapshot(store.CreateManifest(), store.Secrets);
        }
    }
}
