using System.Collections.Immutable;

namespace FogInfra.Model;

/// <summary>A named set of clusters that take a version together.</summary>
/// <param name="Name">The name.</param>
/// <param name="Checks">What must hold for each cluster of this ring before the next ring is touched.</param>
public sealed record Ring(string Name, ImmutableArray<OutputCheck> Checks)
{
    /// <summary>The name of the ring of those that join late, or come back late. No other ring has it.</summary>
    public const string CatchUp = "catch-up";

    /// <summary>Which clusters belong to it that name no ring themselves; null for none.</summary>
    public ClusterSelector? Clusters { get; init; }

    /// <summary>How many of its clusters take a version before the others, through the same checks and without any failure. Null: as the policy says.</summary>
    public Amount? Canaries { get; init; }

    /// <summary>How many clusters of a layer are updated at a time. Null: as the policy says.</summary>
    public Amount? MaxConcurrent { get; init; }

    /// <summary>How many of its clusters may fail before the rollout stops. Null: as the policy says.</summary>
    public Amount? FailureBudget { get; init; }

    /// <summary>How many of its clusters must be updated for it to pass; the others may be deferred. Null: as the policy says.</summary>
    public Amount? Quorum { get; init; }

    /// <summary>How long the ring may take, from its start until its gates have passed. Null: as long as it takes.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>Whether images are pulled and manifests tried before the ring begins.</summary>
    public bool PreStage { get; init; }

    /// <summary>What must be so before it begins, or after its last update, besides the checks.</summary>
    public ImmutableArray<Gate> Gates { get; init; } = [];

    /// <summary>All gates of a moment: the checks are among those after the ring.</summary>
    public IEnumerable<Gate> GatesAt(GateMoment moment) =>
        (moment == GateMoment.After ? Checks.Select(check => (Gate)new Gate.Output(check)) : []).Concat(Gates.Where(gate => gate.Moment == moment));
}

/// <summary>Which clusters a ring consists of: those for which every field that is given holds.</summary>
public sealed record ClusterSelector
{
    /// <summary>The layers; empty for all.</summary>
    public ImmutableArray<Layer> Layers { get; init; } = [];

    /// <summary>The sites; empty for all.</summary>
    public ImmutableArray<string> Sites { get; init; } = [];

    /// <summary>Patterns of names, in which <c>*</c> stands for any text; empty for all.</summary>
    public ImmutableArray<string> Names { get; init; } = [];

    /// <summary>Labels that it must have, with their values; empty for all.</summary>
    public ImmutableSortedDictionary<string, string> Labels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Whether a cluster is meant.</summary>
    public bool Matches(Cluster cluster) =>
        (Layers.IsEmpty || Layers.Contains(cluster.Layer))
        && (Sites.IsEmpty || (cluster.Site is { } site && Sites.Contains(site)))
        && (Names.IsEmpty || Names.Any(pattern => Like(cluster.Name, pattern)))
        && Labels.All(label => cluster.Label(label.Key) == label.Value);

    private static bool Like(string name, string pattern) =>
        System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false);
}
