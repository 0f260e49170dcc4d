using System.Collections.Immutable;
using FogInfra.Model;

namespace FogInfra.Clusters.Arguments;

/// <summary>The inputs of a cluster resource, read and with defaults filled in.</summary>
internal sealed record ClusterArguments
{
    /// <summary>The cluster's name.</summary>
    public required string Name { get; init; }

    /// <summary>What provides it.</summary>
    public required ClusterEngine Engine { get; init; }

    /// <summary>Its layer, or null.</summary>
    public Layer? Layer { get; init; }

    /// <summary>How it is to be. The topology is always there, but for an existing cluster.</summary>
    public required ClusterSpec Spec { get; init; }

    /// <summary>What the registry of a simulated cluster has; empty for every image.</summary>
    public ImmutableArray<string> SimulatedImages { get; init; } = [];

    /// <summary>How many nodes of which role are made.</summary>
    public Topology Topology => Spec.Topology ?? new Topology(1, 0);

    /// <summary>What the nodes of a role have: what is asked for, and the labels that follow from layer and architecture.</summary>
    public NodeGroup GroupOf(string role)
    {
        var group = role == NodeRoles.Worker ? Spec.Worker : Spec.ControlPlane;
        var labels = group.Labels.ToBuilder();
        if (Layer is { } layer)
        {
            labels.TryAdd(NodeLabels.Layer, layer.Name());
        }

        if (Spec.Architecture is { } architecture)
        {
            labels.TryAdd(NodeLabels.Architecture, architecture);
        }

        return group with { Labels = labels.ToImmutable() };
    }
}

/// <summary>The roles of nodes.</summary>
internal static class NodeRoles
{
    /// <summary>Runs the control plane; also the word of kind's containers and of Kubernetes' role labels.</summary>
    public const string ControlPlane = "control-plane";

    /// <summary>Runs work alone.</summary>
    public const string Worker = "worker";
}

/// <summary>Labels that nodes get without being asked for.</summary>
internal static class NodeLabels
{
    /// <summary>The layer.</summary>
    public const string Layer = "foginfra.dev/layer";

    /// <summary>The architecture that a node stands for, whatever it runs on.</summary>
    public const string Architecture = "foginfra.dev/architecture";
}
