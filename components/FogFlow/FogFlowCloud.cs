using System.Collections.Immutable;
using FogInfra.Model;
using Pulumi;

namespace FogInfra.Components;

/// <summary>The arguments of a <see cref="FogFlowCloud"/>.</summary>
public sealed class FogFlowCloudArgs : ResourceArgs
{
    /// <summary>The cluster's name.</summary>
    public required string Cluster { get; init; }

    /// <summary>What the node says of itself.</summary>
    public required FogFlowSite Site { get; init; }

    /// <summary>By which addresses it is reached.</summary>
    public required FogFlowAddresses Addresses { get; init; }

    /// <summary>By which user its components come to the message queue.</summary>
    public required FogFlowMessaging Messaging { get; init; }

    /// <summary>The namespace. Each tenant can have a FogFlow of its own in one of its own.</summary>
    public string Namespace { get; init; } = "fogflow";

    /// <summary>The cluster's layer.</summary>
    public Layer Layer { get; init; } = Layer.Cloud;

    /// <summary>The nodes of the cluster.</summary>
    public FogFlowTopology Topology { get; init; } = FogFlowTopology.SingleNode;

    /// <summary>The images.</summary>
    public FogFlowImages Images { get; init; } = new();

    /// <summary>Addresses of the cluster's nodes by which proxy and message queue are reached from outside (<c>externalIPs</c>).</summary>
    public ImmutableArray<string> ExternalIPs { get; init; } = [];

    /// <summary>How far proxy and message queue are reached besides <see cref="ExternalIPs"/>.</summary>
    public ExposureKind Exposure { get; init; } = ExposureKind.ClusterIP;

    /// <summary>
    /// Where the graph database keeps its data: the source of a volume, whose name and place are given. A path of the node needs
    /// <see cref="PodSecurity.Privileged"/> in <see cref="Isolation"/>.
    /// </summary>
    public Volume DatabaseVolume { get; init; } = new() { Name = "data", Claim = new StorageClaim("5Gi") };

    /// <summary>Task instances that are always there.</summary>
    public ImmutableArray<FogFlowTask> Tasks { get; init; } = [];

    /// <summary>How the node is kept apart from what else runs in the cluster.</summary>
    public Isolation Isolation { get; init; } = new();

    /// <summary>
    /// What is different about single components, by their names (<c>dgraph</c>, <c>rabbitmq</c>, <c>discovery</c>, <c>cloud-broker</c>,
    /// <c>designer</c>, <c>master</c>, <c>cloud-worker</c>, <c>nginx</c>, and tasks): pods, resources, taints that are tolerated, and all else.
    /// </summary>
    public ImmutableSortedDictionary<string, ServiceSettings> Overrides { get; init; } = ImmutableSortedDictionary<string, ServiceSettings>.Empty;
}

/// <summary>
/// A FogFlow cloud node on Kubernetes: graph database, message queue, discovery, broker, designer, master, worker, and the proxy in front of
/// the core services. Each is started when those that it needs are ready, reaches those and those that it notifies, and nothing else.
/// The worker may launch task instances as pods of the same namespace; such pods reach the node's broker, and it them.
/// </summary>
public sealed class FogFlowCloud : ComponentResource
{
    /// <summary>The type token.</summary>
    public const string Type = "foginfra:fogflow:FogFlowCloud";

    // Kubernetes keeps other pods off the nodes of its control plane by this taint ("Well-Known Labels, Annotations and Taints").
    private static readonly Toleration ControlPlane = new("node-role.kubernetes.io/control-plane", Effect: "NoSchedule");

    /// <summary>Makes the component.</summary>
    /// <param name="name">The resource's name; unique in its stack.</param>
    /// <param name="args">What the node is to be.</param>
    /// <param name="options">Its options; the provider among them decides the cluster.</param>
    public FogFlowCloud(string name, FogFlowCloudArgs args, ComponentResourceOptions? options = null)
        : base(Type, name, options)
    {
        ArgumentNullException.ThrowIfNull(args);
        Require(args.Site);
        var workload = WorkloadOf(args);
        Configuration = FogFlowConfig.Of(args.Site, args.Addresses, args.Messaging, FogFlowConfig.CloudBrokerPort, FogFlowParts.CloudBroker);
        var application = new LayeredApplication(
            name,
            new LayeredApplicationArgs
            {
                Workload = workload,
                ReadSecret = secret => secret.Name == FogFlowParts.ConfigSecret ? Configuration : args.Messaging.Password,
                FindUpstream = upstream => FogFlowEdge.CoreEndpoint(upstream, args.Addresses),
            },
            new ComponentResourceOptions { Parent = this });
        FogFlowNetwork.Create(name, this, workload, application.Namespace, FogFlowParts.CloudBroker, args.Isolation.Network != false);

        Dashboard = args.Addresses.CoreService.Apply(address => $"http://{Endpoints.Of(address, FogFlowConfig.ProxyPort)}/index.html");
        Services = application.Services;
        Healthy = application.Healthy;
        RegisterOutputs(new Dictionary<string, object?> { ["dashboard"] = Dashboard, ["healthy"] = Healthy });
    }

    /// <summary>The node's <c>config.json</c>. Secret.</summary>
    public Output<string> Configuration { get; }

    /// <summary>The address of the dashboard, for people who can reach the core services.</summary>
    public Output<string> Dashboard { get; }

    /// <summary>The components by name.</summary>
    public ImmutableSortedDictionary<string, ApplicationService> Services { get; }

    /// <summary>Whether every component had all its pods ready when it was last looked at.</summary>
    public Output<bool> Healthy { get; }

    /// <summary>What the node consists of, for example to have it monitored.</summary>
    public static ClusterWorkload WorkloadOf(FogFlowCloudArgs args)
    {
        ArgumentNullException.ThrowIfNull(args);
        var services = FogFlowParts.OfCloud(args).With(args.Overrides);
        return new ClusterWorkload
        {
            Application = "fogflow",
            Namespace = args.Namespace,
            Cluster = args.Cluster,
            Layer = args.Layer,
            Isolation = args.Isolation.WithRoom(services, args.Site),
            Services = args.Topology.SharesControlPlane
                ? [.. services.Select(service => service.With(new ServiceSettings { Tolerations = [ControlPlane] }))]
                : services,
        };
    }

    internal static void Require(FogFlowSite site)
    {
        if (site.Problems().ToList() is { Count: > 0 } problems)
        {
            throw new ArgumentException($"The FogFlow site '{site.SiteId}' is wrong: {string.Join("; ", problems)}.", nameof(site));
        }
    }
}
