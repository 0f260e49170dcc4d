using System.Collections.Immutable;
using FogInfra.Embedded.Kubernetes.Client;
using FogInfra.Embedded.Kubernetes.Feeds;

namespace FogInfra.Embedded.Kubernetes.Readiness;

/// <summary>The object that is waited for and what belongs to it, kept up to date.</summary>
internal sealed class WatchedObjects : IDisposable
{
    private readonly KubernetesClient _client;
    private readonly FeedHub _feeds;
    private readonly FeedSubscription _feed;
    private readonly Dictionary<string, FeedSubscription> _related = new(StringComparer.Ordinal);
    private readonly HashSet<string> _followed = new(StringComparer.Ordinal);
    private readonly ImmutableDictionary<string, ImmutableArray<KubeObject>> _known;
    private bool _wasSeen;

    public WatchedObjects(KubernetesClient client, FeedHub feeds, ApiResource resource, Observation seen)
    {
        _client = client;
        _feeds = feeds;
        _known = seen.Related;
        Target = seen.Target;
        _feed = feeds.Subscribe(new FeedKey(resource, Target.Namespace, ObjectSelection.All), Target.Name, Changed);
    }

    /// <summary>The object in the newest form that was seen.</summary>
    public KubeObject Target { get; private set; }

    /// <summary>Tells of changes.</summary>
    public ChangeSignal Changed { get; } = new();

    /// <summary>Why nothing is heard at present, or null.</summary>
    public string? Interruption => _feed.State.Interruption;

    /// <summary>Follows related objects that are not followed yet.</summary>
    public async Task FollowAsync(IEnumerable<RelatedObjects> related, CancellationToken cancellationToken)
    {
        foreach (var group in related.Where(group => !group.Once))
        {
            if (_followed.Add(group.Group) && await ChooseKindAsync(group, cancellationToken).ConfigureAwait(false) is { } kind)
            {
                _related[group.Group] = _feeds.Subscribe(new FeedKey(kind, kind.Namespaced ? group.Namespace : null, group.Selection), null, Changed);
            }
        }
    }

    /// <summary>Takes over what was heard of the object. Gives the reason when there is nothing left to wait for, else null.</summary>
    public string? TakeNews()
    {
        var state = _feed.State;
        if (state.Fault is { } fault)
        {
            return $"it cannot be watched: {fault.Message} To go without waiting, set the annotation {Objects.Annotations.SkipAwait}: \"true\"";
        }

        var found = state.Find(Target.Namespace, Target.Name);
        if (found is not null && found.Uid == Target.Uid)
        {
            _wasSeen = true;
            // A feed that was there before may not have heard of our own write yet.
            Target = found.Generation >= Target.Generation ? found : Target;
            return null;
        }

        return found is null && !_wasSeen ? null : "it was deleted while it was waited for";
    }

    /// <summary>The related objects that are known.</summary>
    public ImmutableDictionary<string, ImmutableArray<KubeObject>> Related() => _known.SetItems(_related
        .Where(group => group.Value.State.IsListed)
        .Select(group => KeyValuePair.Create(group.Key, group.Value.State.Objects.Values.ToImmutableArray())));

    public void Dispose()
    {
        _feed.Dispose();
        foreach (var related in _related.Values)
        {
            related.Dispose();
        }
    }

    private async Task<ApiResource?> ChooseKindAsync(RelatedObjects related, CancellationToken cancellationToken)
    {
        if (related.Kinds is [var only])
        {
            return only;
        }

        try
        {
            foreach (var kind in related.Kinds)
            {
                if (await _client.Resources.FindServedAsync(kind.ApiVersion, kind.Kind, cancellationToken).ConfigureAwait(false) is { } served)
                {
                    return served;
                }
            }
        }
        catch (Exception error) when (error is ApiException or ClusterUnreachableException)
        {
            // Rules get along without what belongs to the object.
        }

        return null;
    }
}
