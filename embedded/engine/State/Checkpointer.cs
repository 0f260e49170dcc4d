namespace FogInfra.Embedded.Engine.State;

/// <summary>
/// Makes changes to a state and sees that they are written. Changes that come while others are being written are written
/// together next, so many steps at once cost few writes. May be used by many threads at once.
/// </summary>
/// <param name="image">The state.</param>
/// <param name="store">Where it is written; null in a preview, which writes nothing.</param>
internal sealed class Checkpointer(StateImage image, IStateStore? store)
{
    private readonly Lock _lock = new();
    private List<StateChange[]> _unwritten = [];
    private Task _running = Task.CompletedTask;
    private Task? _queued;
    private bool _isCheckpointWanted;

    /// <summary>The state.</summary>
    public StateImage Image => image;

    /// <summary>Makes changes; done when they are written. After a crash all of them are there, or none.</summary>
    public Task ApplyAsync(params ReadOnlySpan<StateChange> changes)
    {
        lock (_lock)
        {
            ApplyLater(changes);
            return store is null ? Task.CompletedTask : _queued ??= WriteAfterAsync(_running, store);
        }
    }

    /// <summary>Makes changes that may be written later, at the latest by <see cref="FlushAsync"/>.</summary>
    public void ApplyLater(params ReadOnlySpan<StateChange> changes)
    {
        // The order in the journal must be that in which they were made.
        lock (_lock)
        {
            image.Apply(changes);
            if (store is not null)
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
            return store is null ? Task.CompletedTask : _queued ??= WriteAfterAsync(_running, store);
        }
    }

    private async Task WriteAfterAsync(Task previous, IStateStore target)
    {
        await Task.Yield(); // The caller holds the lock and has not yet stored this task.
        await previous.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // Its own waiters have seen its failure.
        List<StateChange[]> changes;
        bool isCheckpointWanted;
        lock (_lock)
        {
            _running = _queued!;
            _queued = null;
            isCheckpointWanted = _isCheckpointWanted;
            changes = isCheckpointWanted ? [] : _unwritten;
            if (!isCheckpointWanted)
            {
                _unwritten = [];
            }
        }

        if (changes.Count > 0)
        {
            await target.AppendAsync(image, changes).ConfigureAwait(false);
        }

        if (isCheckpointWanted || target.IsCheckpointDue)
        {
            await target.WriteCheckpointAsync(TakeSnapshot).ConfigureAwait(false);
        }
    }

    // What is not in the journal yet is in this snapshot, so it need not be written any more. Null when nothing has changed.
    private Snapshot? TakeSnapshot(bool isStoreCurrent)
    {
        lock (_lock)
        {
            var isUnchanged = isStoreCurrent && _unwritten.Count == 0;
            _unwritten = [];
            return isUnchanged ? null : image.ToRenumberedSnapshot(store!.CreateManifest(), store.Secrets);
        }
    }
}
