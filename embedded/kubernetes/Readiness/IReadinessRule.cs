using System.Collections.Immutable;
using FogInfra.Embedded.Kubernetes.Client;

namespace FogInfra.Embedded.Kubernetes.Readiness;

/// <summary>Says when objects of a kind are ready. A rule is pure: what it says follows from what it is shown.</summary>
internal interface IReadinessRule
{
    /// <summary>Judges an object.</summary>
    Verdict Judge(Observation seen);

    /// <summary>What else has to be seen to judge it; asked again whenever something has changed.</summary>
    IEnumerable<RelatedObjects> Related(Observation seen) => [];
}

/// <summary>What a rule is shown.</summary>
/// <param name="Target">The object.</param>
/// <param name="Elapsed">How long it has been waited for.</param>
/// <param name="Options">What may be put up with.</param>
internal sealed record Observation(KubeObject Target, TimeSpan Elapsed, ReadinessOptions Options)
{
    /// <summary>The object was just created; otherwise it was there before.</summary>
    public bool IsNew { get; init; }

    /// <summary>The related objects by the name of their group; a group is missing while it is not known.</summary>
    public ImmutableDictionary<string, ImmutableArray<KubeObject>> Related { get; init; } = ImmutableDictionary<string, ImmutableArray<KubeObject>>.Empty;

    /// <summary>The objects of a group; empty while they are not known.</summary>
    public ImmutableArray<KubeObject> Of(string group) => Related.GetValueOrDefault(group, []);

    /// <summary>Whether the objects of a group are known.</summary>
    public bool Knows(string group) => Related.ContainsKey(group);
}

/// <summary>Objects that a rule wants to see.</summary>
/// <param name="Group">What the rule calls them.</param>
/// <param name="Kinds">Their kind; of several the first that the server serves.</param>
/// <param name="Namespace">Their namespace, or null.</param>
/// <param name="Selection">Which of them.</param>
internal sealed record RelatedObjects(string Group, ImmutableArray<ApiResource> Kinds, string? Namespace, ObjectSelection Selection)
{
    /// <summary>To be listed once, instead of being watched: what matters is how it was when the object was written.</summary>
    public bool Once { get; init; }

    /// <summary>Objects of one kind in the object's own namespace.</summary>
    public static RelatedObjects Beside(KubeObject target, string group, ApiResource kind, string? labels) =>
        new(group, [kind], target.Namespace, new ObjectSelection { Labels = labels });
}

/// <summary>The kinds that rules look at, and what they call them.</summary>
internal static class RelatedKinds
{
    public const string Pods = "pods";
    public const string ReplicaSets = "replicasets";
    public const string Endpoints = "endpoints";
    public const string StorageClasses = "storageclasses";
    public const string IngressClasses = "ingressclasses";

    public static ApiResource Pod { get; } = Known("v1", "Pod");

    public static ApiResource ReplicaSet { get; } = Known("apps/v1", "ReplicaSet");

    public static ApiResource EndpointSlice { get; } = Known("discovery.k8s.io/v1", "EndpointSlice");

    public static ApiResource LegacyEndpoints { get; } = Known("v1", "Endpoints");

    public static ApiResource StorageClass { get; } = Known("storage.k8s.io/v1", "StorageClass");

    public static ApiResource IngressClass { get; } = Known("networking.k8s.io/v1", "IngressClass");

    public static ApiResource Event { get; } = Known("v1", "Event");

    private static ApiResource Known(string apiVersion, string kind) =>
        ResourceCatalog.KnownResource(apiVersion, kind) ?? throw new InvalidOperationException($"The schema lacks {apiVersion}/{kind}.");
}
