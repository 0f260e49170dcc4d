using System.Collections.Immutable;
using FogInfra.Model;
using Pulumi;

namespace FogInfra.Components;

/// <summary>The arguments of a <see cref="FogFlowEdge"/>.</summary>
public sealed class FogFlowEdgeArgs : ResourceArgs
{
    /// <summary>The cluster's name.</summary>
    public required string Cluster { get; init; }

    /// <summary>What the node says of itself. Its site id is another one than that of every other node.</summary>
    public required FogFlowSite Site { get; init; }

    /// <summary>By which addresses the cloud's core services and this node are reached.</summary>
    public required FogFlowAddresses Addresses { get; init; }

    /// <summary>By which user the worker comes to the cloud's message queue.</summary>
    public required FogFlowMessaging Messaging { get; init; }

    /// <summary>The namespace.</summary>
    public string Namespace { get; init; } = "fogflow";

    /// <summary>The cluster's layer.</summary>
    public Layer Layer { get; init; } = Layer.Edge;

    /// <summary>The images, of which a broker's and a worker's are used.</summary>
    public FogFlowImages Images { get; init; } = new();

    /// <summary>Addresses of the cluster's nodes by which other nodes reach the broker. Without any the node only connects outwards.</summary>
    public ImmutableArray<string> ExternalIPs { get; init; } = [];

    /// <summary>Task instances that are always there.</summary>
    public ImmutableArray<FogFlowTask> Tasks { get; init; } = [];

    /// <summary>How the node is kept apart from what else runs in the cluster.</summary>
    public Isolation Isolation { get; init; } = new();

    /// <summary>What is different about single components, by their names: <c>edge-broker</c>, <c>edge-worker</c>, and tasks.</summary>
    public ImmutableSortedDictionary<string, ServiceSettings> Overrides { get; init; } = ImmutableSortedDictionary<string, ServiceSettings>.Empty;
}

/// <summary>
/// A FogFlow edge node on Kubernetes: a broker next to the sensors, and a worker that takes orders from the master in the cloud and launches
/// task instances as pods here. Both connect to the cloud's proxy and message queue, and to nothing else outside.
/// </summary>
public sealed class FogFlowEdge : ComponentResource
{
    /// <summary>The type token.</summary>
    public const string Type = "foginfra:fogflow:FogFlowEdge";

    /// <summary>Makes the component.</summary>
    /// <param name="name">The resource's name; unique in its stack.</param>
    /// <param name="args">What the node is to be.</param>
    /// <param name="options">Its options; the provider among them decides the cluster.</param>
    public FogFlowEdge(string name, FogFlowEdgeArgs args, ComponentResourceOptions? options = null)
        : base(Type, name, options)
    {
        ArgumentNullException.ThrowIfNull(args);
        FogFlowCloud.Require(args.Site);
        var workload = WorkloadOf(args);
        Configuration = FogFlowConfig.Of(args.Site, args.Addresses, args.Messaging, FogFlowConfig.EdgeBrokerPort, FogFlowParts.EdgeBroker);
        var application = new LayeredApplication(
            name,
            new LayeredApplicationArgs
            {
                Workload = workload,
                ReadSecret = _ => Configuration,
                FindUpstream = upstream => CoreEndpoint(upstream, args.Addresses),
            },
            new ComponentResourceOptions { Parent = this });
        FogFlowNetwork.Create(name, this, workload, application.Namespace, FogFlowParts.EdgeBroker, args.Isolation.Network != false);

        Broker = application.Services[FogFlowParts.EdgeBroker].Endpoint;
        Services = application.Services;
        Healthy = application.Healthy;
        RegisterOutputs(new Dictionary<string, object?> { ["broker"] = Broker, ["healthy"] = Healthy });
    }

    /// <summary>The node's <c>config.json</c>. Secret.</summary>
    public Output<string> Configuration { get; }

    /// <summary><c>HOST:PORT</c> of the broker inside the cluster.</summary>
    public Output<string> Broker { get; }

    /// <summary>The components by name.</summary>
    public ImmutableSortedDictionary<string, ApplicationService> Services { get; }

    /// <summary>Whether every component had all its pods ready when it was last looked at.</summary>
    public Output<bool> Healthy { get; }

    /// <summary>What the node consists of, for example to have it monitored.</summary>
    public static ClusterWorkload WorkloadOf(FogFlowEdgeArgs args)
    {
        ArgumentNullException.ThrowIfNull(args);
        var services = FogFlowParts.OfEdge(args).With(args.Overrides);
        return new ClusterWorkload
        {
            Application = "fogflow",
            Namespace = args.Namespace,
            Cluster = args.Cluster,
            Layer = args.Layer,
            Isolation = args.Isolation.WithRoom(services, args.Site),
            Services = services,
        };
    }

    /// <summary>Where a core service of the cloud is reached from elsewhere.</summary>
    internal static Output<string> CoreEndpoint(UpstreamService service, FogFlowAddresses addresses) => addresses.CoreService.Apply(
        address => Endpoints.Of(address, service.Service == FogFlowParts.CoreAmqp ? FogFlowConfig.QueuePort : FogFlowConfig.ProxyPort));
}
