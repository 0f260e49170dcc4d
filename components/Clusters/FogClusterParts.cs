using FogInfra.Model;
using Pulumi;

namespace FogInfra.Components;

/// <summary>How many nodes a cluster has.</summary>
public sealed class TopologyArgs : ResourceArgs
{
    /// <summary>Nodes with the control plane. 0 for a simulated cluster whose control plane has no node.</summary>
    [Input("controlPlanes", required: true)]
    public Input<int> ControlPlanes { get; set; } = null!;

    /// <summary>Nodes for work alone.</summary>
    [Input("workers", required: true)]
    public Input<int> Workers { get; set; } = null!;

    internal static TopologyArgs Of(Topology topology) => new() { ControlPlanes = topology.ControlPlanes, Workers = topology.Workers };
}

/// <summary>What the nodes of a role have in common.</summary>
public sealed class NodeGroupArgs : ResourceArgs
{
    private InputMap<string>? _labels;
    private InputList<string>? _taints;

    /// <summary>Labels.</summary>
    [Input("labels")]
    public InputMap<string> Labels
    {
        get => _labels ??= [];
        set => _labels = value;
    }

    /// <summary>Taints, each <c>KEY=VALUE:EFFECT</c>.</summary>
    [Input("taints")]
    public InputList<string> Taints
    {
        get => _taints ??= [];
        set => _taints = value;
    }

    /// <summary>The most processors that a node uses, as a Kubernetes quantity.</summary>
    [Input("cpu")]
    public Input<string>? Cpu { get; set; }

    /// <summary>The most memory that a node uses, as a Kubernetes quantity.</summary>
    [Input("memory")]
    public Input<string>? Memory { get; set; }

    internal static NodeGroupArgs Of(NodeGroup group) => new()
    {
        Labels = group.Labels.ToDictionary(label => label.Key, label => label.Value),
        Taints = group.Taints.Select(taint => taint.ToString()).ToArray(),
        Cpu = group.Cpu is null ? null : (Input<string>)group.Cpu,
        Memory = group.Memory is null ? null : (Input<string>)group.Memory,
    };
}

/// <summary>A port of a node that this machine publishes.</summary>
public sealed class PortMappingArgs : ResourceArgs
{
    /// <summary>The port on this machine.</summary>
    [Input("host", required: true)]
    public Input<int> Host { get; set; } = null!;

    /// <summary>The port of the node.</summary>
    [Input("node", required: true)]
    public Input<int> Node { get; set; } = null!;

    /// <summary><c>TCP</c> (default), <c>UDP</c> or <c>SCTP</c>.</summary>
    [Input("protocol")]
    public Input<string>? Protocol { get; set; }

    /// <summary>The address of this machine that it is published on. Default: loopback.</summary>
    [Input("address")]
    public Input<string>? Address { get; set; }

    internal static PortMappingArgs Of(PortMapping port) => new() { Host = port.Host, Node = port.Node, Protocol = port.Protocol, Address = port.Address };
}

/// <summary>A folder of this machine that nodes see.</summary>
public sealed class NodeMountArgs : ResourceArgs
{
    /// <summary>Its path on this machine.</summary>
    [Input("host", required: true)]
    public Input<string> Host { get; set; } = null!;

    /// <summary>Its path in the node.</summary>
    [Input("node", required: true)]
    public Input<string> Node { get; set; } = null!;

    /// <summary>Whether nodes may only read it.</summary>
    [Input("readOnly")]
    public Input<bool>? ReadOnly { get; set; }

    internal static NodeMountArgs Of(NodeMount mount) => new() { Host = mount.Host, Node = mount.Node, ReadOnly = mount.ReadOnly };
}

/// <summary>A link that is slowed down.</summary>
public sealed class LinkArgs : ResourceArgs
{
    /// <summary>By how many milliseconds each packet that leaves a node is delayed.</summary>
    [Input("delayMilliseconds")]
    public Input<int>? DelayMilliseconds { get; set; }

    /// <summary>How many thousand bits a second leave a node at most.</summary>
    [Input("bandwidthKilobits")]
    public Input<int>? BandwidthKilobits { get; set; }

    internal static LinkArgs Of(LinkSpec link) => new() { DelayMilliseconds = link.DelayMilliseconds, BandwidthKilobits = link.BandwidthKilobits };
}
