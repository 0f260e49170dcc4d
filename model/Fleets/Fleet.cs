using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace FogInfra.Model;

/// <summary>What an operator runs: applications, the clusters that they run on, and how a new version is taken through them.</summary>
public sealed record Fleet
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The applications.</summary>
    public required ImmutableArray<Application> Applications { get; init; }

    /// <summary>The clusters, in the order of the document.</summary>
    public required ImmutableArray<Cluster> Clusters { get; init; }

    /// <summary>The rings, in the order in which a rollout takes them.</summary>
    public required ImmutableArray<Ring> Rings { get; init; }

    /// <summary>How a rollout goes about it.</summary>
    public required RolloutPolicy Policy { get; init; }

    /// <summary>Images that simulated clusters know, as patterns of <c>name:tag</c> with <c>*</c>; empty when they know all.</summary>
    public ImmutableArray<string> SimulatedImages { get; init; } = [];

    /// <summary>The cluster of that name, or null.</summary>
    public Cluster? FindCluster(string name) => Clusters.FirstOrDefault(cluster => cluster.Name == name);

    /// <summary>The clusters of a ring, from the centre outwards, then in the order of the document.</summary>
    public IEnumerable<Cluster> ClustersOf(Ring ring) => Clusters.Where(cluster => cluster.Ring == ring.Name).OrderBy(cluster => cluster.Layer);
}

/// <summary>A Kubernetes cluster.</summary>
public sealed record Cluster
{
    /// <summary>The name; also that of its Pulumi stack.</summary>
    public required string Name { get; init; }

    /// <summary>Where in the fog it stands.</summary>
    public required Layer Layer { get; init; }

    /// <summary>The ring with which it takes a new version.</summary>
    public required string Ring { get; init; }

    /// <summary>The cluster of a layer further in that it hangs on, or null.</summary>
    public string? Parent { get; init; }

    /// <summary>What provides it.</summary>
    public required ClusterEngine Engine { get; init; }

    /// <summary>How many worker nodes a simulated cluster has.</summary>
    public required int Nodes { get; init; }

    /// <summary>The place that it stands in, such as a data centre, a plant or a shop; null when it does not matter.</summary>
    public string? Site { get; init; }

    /// <summary>Labels, by which rings select clusters and rollouts keep failure domains apart.</summary>
    public ImmutableSortedDictionary<string, string> Labels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The value of a label; <c>site</c>, <c>layer</c> and <c>name</c> are known for every cluster.</summary>
    public string? Label(string name) => name switch
    {
        "site" => Site,
        "layer" => Layer.Name(),
        "name" => Name,
        _ => Labels.GetValueOrDefault(name),
    };

    /// <summary>How it is to be, if it is made.</summary>
    public ClusterSpec Spec { get; init; } = new();
}

/// <summary>What provides a cluster.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "engine")]
[JsonDerivedType(typeof(Simulated), "simulated")]
[JsonDerivedType(typeof(Existing), "existing")]
[JsonDerivedType(typeof(Kind), "kind")]
[JsonDerivedType(typeof(K3d), "k3d")]
public abstract record ClusterEngine
{
    private ClusterEngine()
    {
    }

    /// <summary>The name in documents.</summary>
    [JsonIgnore]
    public abstract string Name { get; }

    /// <summary>A simulated cluster of this machine.</summary>
    public sealed record Simulated : ClusterEngine
    {
        /// <inheritdoc/>
        public override string Name => "simulated";
    }

    /// <summary>A cluster in containers of this machine, made by kind (https://kind.sigs.k8s.io).</summary>
    public sealed record Kind : ClusterEngine
    {
        /// <inheritdoc/>
        public override string Name => "kind";
    }

    /// <summary>A cluster of k3s in containers of this machine, made by k3d (https://k3d.io).</summary>
    public sealed record K3d : ClusterEngine
    {
        /// <inheritdoc/>
        public override string Name => "k3d";
    }

    /// <summary>A cluster that exists and is only used.</summary>
    /// <param name="Kubeconfig">The path of a kubeconfig file.</param>
    /// <param name="Context">The context in it; null for the current one.</param>
    public sealed record Existing(string Kubeconfig, string? Context) : ClusterEngine
    {
        /// <inheritdoc/>
        public override string Name => "existing";
    }
}
