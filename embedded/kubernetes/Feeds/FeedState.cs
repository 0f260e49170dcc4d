using System.Collections.Immutable;
using FogInfra.Embedded.Kubernetes.Client;

namespace FogInfra.Embedded.Kubernetes.Feeds;

/// <summary>What a feed knows at one moment.</summary>
/// <param name="Objects">The objects, by namespace and name.</param>
/// <param name="IsListed">The objects have been listed at least once.</param>
internal sealed record FeedState(ImmutableDictionary<string, KubeObject> Objects, bool IsListed)
{
    /// <summary>Nothing is known yet.</summary>
    public static FeedState Initial { get; } = new(ImmutableDictionary.Create<string, KubeObject>(StringComparer.Ordinal), IsListed: false);

    /// <summary>The feed has ended for good, and why.</summary>
    public Exception? Fault { get; init; }

    /// <summary>Why nothing is heard at present, or null.</summary>
    public string? Interruption { get; init; }

    /// <summary>Finds an object.</summary>
    public KubeObject? Find(string? @namespace, string name) => Objects.GetValueOrDefault(Key(@namespace, name));

    /// <summary>The key of an object.</summary>
    public static string KeyOf(KubeObject item) => Key(item.Namespace, item.Name);

    private static string Key(string? @namespace, string name) => $"{@namespace}/{name}";
}
