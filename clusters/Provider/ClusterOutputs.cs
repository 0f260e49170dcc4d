using System.Collections.Immutable;
using System.Globalization;
using FogInfra.Clusters.Arguments;
using FogInfra.Clusters.Engines;
using FogInfra.Clusters.Nodes;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Model;

namespace FogInfra.Clusters.Provider;

/// <summary>How a node stands.</summary>
/// <param name="Name">The name.</param>
/// <param name="Role">One of <see cref="NodeRoles"/>.</param>
/// <param name="Status"><c>ready</c>, <c>notReady</c>, <c>stopped</c> or <c>missing</c>.</param>
/// <param name="Differs">Labels and taints that it lacks, or that have another value; one text for each.</param>
internal sealed record NodeStatus(string Name, string Role, string Status, ImmutableArray<string> Differs)
{
    /// <summary>Whether it is as it should be.</summary>
    public bool IsWell => Status == Ready && Differs.IsEmpty;

    /// <summary>It runs and takes work.</summary>
    public const string Ready = "ready";

    /// <summary>It runs and takes no work.</summary>
    public const string NotReady = "notReady";

    /// <summary>Its machine is stopped.</summary>
    public const string Stopped = "stopped";

    /// <summary>There is no such machine, though there should be.</summary>
    public const string Missing = "missing";
}

/// <summary>Writes how a cluster stands as outputs of its resource, and reads from them what a comparison needs. Pure.</summary>
internal static class ClusterOutputs
{
    private const string Nodes = "nodes";

    /// <summary>The outputs.</summary>
    /// <param name="arguments">What is wanted.</param>
    /// <param name="instance">Differs for each cluster that is made.</param>
    /// <param name="observed">Its machinery.</param>
    /// <param name="view">What its API server says; null where it cannot be asked.</param>
    /// <param name="kubeconfigFile">The path of its kubeconfig file.</param>
    public static PropertyMap Write(ClusterArguments arguments, string instance, Observation observed, ApiView? view, string kubeconfigFile)
    {
        var nodes = NodesOf(arguments, observed, view);
        var kubeconfig = (PropertyValue)(observed.Kubeconfig ?? "");
        return PropertyMap.Of(
            ("name", arguments.Name),
            ("engine", arguments.Engine.Name),
            ("instance", instance),
            ("kubeconfig", arguments.Engine is ClusterEngine.Existing ? kubeconfig : kubeconfig.AsSecret()),
            ("kubeconfigFile", kubeconfigFile),
            ("context", view?.Context ?? observed.Context ?? ""),
            ("server", view?.Server ?? ""),
            ("serverVersion", view?.ServerVersion ?? ""),
            ("ready", view is { ServerVersion: not null } && nodes.All(node => node.Status == NodeStatus.Ready || (node.Status == NodeStatus.NotReady && !arguments.Spec.PodNetwork))),
            (Nodes, PropertyValue.ListOf(nodes.Select(ToValue))),
            ("endpoints", PropertyMap.Of(arguments.Spec.Ports.Select(port => (
                string.Create(CultureInfo.InvariantCulture, $"{port.Node}{(port.Protocol == "TCP" ? "" : "/" + port.Protocol)}"),
                (PropertyValue)string.Create(CultureInfo.InvariantCulture, $"{(port.Address == "0.0.0.0" ? PortMapping.Loopback : port.Address)}:{port.Host}"))))));
    }

    /// <summary>How the nodes stand.</summary>
    public static ImmutableArray<NodeStatus> NodesOf(ClusterArguments arguments, Observation observed, ApiView? view)
    {
        var known = (view?.Nodes ?? []).ToDictionary(node => node.Name);
        if (observed.Machines.IsEmpty)
        {
            return [.. known.Values.Select(node => new NodeStatus(node.Name, node.Role, node.IsReady ? NodeStatus.Ready : NodeStatus.NotReady, []))];
        }

        var statuses = observed.Machines.Select(machine => Status(arguments, machine, known.GetValueOrDefault(machine.Name))).ToList();
        AddMissing(NodeRoles.ControlPlane, arguments.Topology.ControlPlanes);
        AddMissing(NodeRoles.Worker, arguments.Topology.Workers);
        return [.. statuses];

        void AddMissing(string role, int wanted)
        {
            var there = observed.Machines.Count(machine => machine.Role == role);
            statuses.AddRange(Enumerable.Range(there + 1, Math.Max(0, wanted - there)).Select(number => new NodeStatus($"{role} {number}", role, NodeStatus.Missing, [])));
        }
    }

    /// <summary>How the nodes stood when outputs were written.</summary>
    public static ImmutableArray<NodeStatus> ReadNodes(PropertyMap outputs) => outputs[Nodes]?.Unwrap() is not PropertyValue.List list ? [] :
    [
        .. from item in list.Items
           let node = item.Unwrap() is PropertyValue.Map map ? map.Properties : PropertyMap.Empty
           select new NodeStatus(
               node.GetText("name") ?? "", node.GetText("role") ?? "", node.GetText("status") ?? "",
               node["differs"]?.Unwrap() is PropertyValue.List differs ? [.. differs.Items.OfType<PropertyValue.Text>().Select(text => text.Value)] : []),
    ];

    private static NodeStatus Status(ClusterArguments arguments, Machine machine, ClusterNode? node)
    {
        if (!machine.IsRunning)
        {
            return new NodeStatus(machine.Name, machine.Role, NodeStatus.Stopped, []);
        }

        if (node is null)
        {
            return new NodeStatus(machine.Name, machine.Role, NodeStatus.NotReady, []);
        }

        var change = NodeChange.Of(node, arguments.GroupOf(node.Role), before: null);
        return new NodeStatus(machine.Name, machine.Role, node.IsReady ? NodeStatus.Ready : NodeStatus.NotReady,
        [
            .. change.SetLabels.Select(label => $"label {label.Key}={label.Value}"),
            .. (change.Taints ?? []).Where(taint => !node.Taints.Contains(taint)).Select(taint => $"taint {taint}"),
        ]);
    }

    private static PropertyValue ToValue(NodeStatus node)
    {
        var value = PropertyMap.Of(("name", node.Name), ("role", node.Role), ("status", node.Status));
        return node.Differs.IsEmpty ? value : value.With("differs", PropertyValue.ListOf(node.Differs.Select(text => (PropertyValue)text)));
    }
}
