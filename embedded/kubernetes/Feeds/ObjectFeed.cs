using System.Collections.Immutable;
using FogInfra.Embedded.Kubernetes.Client;

namespace FogInfra.Embedded.Kubernetes.Feeds;

/// <summary>
/// Keeps up with objects: lists them, watches from there on, goes on from the last version when a connection ends, and lists anew when
/// that version is too old. While the server cannot be reached it tries again and again: who waits has a limit of his own.
/// </summary>
internal sealed class ObjectFeed
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    private readonly KubernetesClient _client;
    private readonly FeedKey _key;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private ImmutableArray<(string? Name, ChangeSignal Signal)> _listeners = [];
    private volatile FeedState _state = FeedState.Initial;

    public ObjectFeed(KubernetesClient client, FeedKey key, TimeProvider time)
    {
        _client = client;
        _key = key;
        _time = time;
    }

    /// <summary>What is known now.</summary>
    public FeedState State => _state;

    /// <summary>Starts following.</summary>
    public void Start() => _ = RunAsync(_stop.Token);

    /// <summary>Stops following.</summary>
    public void Stop() => _stop.Cancel();

    /// <summary>Adds a listener.</summary>
    /// <param name="name">The name of the only object that it wants to hear of, or null.</param>
    /// <param name="signal">How to tell it.</param>
    public void Add(string? name, ChangeSignal signal)
    {
        lock (_lock)
        {
            _listeners = _listeners.Add((name, signal));
        }
    }

    /// <summary>Removes a listener.</summary>
    public void Remove(ChangeSignal signal)
    {
        lock (_lock)
        {
            _listeners = _listeners.RemoveAll(listener => ReferenceEquals(listener.Signal, signal));
        }
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        var pause = FirstPause;
        var version = "";
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                if (version == "")
                {
                    version = await ListAsync(cancellationToken).ConfigureAwait(false);
                }

                var watch = _client.WatchAsync(_key.Resource, _key.Namespace, _key.Selection, version, cancellationToken);
                await foreach (var item in watch.ConfigureAwait(false))
                {
                    version = item.Object.ResourceVersion;
                    Take(item);
                    pause = FirstPause;
                }
            }
            catch (ApiException error) when (error.IsExpired)
            {
                version = "";
                continue;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error) when (error is ClusterUnreachableException or ApiException { IsTransient: true })
            {
                Publish(_state with { Interruption = error.Message }, changed: null);
            }
#pragma warning disable CA1031 // A refusal, which would be repeated, or a fault of ours: whoever waits must hear of it, as nobody awaits this.
            catch (Exception error)
#pragma warning restore CA1031
            {
                Publish(_state with { Fault = error }, changed: null);
                return;
            }

            await PauseAsync(pause, cancellationToken).ConfigureAwait(false);
            pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks));
        }
    }

    private async Task<string> ListAsync(CancellationToken cancellationToken)
    {
        var list = await _client.ListAsync(_key.Resource, _key.Namespace, _key.Selection, cancellationToken).ConfigureAwait(false);
        Publish(new FeedState(list.Items.ToImmutableDictionary(FeedState.KeyOf, StringComparer.Ordinal), IsListed: true), changed: null);
        return list.ResourceVersion;
    }

    private void Take(WatchEvent item)
    {
        var key = FeedState.KeyOf(item.Object);
        var objects = item.Type switch
        {
            WatchEventType.Bookmark => _state.Objects,
            WatchEventType.Deleted => _state.Objects.Remove(key),
            _ => _state.Objects.SetItem(key, item.Object),
        };
        Publish(_state with { Objects = objects, Interruption = null }, item.Type == WatchEventType.Bookmark ? "" : item.Object.Name);
    }

    /// <param name="state">What is known now.</param>
    /// <param name="changed">The name of the object that has changed; null when any may have, empty when none has.</param>
    private void Publish(FeedState state, string? changed)
    {
        _state = state;
        ImmutableArray<(string? Name, ChangeSignal Signal)> listeners;
        lock (_lock)
        {
            listeners = _listeners;
        }

        foreach (var (name, signal) in listeners)
        {
            if (changed != "" && (changed is null || name is null || name == changed))
            {
                signal.Set();
            }
        }
    }

    private async Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(pause, _time, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Stopped while pausing; the loop ends by itself.
        }
    }
}
