using System.Threading.Channels;

namespace FogInfra.Embedded.Simulator.Storage;

/// <summary>The objects of one resource with their recent history and watchers. Not thread-safe: the store's lock guards it.</summary>
/// <param name="compactedRevision">The revision up to which no history is known.</param>
internal sealed class ResourceTable(long compactedRevision)
{
    private const int HistoryLength = 4096;
    private const int PagedSnapshots = 64;

    private readonly Queue<ObjectChange> _history = new();
    private readonly List<ChannelWriter<ObjectChange>> _watchers = [];
    private readonly Queue<(long Revision, ObjectSet Objects)> _pagedSnapshots = new();
    private long _compactedRevision = compactedRevision;

    /// <summary>The objects now.</summary>
    public ObjectSet Objects { get; private set; } = ObjectSet.Empty;

    /// <summary>Takes over objects without telling watchers: those that were saved.</summary>
    public void Load(StoredObject value) => Objects = Objects.With(value);

    /// <summary>Follows a change and tells the watchers.</summary>
    public void Apply(ObjectChange change)
    {
        Objects = change.Type == ChangeType.Deleted ? Objects.Without(change.Object.Key) : Objects.With(change.Object);
        _history.Enqueue(change);
        if (_history.Count > HistoryLength) _compactedRevision = _history.Dequeue().Object.Revision;
        _watchers.RemoveAll(watcher => !Deliver(watcher, change));
    }

    /// <summary>The changes after a revision; null when they are no longer all known.</summary>
    public IReadOnlyList<ObjectChange>? ChangesSince(long revision) =>
        revision < _compactedRevision ? null : [.. _history.SkipWhile(change => change.Object.Revision <= revision)];

    /// <summary>Adds a watcher of the changes from now on.</summary>
    public void Add(ChannelWriter<ObjectChange> watcher) => _watchers.Add(watcher);

    /// <summary>Removes a watcher.</summary>
    public void Remove(ChannelWriter<ObjectChange> watcher) => _watchers.Remove(watcher);

    /// <summary>Ends all watches.</summary>
    public void EndWatches()
    {
        foreach (var watcher in _watchers) watcher.TryComplete();
        _watchers.Clear();
    }

    /// <summary>Keeps the objects as they are for the later pages of a list.</summary>
    public void KeepForPages(long revision)
    {
        if (_pagedSnapshots.Any(kept => kept.Revision == revision)) return;
        _pagedSnapshots.Enqueue((revision, Objects));
        if (_pagedSnapshots.Count > PagedSnapshots) _pagedSnapshots.Dequeue();
    }

    /// <summary>The objects as they were when a list in pages began; null when that is too long ago.</summary>
    public ObjectSet? Paged(long revision) => _pagedSnapshots.FirstOrDefault(kept => kept.Revision == revision).Objects;

    private static bool Deliver(ChannelWriter<ObjectChange> watcher, ObjectChange change)
    {
        if (watcher.TryWrite(change)) return true;
        watcher.TryComplete(); // Too slow: it gets to know by the end of its watch, and lists again.
        return false;
    }
}
