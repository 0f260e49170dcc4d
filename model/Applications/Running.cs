using System.Collections.Immutable;

namespace FogInfra.Model;

/// <summary>Lets the number of pods follow the load (HorizontalPodAutoscaler).</summary>
/// <param name="MinReplicas">The least number of pods.</param>
/// <param name="MaxReplicas">The greatest number of pods.</param>
/// <param name="CpuPercent">The processor use that is aimed at, in percent of what the pods request; null to leave it aside.</param>
/// <param name="MemoryPercent">The memory use that is aimed at, in percent of what the pods request; null to leave it aside.</param>
public sealed record Autoscaling(int MinReplicas, int MaxReplicas, int? CpuPercent = null, int? MemoryPercent = null);

/// <summary>How many pods may be evicted at a time (PodDisruptionBudget). One of the two is set, to a number or a share such as <c>50%</c>.</summary>
/// <param name="MinAvailable">How many pods stay.</param>
/// <param name="MaxUnavailable">How many pods may go.</param>
public sealed record Disruption(string? MinAvailable = null, string? MaxUnavailable = null);

/// <summary>What the pods of a service are spread over.</summary>
public sealed record Spread
{
    /// <summary>Labels of nodes: pods are spread evenly over their values.</summary>
    public required ImmutableArray<string> Over { get; init; }

    /// <summary>By how many pods the values may differ.</summary>
    public int MaxSkew { get; init; } = 1;

    /// <summary>Whether a pod waits rather than break the rule.</summary>
    public bool Required { get; init; }
}

/// <summary>How pods of one version take the place of those of another.</summary>
/// <param name="Recreate">Whether all old pods stop before a new one starts. Without it they are replaced a few at a time.</param>
/// <param name="MaxSurge">How many pods may run above the wanted number: a number or a share. Not with <paramref name="Recreate"/>.</param>
/// <param name="MaxUnavailable">How many pods may be missing: a number or a share. Not with <paramref name="Recreate"/>.</param>
public sealed record UpdateStrategy(bool Recreate = false, string? MaxSurge = null, string? MaxUnavailable = null);

/// <summary>A taint of nodes that pods tolerate, as Kubernetes has it.</summary>
/// <param name="Key">The taint's key; null for every key, with <paramref name="Operator"/> <c>Exists</c>.</param>
/// <param name="Operator"><c>Exists</c> or <c>Equal</c>.</param>
/// <param name="Value">The taint's value, with <c>Equal</c>.</param>
/// <param name="Effect"><c>NoSchedule</c>, <c>PreferNoSchedule</c> or <c>NoExecute</c>; null for every effect.</param>
/// <param name="Seconds">How long <c>NoExecute</c> is tolerated; null for ever.</param>
public sealed record Toleration(string? Key, string Operator = "Exists", string? Value = null, string? Effect = null, int? Seconds = null);

/// <summary>Something that pods may do at the Kubernetes API, inside their namespace (a rule of a Role).</summary>
public sealed record AccessRule
{
    /// <summary>API groups; the empty text is the core group.</summary>
    public required ImmutableArray<string> ApiGroups { get; init; }

    /// <summary>Resources, for example <c>configmaps</c>.</summary>
    public required ImmutableArray<string> Resources { get; init; }

    /// <summary>Verbs, for example <c>get</c>.</summary>
    public required ImmutableArray<string> Verbs { get; init; }

    /// <summary>Names of the objects; empty for all.</summary>
    public ImmutableArray<string> Names { get; init; } = [];
}
