using System.Globalization;
using System.Threading.Channels;
using FogInfra.Embedded.Simulator.Kinds;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Storage;

/// <summary>
/// The objects of one cluster, as etcd holds them: every write gets the next revision, and watchers see all writes in that order.
/// All work under the lock is short; what is read is immutable.
/// </summary>
internal sealed class ObjectStore
{
    private const int PendingChangesOfAWatcher = 100_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<GroupResource, ResourceTable> _tables = [];
    private readonly OwnerIndex _owners = new();
    private readonly List<Action<ObjectChange>> _observers = [];
    private readonly long _firstRevision;
    private long _revision;

    /// <summary>A store without objects.</summary>
    public ObjectStore() => _revision = 1;

    /// <summary>A store with the objects that were saved.</summary>
    public ObjectStore(long revision, IEnumerable<StoredObject> objects)
    {
        (_revision, _firstRevision) = (revision, revision);
        foreach (var value in objects)
        {
            Table(value.Resource).Load(value);
            _owners.Apply(new ObjectChange(ChangeType.Added, value, null));
        }
    }

    /// <summary>The revision of the last write.</summary>
    public long Revision
    {
        get
        {
            lock (_lock) return _revision;
        }
    }

    /// <summary>An object as it is now, or null.</summary>
    public StoredObject? Find(GroupResource resource, ObjectKey key) => Read(resource).Objects.Find(key);

    /// <summary>The objects of a resource, and the revision at which they were so.</summary>
    public (ObjectSet Objects, long Revision) Read(GroupResource resource)
    {
        lock (_lock) return (_tables.TryGetValue(resource, out var table) ? table.Objects : ObjectSet.Empty, _revision);
    }

    /// <summary>As <see cref="Read"/>, and keeps the objects so for the later pages of a list.</summary>
    public (ObjectSet Objects, long Revision) ReadForPages(GroupResource resource)
    {
        lock (_lock)
        {
            var table = Table(resource);
            table.KeepForPages(_revision);
            return (table.Objects, _revision);
        }
    }

    /// <summary>The objects of a resource as they were when a list in pages began; null when that is too long ago.</summary>
    public ObjectSet? ReadPaged(GroupResource resource, long revision)
    {
        lock (_lock) return Table(resource).Paged(revision);
    }

    /// <summary>All objects, and the revision at which they were so.</summary>
    public (IReadOnlyList<ObjectSet> Resources, long Revision) ReadAll()
    {
        lock (_lock) return ([.. _tables.Values.Select(table => table.Objects)], _revision);
    }

    /// <summary>The objects that name an owner of that unique id.</summary>
    public IReadOnlyList<StoredObject> DependentsOf(string uid)
    {
        lock (_lock)
        {
            return [.. _owners.DependentsOf(uid).Select(place => _tables[place.Resource].Objects.Find(place.Key)).OfType<StoredObject>()];
        }
    }

    /// <summary>Adds an object; null when there is one of that key.</summary>
    public StoredObject? Add(GroupResource resource, ObjectKey key, JsonMap value)
    {
        lock (_lock)
        {
            return Table(resource).Objects.Find(key) is null ? Commit(ChangeType.Added, resource, key, value, null) : null;
        }
    }

    /// <summary>Replaces an object; null when it is no longer the expected one.</summary>
    public StoredObject? Replace(StoredObject expected, JsonMap value)
    {
        lock (_lock)
        {
            return IsCurrent(expected) ? Commit(ChangeType.Modified, expected.Resource, expected.Key, value, expected) : null;
        }
    }

    /// <summary>Removes an object; null when it is no longer the expected one.</summary>
    public StoredObject? Remove(StoredObject expected)
    {
        lock (_lock)
        {
            return IsCurrent(expected) ? Commit(ChangeType.Deleted, expected.Resource, expected.Key, expected.Value, expected) : null;
        }
    }

    /// <summary>Calls a function at every change from now on, in order. It runs under the store's lock, so it must be quick.</summary>
    public void Observe(Action<ObjectChange> observer)
    {
        lock (_lock) _observers.Add(observer);
    }

    /// <summary>Watches a resource from a revision on; null when not all changes since then are known.</summary>
    public ObjectWatch? Watch(GroupResource resource, long sinceRevision)
    {
        lock (_lock)
        {
            var table = Table(resource);
            if (table.ChangesSince(sinceRevision) is not { } missed) return null;
            return Subscribe(table, missed);
        }
    }

    /// <summary>The objects of a resource, and a watch of the changes that follow.</summary>
    public (ObjectSet Objects, long Revision, ObjectWatch Watch) ReadAndWatch(GroupResource resource)
    {
        lock (_lock)
        {
            var table = Table(resource);
            return (table.Objects, _revision, Subscribe(table, []));
        }
    }

    /// <summary>Removes all objects of a resource that is no longer served, and ends its watches.</summary>
    public void Drop(GroupResource resource)
    {
        lock (_lock)
        {
            if (!_tables.TryGetValue(resource, out var table)) return;
            foreach (var value in table.Objects.All.ToList()) Commit(ChangeType.Deleted, resource, value.Key, value.Value, value);
            table.EndWatches();
        }
    }

    /// <summary>Ends all watches: the cluster is going away.</summary>
    public void EndWatches()
    {
        lock (_lock)
        {
            foreach (var table in _tables.Values) table.EndWatches();
        }
    }

    private ObjectWatch Subscribe(ResourceTable table, IReadOnlyList<ObjectChange> missed)
    {
        var channel = Channel.CreateBounded<ObjectChange>(new BoundedChannelOptions(PendingChangesOfAWatcher) { SingleReader = true });
        table.Add(channel.Writer);
        return new ObjectWatch(missed, channel.Reader, () =>
        {
            lock (_lock) table.Remove(channel.Writer);
        });
    }

    private StoredObject Commit(ChangeType type, GroupResource resource, ObjectKey key, JsonMap value, StoredObject? previous)
    {
        _revision++;
        var stored = new StoredObject(resource, key, _revision, value.Set(_revision.ToString(CultureInfo.InvariantCulture), "metadata", "resourceVersion"));
        var change = new ObjectChange(type, stored, previous);
        Table(resource).Apply(change);
        _owners.Apply(change);
        foreach (var observer in _observers) observer(change);
        return stored;
    }

    private bool IsCurrent(StoredObject expected) => ReferenceEquals(Table(expected.Resource).Objects.Find(expected.Key), expected);

    private ResourceTable Table(GroupResource resource)
    {
        if (!_tables.TryGetValue(resource, out var table)) _tables[resource] = table = new ResourceTable(_firstRevision);
        return table;
    }
}
