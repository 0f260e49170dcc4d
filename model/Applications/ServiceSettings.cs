using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace FogInfra.Model;

/// <summary>
/// How a service runs: what can be said for all layers, for one layer, and for one cluster. What is null or empty is not said here; the
/// nearer word wins (<see cref="Over"/>), and what nobody says is as the layer has it (<see cref="LayerDefaults"/>).
/// </summary>
public sealed record ServiceSettings
{
    /// <summary>How many pods in each cluster. With <see cref="Autoscaling"/> the autoscaler decides.</summary>
    public int? Replicas { get; init; }

    /// <summary>Containers of a pod. Those of the same name are laid over each other field by field.</summary>
    public ImmutableArray<Container> Containers { get; init; } = [];

    /// <summary>Configuration: environment variables of every container. A change rolls the service out anew.</summary>
    public ImmutableSortedDictionary<string, string> Config { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Files of every container by their absolute path. A change rolls the service out anew.</summary>
    public ImmutableSortedDictionary<string, string> Files { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Secrets, by the name of their environment variable: where their values come from, never the values.</summary>
    public ImmutableSortedDictionary<string, SecretSource> Secrets { get; init; } = ImmutableSortedDictionary<string, SecretSource>.Empty;

    /// <summary>Lets the number of pods follow the load; null for a fixed number.</summary>
    public Autoscaling? Autoscaling { get; init; }

    /// <summary>How many pods may be evicted at a time; null for the layer's default.</summary>
    public Disruption? Disruption { get; init; }

    /// <summary>What the pods are spread over; null for the layer's default.</summary>
    public Spread? Spread { get; init; }

    /// <summary>How pods of one version take the place of those of another; null for the layer's default.</summary>
    public UpdateStrategy? Update { get; init; }

    /// <summary>The Service in front of the pods; null for one that is reached inside the cluster only.</summary>
    public Exposure? Expose { get; init; }

    /// <summary>The way in by HTTP from outside of the cluster; null for none.</summary>
    public IngressRoute? Ingress { get; init; }

    /// <summary>Volumes of a pod.</summary>
    public ImmutableArray<Volume> Volumes { get; init; } = [];

    /// <summary>What the pods may do at the Kubernetes API; without any they have no token for it.</summary>
    public ImmutableArray<AccessRule> Access { get; init; } = [];

    /// <summary>Destinations outside of the cluster that the pods may connect to.</summary>
    public ImmutableArray<EgressRule> Egress { get; init; } = [];

    /// <summary>Labels that a node must have.</summary>
    public ImmutableSortedDictionary<string, string> NodeSelector { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Taints that the pods tolerate, besides those of the layer.</summary>
    public ImmutableArray<Toleration> Tolerations { get; init; } = [];

    /// <summary>Processor architectures that the images are built for, as Kubernetes names them; empty for any.</summary>
    public ImmutableArray<string> Architectures { get; init; } = [];

    /// <summary>Whether the service has an address outside of its cluster.</summary>
    [JsonIgnore]
    public bool IsReachableFromOutside => Ingress is not null || Expose is { Kind: not ExposureKind.ClusterIP } or { ExternalIPs.IsEmpty: false };

    /// <summary>Lays these settings over more general ones.</summary>
    public ServiceSettings Over(ServiceSettings below) => new()
    {
        Replicas = Replicas ?? below.Replicas,
        Containers = Overlay.ByName(Containers, below.Containers, container => container.Name, (upper, lower) => upper.Over(lower)),
        Config = Overlay.ByKey(Config, below.Config),
        Files = Overlay.ByKey(Files, below.Files),
        Secrets = Overlay.ByKey(Secrets, below.Secrets),
        Autoscaling = Autoscaling ?? below.Autoscaling,
        Disruption = Disruption ?? below.Disruption,
        Spread = Spread ?? below.Spread,
        Update = Update ?? below.Update,
        Expose = Expose ?? below.Expose,
        Ingress = Ingress ?? below.Ingress,
        Volumes = Overlay.ByName(Volumes, below.Volumes, volume => volume.Name, (upper, _) => upper),
        Access = Overlay.Together(Access, below.Access),
        Egress = Overlay.Together(Egress, below.Egress),
        NodeSelector = Overlay.ByKey(NodeSelector, below.NodeSelector),
        Tolerations = Overlay.Together(Tolerations, below.Tolerations),
        Architectures = Architectures.IsEmpty ? below.Architectures : Architectures,
    };
}
