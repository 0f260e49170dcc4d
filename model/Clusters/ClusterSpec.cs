using System.Collections.Immutable;

namespace FogInfra.Model;

/// <summary>
/// How a cluster that is made is to be. Everything has a default, which is that of its engine. Not every engine has everything:
/// <see cref="ClusterSpecFaults"/> tells.
/// </summary>
public sealed record ClusterSpec
{
    /// <summary>How many nodes of which role; null for the engine's default.</summary>
    public Topology? Topology { get; init; }

    /// <summary>The Kubernetes version, for example <c>1.33.1</c>, from which the node image follows; null for the tool's default.</summary>
    public string? Version { get; init; }

    /// <summary>The node image; null for the one that follows from the version.</summary>
    public string? Image { get; init; }

    /// <summary>What every control-plane node has.</summary>
    public NodeGroup ControlPlane { get; init; } = new();

    /// <summary>What every worker has.</summary>
    public NodeGroup Worker { get; init; } = new();

    /// <summary>Ports of the first control-plane node that are published on this machine.</summary>
    public ImmutableArray<PortMapping> Ports { get; init; } = [];

    /// <summary>Folders of this machine that every node sees.</summary>
    public ImmutableArray<NodeMount> Mounts { get; init; } = [];

    /// <summary>Registries and the endpoints that stand in for them, for example <c>docker.io</c> and <c>http://mirror:5000</c>.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<string>> Mirrors { get; init; } =
        ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty;

    /// <summary>Whether the tool's own pod network is installed. Without it nodes become ready only when another one is.</summary>
    public bool PodNetwork { get; init; } = true;

    /// <summary>Kubernetes feature gates.</summary>
    public ImmutableSortedDictionary<string, bool> FeatureGates { get; init; } = ImmutableSortedDictionary<string, bool>.Empty;

    /// <summary>The subnet of the nodes' network, for example <c>172.30.0.0/16</c>; null for the network that clusters share.</summary>
    public string? Subnet { get; init; }

    /// <summary>A slow link between the nodes and everything else; null for none.</summary>
    public LinkSpec? Link { get; init; }

    /// <summary>What the label <c>foginfra.dev/architecture</c> of the nodes says; null for no label.</summary>
    public string? Architecture { get; init; }
}

/// <summary>How many nodes a cluster has. One control plane without workers runs everything on one node.</summary>
/// <param name="ControlPlanes">Nodes with the control plane.</param>
/// <param name="Workers">Nodes for work alone.</param>
public sealed record Topology(int ControlPlanes, int Workers)
{
    /// <summary>All nodes.</summary>
    public int Nodes => ControlPlanes + Workers;
}

/// <summary>What the nodes of a role have in common.</summary>
public sealed record NodeGroup
{
    /// <summary>Labels.</summary>
    public ImmutableSortedDictionary<string, string> Labels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Taints.</summary>
    public ImmutableArray<Taint> Taints { get; init; } = [];

    /// <summary>The most processors that a node uses, as a Kubernetes quantity; null for no limit.</summary>
    public string? Cpu { get; init; }

    /// <summary>The most memory that a node uses, as a Kubernetes quantity; null for no limit.</summary>
    public string? Memory { get; init; }
}

/// <summary>A port of a node that is published on this machine.</summary>
/// <param name="Host">The port on this machine.</param>
/// <param name="Node">The port of the node, for example a Service's node port.</param>
/// <param name="Protocol"><c>TCP</c>, <c>UDP</c> or <c>SCTP</c>.</param>
/// <param name="Address">The address of this machine that it is published on.</param>
public sealed record PortMapping(int Host, int Node, string Protocol = "TCP", string Address = PortMapping.Loopback)
{
    /// <summary>The address that nobody else reaches.</summary>
    public const string Loopback = "127.0.0.1";
}

/// <summary>A folder of this machine that nodes see.</summary>
/// <param name="Host">Its path on this machine.</param>
/// <param name="Node">Its path in the node.</param>
/// <param name="ReadOnly">Whether nodes may only read it.</param>
public sealed record NodeMount(string Host, string Node, bool ReadOnly = false);

/// <summary>A link that is slowed down.</summary>
/// <param name="DelayMilliseconds">By how much each packet that leaves a node is delayed; 0 for not at all.</param>
/// <param name="BandwidthKilobits">How many thousand bits a second leave a node at most; 0 for no limit.</param>
public sealed record LinkSpec(int DelayMilliseconds, int BandwidthKilobits);
