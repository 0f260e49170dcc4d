using FogInfra.Embedded.Kubernetes.Client;

namespace FogInfra.Embedded.Kubernetes.Feeds;

/// <summary>
/// The feeds of one cluster. Those who wait for objects of one kind in one namespace share a feed, so that waiting for a hundred
/// Deployments is one list and one watch. A feed runs while somebody listens.
/// </summary>
internal sealed class FeedHub(KubernetesClient client, TimeProvider time) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<FeedKey, Shared> _feeds = [];

    /// <summary>Starts listening.</summary>
    /// <param name="key">What to follow.</param>
    /// <param name="name">The name of the only object to hear of, or null.</param>
    /// <param name="signal">Told of each change.</param>
    public FeedSubscription Subscribe(FeedKey key, string? name, ChangeSignal signal)
    {
        lock (_lock)
        {
            // A feed that has failed stays failed, so those who come later get a new one.
            if (!_feeds.TryGetValue(key, out var shared) || shared.Feed.State.Fault is not null)
            {
                shared = new Shared(new ObjectFeed(client, key, time));
                _feeds[key] = shared;
                shared.Feed.Add(name, signal);
                shared.Feed.Start();
            }
            else
            {
                shared.Feed.Add(name, signal);
            }

            shared.Listeners++;
            return new FeedSubscription(shared.Feed, () => Unsubscribe(key, shared, signal));
        }
    }

    /// <summary>Stops all feeds.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var shared in _feeds.Values)
            {
                shared.Feed.Stop();
            }

            _feeds.Clear();
        }
    }

    private void Unsubscribe(FeedKey key, Shared shared, ChangeSignal signal)
    {
        lock (_lock)
        {
            shared.Feed.Remove(signal);
            if (--shared.Listeners > 0)
            {
                return;
            }

            shared.Feed.Stop();
            if (_feeds.GetValueOrDefault(key) == shared)
            {
                _feeds.Remove(key);
            }
        }
    }

    private sealed class Shared(ObjectFeed feed)
    {
        public ObjectFeed Feed { get; } = feed;

        public int Listeners { get; set; }
    }
}

/// <summary>One listener's hold on a feed; disposing of it ends the listening.</summary>
internal sealed class FeedSubscription(ObjectFeed feed, Action end) : IDisposable
{
    private Action? _end = end;

    /// <summary>What the feed knows now.</summary>
    public FeedState State => feed.State;

    /// <inheritdoc/>
    public void Dispose() => Interlocked.Exchange(ref _end, null)?.Invoke();
}
