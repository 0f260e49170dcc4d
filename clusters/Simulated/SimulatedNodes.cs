using System.Globalization;
using FogInfra.Clusters.Arguments;
using FogInfra.Embedded.Simulator.Clusters;
using FogInfra.Model;
using ClusterSpec = FogInfra.Embedded.Simulator.Clusters.ClusterSpec;

namespace FogInfra.Clusters.Simulated;

/// <summary>The nodes of a simulated cluster: what one would expect to find on its layer, or what is asked for. Pure.</summary>
internal static class SimulatedNodes
{
    private const string RoleLabel = "node-role.kubernetes.io/control-plane";

    /// <summary>The simulator's description of a cluster.</summary>
    public static ClusterSpec SpecOf(ClusterArguments arguments)
    {
        var spec = new ClusterSpec { Name = arguments.Name, Nodes = Of(arguments) };
        return arguments.SimulatedImages.IsEmpty ? spec : spec with { Images = arguments.SimulatedImages };
    }

    /// <summary>The nodes.</summary>
    public static IReadOnlyList<NodeSpec> Of(ClusterArguments arguments)
    {
        var topology = arguments.Topology;
        return
        [
            .. Enumerable.Range(1, topology.ControlPlanes).Select(number => NodeOf(arguments, NodeRoles.ControlPlane, number)),
            .. Enumerable.Range(1, topology.Workers).Select(number => NodeOf(arguments, NodeRoles.Worker, number)),
        ];
    }

    private static NodeSpec NodeOf(ClusterArguments arguments, string role, int number)
    {
        var (cpu, memory, architecture) = arguments.Layer switch
        {
            Layer.Fog => ("8", "16Gi", "amd64"),
            Layer.Edge => ("4", "4Gi", "arm64"),
            _ => ("16", "64Gi", "amd64"),
        };
        var group = arguments.GroupOf(role);
        var labels = group.Labels.ToDictionary();
        var taints = group.Taints.Select(taint => new NodeTaint(taint.Key, taint.Effect, taint.Value)).ToList();
        if (role == NodeRoles.ControlPlane)
        {
            labels.TryAdd(RoleLabel, "");
            if (arguments.Topology.Workers > 0)
            {
                // As kubeadm does it: with workers there, work is not for the control plane.
                taints.Add(new NodeTaint(RoleLabel, "NoSchedule"));
            }
        }

        return new NodeSpec
        {
            Name = NameOf(arguments, role, number),
            Labels = labels,
            Taints = taints,
            Cpu = group.Cpu ?? cpu,
            Memory = group.Memory ?? memory,
            Architecture = arguments.Spec.Architecture is "amd64" or "arm64" ? arguments.Spec.Architecture : architecture,
        };
    }

    // A control plane without a node has nodes, not workers.
    private static string NameOf(ClusterArguments arguments, string role, int number) => arguments.Topology.ControlPlanes == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{arguments.Name}-node-{number}")
        : string.Create(CultureInfo.InvariantCulture, $"{arguments.Name}-{role}{(number == 1 ? "" : number)}");
}
