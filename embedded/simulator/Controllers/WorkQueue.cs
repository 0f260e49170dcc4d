using FogInfra.Embedded.Simulator.Kinds;

namespace FogInfra.Embedded.Simulator.Controllers;

/// <summary>The keys that a controller has yet to look at, each once, in the order they came. Not thread-safe: the controllers' loop owns it.</summary>
/// <param name="time">The clock of delays.</param>
internal sealed class WorkQueue(TimeProvider time)
{
    private static readonly TimeSpan FirstBackoff = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(30);

    private readonly Queue<ObjectKey> _ready = new();
    private readonly HashSet<ObjectKey> _queued = [];
    private readonly PriorityQueue<ObjectKey, DateTimeOffset> _delayed = new();
    private readonly Dictionary<ObjectKey, int> _failures = [];

    /// <summary>When the first delayed key is due; null when there is none.</summary>
    public DateTimeOffset? NextDue => _delayed.TryPeek(out _, out var due) ? due : null;

    /// <summary>Adds a key.</summary>
    public void Add(ObjectKey key)
    {
        if (_queued.Add(key)) _ready.Enqueue(key);
    }

    /// <summary>Adds a key after a while; it is looked at earlier too if something happens.</summary>
    public void AddAfter(ObjectKey key, TimeSpan delay)
    {
        if (delay <= TimeSpan.Zero) Add(key);
        else _delayed.Enqueue(key, time.GetUtcNow() + delay);
    }

    /// <summary>Adds a key whose work has failed, after a while that doubles with each failure.</summary>
    public void AddAfterFailure(ObjectKey key)
    {
        var failures = _failures[key] = _failures.GetValueOrDefault(key) + 1;
        AddAfter(key, TimeSpan.FromTicks((long)Math.Min(FirstBackoff.Ticks * Math.Pow(2, failures - 1), LongestBackoff.Ticks)));
    }

    /// <summary>Forgets the failures of a key.</summary>
    public void Succeeded(ObjectKey key) => _failures.Remove(key);

    /// <summary>Takes the next key that is due.</summary>
    public bool TryTake(out ObjectKey key)
    {
        while (_delayed.TryPeek(out var delayed, out var due) && due <= time.GetUtcNow())
        {
            _delayed.Dequeue();
            Add(delayed);
        }
        if (!_ready.TryDequeue(out key)) return false;
        _queued.Remove(key);
        return true;
    }
}
