using FogInfra.Model;
using Pulumi;

namespace FogInfra.Components;

/// <summary>What a <see cref="FogCluster"/> is to be.</summary>
public sealed class FogClusterArgs : ResourceArgs
{
    private InputMap<bool>? _featureGates;
    private InputMap<System.Collections.Immutable.ImmutableArray<string>>? _mirrors;
    private InputList<NodeMountArgs>? _mounts;
    private InputList<PortMappingArgs>? _ports;
    private InputList<string>? _simulatedImages;

    /// <summary>The cluster's name. A change replaces the cluster.</summary>
    [Input("name", required: true)]
    public Input<string> Name { get; set; } = null!;

    /// <summary><c>kind</c>, <c>k3d</c>, <c>existing</c> or <c>simulated</c> (default). A change replaces the cluster.</summary>
    [Input("engine")]
    public Input<string>? Engine { get; set; }

    /// <summary>The layer, <c>cloud</c>, <c>fog</c> or <c>edge</c>, which nodes get as their label <c>foginfra.dev/layer</c>.</summary>
    [Input("layer")]
    public Input<string>? Layer { get; set; }

    /// <summary>For an existing cluster: the path of its kubeconfig file.</summary>
    [Input("kubeconfig")]
    public Input<string>? Kubeconfig { get; set; }

    /// <summary>For an existing cluster: the context in its kubeconfig. Default: the current one.</summary>
    [Input("context")]
    public Input<string>? Context { get; set; }

    /// <summary>How many nodes of which role. A change replaces the cluster, but for the workers of k3d.</summary>
    [Input("topology")]
    public Input<TopologyArgs>? Topology { get; set; }

    /// <summary>The Kubernetes version, for example <c>1.33.1</c>. A change replaces the cluster.</summary>
    [Input("version")]
    public Input<string>? Version { get; set; }

    /// <summary>The node image. A change replaces the cluster.</summary>
    [Input("image")]
    public Input<string>? Image { get; set; }

    /// <summary>What control-plane nodes have. Changed in place.</summary>
    [Input("controlPlane")]
    public Input<NodeGroupArgs>? ControlPlane { get; set; }

    /// <summary>What workers have. Changed in place.</summary>
    [Input("worker")]
    public Input<NodeGroupArgs>? Worker { get; set; }

    /// <summary>Ports of the first control-plane node that this machine publishes. A change replaces the cluster.</summary>
    [Input("ports")]
    public InputList<PortMappingArgs> Ports
    {
        get => _ports ??= [];
        set => _ports = value;
    }

    /// <summary>Folders of this machine that nodes see. A change replaces the cluster.</summary>
    [Input("mounts")]
    public InputList<NodeMountArgs> Mounts
    {
        get => _mounts ??= [];
        set => _mounts = value;
    }

    /// <summary>Endpoints that stand in for registries. A change replaces the cluster.</summary>
    [Input("mirrors")]
    public InputMap<System.Collections.Immutable.ImmutableArray<string>> Mirrors
    {
        get => _mirrors ??= [];
        set => _mirrors = value;
    }

    /// <summary>Whether the tool's pod network is installed. Default: true. A change replaces the cluster.</summary>
    [Input("podNetwork")]
    public Input<bool>? PodNetwork { get; set; }

    /// <summary>Kubernetes feature gates. A change replaces the cluster.</summary>
    [Input("featureGates")]
    public InputMap<bool> FeatureGates
    {
        get => _featureGates ??= [];
        set => _featureGates = value;
    }

    /// <summary>The subnet of the nodes' network. A change replaces the cluster.</summary>
    [Input("subnet")]
    public Input<string>? Subnet { get; set; }

    /// <summary>A slow link between the nodes and everything else. Changed in place.</summary>
    [Input("link")]
    public Input<LinkArgs>? Link { get; set; }

    /// <summary>What the nodes' label <c>foginfra.dev/architecture</c> says. Changed in place.</summary>
    [Input("architecture")]
    public Input<string>? Architecture { get; set; }

    /// <summary>What the registry of a simulated cluster has, as patterns of <c>name:tag</c>. Read when the cluster is made.</summary>
    [Input("simulatedImages")]
    public InputList<string> SimulatedImages
    {
        get => _simulatedImages ??= [];
        set => _simulatedImages = value;
    }

    /// <summary>A cluster of a fleet document.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="fleet">The fleet that it is of.</param>
    /// <param name="root">The folder that the document's paths are relative to.</param>
    public static FogClusterArgs Of(Cluster cluster, Fleet fleet, string root)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        ArgumentNullException.ThrowIfNull(fleet);
        var spec = cluster.Spec;
        var args = new FogClusterArgs
        {
            Name = cluster.Name,
            Engine = cluster.Engine.Name,
            Layer = cluster.Layer.Name(),
            PodNetwork = spec.PodNetwork,
            Ports = spec.Ports.Select(PortMappingArgs.Of).ToArray(),
            Mounts = spec.Mounts.Select(NodeMountArgs.Of).ToArray(),
            Mirrors = spec.Mirrors.ToDictionary(mirror => mirror.Key, mirror => mirror.Value),
            FeatureGates = spec.FeatureGates.ToDictionary(gate => gate.Key, gate => gate.Value),
            ControlPlane = NodeGroupArgs.Of(spec.ControlPlane),
            Worker = NodeGroupArgs.Of(spec.Worker),
        };
        args.Version = spec.Version is null ? null : (Input<string>)spec.Version;
        args.Image = spec.Image is null ? null : (Input<string>)spec.Image;
        args.Subnet = spec.Subnet is null ? null : (Input<string>)spec.Subnet;
        args.Architecture = spec.Architecture is null ? null : (Input<string>)spec.Architecture;
        args.Link = spec.Link is { } link ? (Input<LinkArgs>)LinkArgs.Of(link) : null;
        args.Topology = TopologyOf(cluster) is { } topology ? (Input<TopologyArgs>)TopologyArgs.Of(topology) : null;
        if (cluster.Engine is ClusterEngine.Existing existing)
        {
            args.Kubeconfig = Path.GetFullPath(existing.Kubeconfig, root);
            args.Context = existing.Context is null ? null : (Input<string>)existing.Context;
        }

        if (cluster.Engine is ClusterEngine.Simulated)
        {
            args.SimulatedImages = fleet.SimulatedImages.ToArray();
        }

        return args;
    }

    // A simulated cluster's control plane needs no node, as that of a cloud's managed cluster does not.
    private static Topology? TopologyOf(Cluster cluster) =>
        cluster.Spec.Topology ?? (cluster.Engine is ClusterEngine.Simulated ? new Topology(0, cluster.Nodes) : null);
}
