using System.Collections.Immutable;
using Pulumi;

namespace FogInfra.Components;

/// <summary>What the pods of a service take from objects around them.</summary>
internal sealed record PodSurroundings
{
    /// <summary>The name of their service account.</summary>
    public required Input<string> ServiceAccount { get; init; }

    /// <summary>The name of the ConfigMap that becomes environment variables; null without configuration.</summary>
    public Output<string>? Configuration { get; init; }

    /// <summary>The name of the ConfigMap that becomes files; null without any.</summary>
    public Output<string>? Files { get; init; }

    /// <summary>The name of the Secret; null without secrets.</summary>
    public Output<string>? Secrets { get; init; }

    /// <summary>The names of the volume claims, by the names of the volumes.</summary>
    public required ImmutableDictionary<string, Output<string>> Claims { get; init; }

    /// <summary>Endpoints of what the service depends on, by the names of environment variables.</summary>
    public required ImmutableSortedDictionary<string, Input<string>> Endpoints { get; init; }
}
