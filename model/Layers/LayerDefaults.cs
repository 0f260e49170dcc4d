using System.Collections.Immutable;

namespace FogInfra.Model;

/// <summary>
/// What holds on a layer where nobody says otherwise. The cloud has room, so services are kept available there; the edge is small, so
/// that little is taken there, and cut off at times, so that pods outlast it.
/// </summary>
public sealed record LayerDefaults
{
    /// <summary>The label of nodes that says on which machine they are (Kubernetes, "Well-Known Labels").</summary>
    public const string HostLabel = "kubernetes.io/hostname";

    /// <summary>The label of nodes that says in which zone they are (Kubernetes, "Well-Known Labels").</summary>
    public const string ZoneLabel = "topology.kubernetes.io/zone";

    /// <summary>The key of the taint that keeps other pods off the nodes of a layer; its value is the layer's name.</summary>
    public const string LayerTaint = "foginfra.dev/layer";

    private LayerDefaults()
    {
    }

    /// <summary>How many pods of a service in each cluster.</summary>
    public required int Replicas { get; init; }

    /// <summary>How many pods may be evicted at a time, for services of more than one pod; null for any number.</summary>
    public Disruption? Disruption { get; init; }

    /// <summary>What the pods are spread over, for services of more than one pod; null for nothing.</summary>
    public Spread? Spread { get; init; }

    /// <summary>How pods of one version take the place of those of another: the new pod is ready before the old one goes.</summary>
    public required UpdateStrategy Update { get; init; }

    /// <summary>Taints that every pod tolerates.</summary>
    public required ImmutableArray<Toleration> Tolerations { get; init; }

    /// <summary>What is set aside for a container that does not ask for anything.</summary>
    public required ImmutableSortedDictionary<string, string> Requests { get; init; }

    /// <summary>What a container may use at most when it does not say so itself.</summary>
    public required ImmutableSortedDictionary<string, string> Limits { get; init; }

    /// <summary>How many former ReplicaSets a Deployment keeps.</summary>
    public required int RevisionHistory { get; init; }

    private static LayerDefaults Cloud { get; } = new()
    {
        Replicas = 2,
        Disruption = new Disruption(MaxUnavailable: "1"),
        Spread = new Spread { Over = [HostLabel, ZoneLabel] },
        Update = new UpdateStrategy(MaxSurge: "25%", MaxUnavailable: "0"),
        Tolerations = [TaintOf(Layer.Cloud)],
        Requests = Quantities("100m", "128Mi"),
        Limits = Quantities(null, "1Gi"),
        RevisionHistory = 5,
    };

    private static LayerDefaults Fog { get; } = new()
    {
        Replicas = 1,
        Disruption = new Disruption(MaxUnavailable: "1"),
        Spread = new Spread { Over = [HostLabel] },
        Update = new UpdateStrategy(MaxSurge: "1", MaxUnavailable: "0"),
        Tolerations = [TaintOf(Layer.Fog)],
        Requests = Quantities("50m", "64Mi"),
        Limits = Quantities(null, "512Mi"),
        RevisionHistory = 3,
    };

    private static LayerDefaults Edge { get; } = new()
    {
        Replicas = 1,
        Update = new UpdateStrategy(MaxSurge: "1", MaxUnavailable: "0"),
        Tolerations =
        [
            TaintOf(Layer.Edge),

            // Providers keep images that are not built for it off their ARM nodes by this taint.
            new Toleration("kubernetes.io/arch", "Equal", "arm64", "NoSchedule"),

            // A node that is cut off keeps its pods: there is mostly none other to take them, and what they do they do locally.
            new Toleration("node.kubernetes.io/unreachable", Effect: "NoExecute"),
            new Toleration("node.kubernetes.io/not-ready", Effect: "NoExecute"),
        ],
        Requests = Quantities("25m", "32Mi"),
        Limits = Quantities(null, "128Mi"),
        RevisionHistory = 1,
    };

    /// <summary>The defaults of a layer.</summary>
    public static LayerDefaults Of(Layer layer) => layer switch
    {
        Layer.Cloud => Cloud,
        Layer.Fog => Fog,
        Layer.Edge => Edge,
        _ => throw new ArgumentOutOfRangeException(nameof(layer), layer, null),
    };

    private static Toleration TaintOf(Layer layer) => new(LayerTaint, "Equal", layer.Name(), "NoSchedule");

    private static ImmutableSortedDictionary<string, string> Quantities(string? cpu, string memory)
    {
        var quantities = ImmutableSortedDictionary<string, string>.Empty.Add("memory", memory);
        return cpu is null ? quantities : quantities.Add("cpu", cpu);
    }
}
