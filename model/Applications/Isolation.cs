using System.Collections.Immutable;

namespace FogInfra.Model;

/// <summary>What Kubernetes lets pods of a namespace do on their nodes (Kubernetes, "Pod Security Standards").</summary>
public enum PodSecurity
{
    /// <summary>Everything.</summary>
    Privileged,

    /// <summary>Nothing by which a container is known to get out.</summary>
    Baseline,

    /// <summary>Only what current practice of hardening allows.</summary>
    Restricted,
}

/// <summary>How an application is kept apart from what else runs in its clusters. What is null or empty is not said here.</summary>
public sealed record Isolation
{
    /// <summary>The default of <see cref="MonitoringNamespace"/>.</summary>
    public const string DefaultMonitoringNamespace = "monitoring";

    /// <summary>The default of <see cref="IngressNamespace"/>.</summary>
    public const string DefaultIngressNamespace = "ingress-nginx";

    /// <summary>Whether pods can be reached only by those that depend on them; null for yes.</summary>
    public bool? Network { get; init; }

    /// <summary>What the pods may do on their nodes; null for <see cref="PodSecurity.Baseline"/>.</summary>
    public PodSecurity? PodSecurity { get; init; }

    /// <summary>The most that the namespace may use, by the names of Kubernetes' quotas. What is not here is as the layer has it.</summary>
    public ImmutableSortedDictionary<string, string> Quota { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>What a container may use at most when it does not say so itself. What is not here is as the layer has it.</summary>
    public ImmutableSortedDictionary<string, string> DefaultLimits { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>What is set aside for a container that does not ask for anything. What is not here is as the layer has it.</summary>
    public ImmutableSortedDictionary<string, string> DefaultRequests { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The namespace whose pods collect metrics from every service; null for <see cref="DefaultMonitoringNamespace"/>.</summary>
    public string? MonitoringNamespace { get; init; }

    /// <summary>The namespace of the ingress controller; null for <see cref="DefaultIngressNamespace"/>.</summary>
    public string? IngressNamespace { get; init; }

    /// <summary>Lays this over something more general.</summary>
    public Isolation Over(Isolation below) => new()
    {
        Network = Network ?? below.Network,
        PodSecurity = PodSecurity ?? below.PodSecurity,
        Quota = Overlay.ByKey(Quota, below.Quota),
        DefaultLimits = Overlay.ByKey(DefaultLimits, below.DefaultLimits),
        DefaultRequests = Overlay.ByKey(DefaultRequests, below.DefaultRequests),
        MonitoringNamespace = MonitoringNamespace ?? below.MonitoringNamespace,
        IngressNamespace = IngressNamespace ?? below.IngressNamespace,
    };
}
