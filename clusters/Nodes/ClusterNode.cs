using System.Collections.Immutable;
using System.Text.Json;
using FogInfra.Clusters.Arguments;
using FogInfra.Embedded.Kubernetes.Client;
using FogInfra.Model;

namespace FogInfra.Clusters.Nodes;

/// <summary>A node as Kubernetes has it.</summary>
internal sealed record ClusterNode
{
    private static readonly string[] ControlPlaneLabels = ["node-role.kubernetes.io/control-plane", "node-role.kubernetes.io/master"];

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>One of <see cref="NodeRoles"/>.</summary>
    public required string Role { get; init; }

    /// <summary>Whether it is ready.</summary>
    public required bool IsReady { get; init; }

    /// <summary>When its kubelet has told of it last, to the second; null when it never did.</summary>
    public required DateTimeOffset? LastHeartbeat { get; init; }

    /// <summary>The version of its kubelet, for example <c>v1.33.1</c>.</summary>
    public required string Version { get; init; }

    /// <summary>Its labels.</summary>
    public required ImmutableSortedDictionary<string, string> Labels { get; init; }

    /// <summary>Its taints.</summary>
    public required ImmutableArray<Taint> Taints { get; init; }

    /// <summary>The taints as Kubernetes gave them; they may have more fields than are read here.</summary>
    public JsonElement RawTaints { get; init; }

    /// <summary>Reads a node.</summary>
    public static ClusterNode Read(KubeObject node)
    {
        var labels = node.At("metadata", "labels") is { ValueKind: JsonValueKind.Object } map
            ? map.EnumerateObject().ToImmutableSortedDictionary(label => label.Name, label => label.Value.GetString() ?? "", StringComparer.Ordinal)
            : ImmutableSortedDictionary<string, string>.Empty;
        return new ClusterNode
        {
            Name = node.Name,
            Role = ControlPlaneLabels.Any(labels.ContainsKey) ? NodeRoles.ControlPlane : NodeRoles.Worker,
            IsReady = node.Condition("Ready") is { IsTrue: true },
            LastHeartbeat = node.Items("status", "conditions").Where(condition => condition.GetProperty("type").ValueEquals("Ready")).Select(HeartbeatIn).FirstOrDefault(),
            Version = node.Text("status", "nodeInfo", "kubeletVersion") ?? "",
            Labels = labels,
            Taints = [.. node.Items("spec", "taints").Select(ReadTaint)],
            RawTaints = node.At("spec", "taints"),
        };
    }

    private static DateTimeOffset? HeartbeatIn(JsonElement condition) =>
        condition.TryGetProperty("lastHeartbeatTime", out var time) && time.ValueKind == JsonValueKind.String && time.TryGetDateTimeOffset(out var at) ? at : null;

    private static Taint ReadTaint(JsonElement taint) => new(
        taint.GetProperty("key").GetString() ?? "",
        taint.TryGetProperty("value", out var value) ? value.GetString() ?? "" : "",
        taint.GetProperty("effect").GetString() ?? "");
}
