using FogInfra.Embedded.Simulator.Clusters;
using FogInfra.Model;

namespace FogInfra.Clusters;

/// <summary>The nodes of a simulated cluster: what one would expect to find on its layer.</summary>
internal static class SimulatedNodes
{
    /// <summary>The label that says on which layer a node stands.</summary>
    public const string LayerLabel = "foginfra.dev/layer";

    /// <summary>The nodes of a cluster.</summary>
    public static IReadOnlyList<NodeSpec> Of(Cluster cluster) =>
        [.. Enumerable.Range(1, cluster.Nodes).Select(number => NodeOf(cluster, number))];

    private static NodeSpec NodeOf(Cluster cluster, int number)
    {
        var (cpu, memory, architecture) = cluster.Layer switch
        {
            Layer.Cloud => ("16", "64Gi", "amd64"),
            Layer.Fog => ("8", "16Gi", "amd64"),
            _ => ("4", "4Gi", "arm64"),
        };
        return new NodeSpec
        {
            Name = $"{cluster.Name}-node-{number}",
            Labels = new Dictionary<string, string> { [LayerLabel] = cluster.Layer.Name() },
            Cpu = cpu,
            Memory = memory,
            Architecture = architecture,
        };
    }
}
