using FogInfra.Embedded.Kubernetes.Client;

namespace FogInfra.Embedded.Kubernetes.Feeds;

/// <summary>What a feed follows.</summary>
/// <param name="Resource">The kind.</param>
/// <param name="Namespace">The namespace; null for all, or for a kind that lies in none.</param>
/// <param name="Selection">Which objects.</param>
internal sealed record FeedKey(ApiResource Resource, string? Namespace, ObjectSelection Selection);
