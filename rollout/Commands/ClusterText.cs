using System.Text.Json.Nodes;
using FogInfra.Clusters;
using FogInfra.Model;
using FogInfra.Rollout.Show;
using Spectre.Console;

namespace FogInfra.Rollout.Commands;

/// <summary>Clusters and nodes as tables and as JSON.</summary>
internal static class ClusterText
{
    public static void Write(IAnsiConsole console, IEnumerable<ClusterState> clusters)
    {
        var columns = new TextColumns("NAME", "LAYER", "RING", "PARENT", "ENGINE", "NODES", "STATUS", "KUBECONFIG");
        foreach (var state in clusters)
        {
            var cluster = state.Cluster;
            columns.Add(
                cluster.Name, cluster.Layer.Name(), cluster.Ring, cluster.Parent ?? "-", cluster.Engine.Name, NodesOf(state), state.Status, state.Kubeconfig ?? "-");
        }

        columns.Write(console);
    }

    public static void WriteNodes(IAnsiConsole console, ClusterState state)
    {
        var columns = new TextColumns("NAME", "ROLE", "STATUS", "VERSION", "DIFFERS");
        foreach (var node in state.Nodes)
        {
            columns.Add(node.Name, node.Role, node.Status, node.Version.Length == 0 ? "-" : node.Version, node.Drift.IsEmpty ? "-" : string.Join(", ", node.Drift));
        }

        columns.Write(console);
    }

    public static JsonArray ToJson(IEnumerable<ClusterState> clusters) => new([.. clusters.Select(state => new JsonObject
    {
        ["name"] = state.Cluster.Name,
        ["layer"] = state.Cluster.Layer.Name(),
        ["ring"] = state.Cluster.Ring,
        ["parent"] = state.Cluster.Parent,
        ["engine"] = state.Cluster.Engine.Name,
        ["status"] = state.Status,
        ["kubeconfig"] = state.Kubeconfig,
        ["server"] = state.Server,
        ["nodes"] = NodesToJson(state),
    })]);

    public static JsonArray NodesToJson(ClusterState state) => new([.. state.Nodes.Select(node => new JsonObject
    {
        ["name"] = node.Name,
        ["role"] = node.Role,
        ["status"] = node.Status,
        ["version"] = node.Version,
        ["differs"] = ToJson(node.Drift),
    })]);

    public static JsonArray ToJson(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);

    public static JsonObject ChangesToJson(IEnumerable<KeyValuePair<string, string>> changes) =>
        new(changes.Select(change => KeyValuePair.Create<string, JsonNode?>(change.Key, change.Value)));

    private static string NodesOf(ClusterState state) =>
        !state.Nodes.IsEmpty ? $"{state.Nodes.Length}"
        : state.Cluster.Spec.Topology is { } topology ? $"{topology.Nodes}"
        : state.Cluster.Engine is ClusterEngine.Simulated ? $"{state.Cluster.Nodes}" : "-";
}
