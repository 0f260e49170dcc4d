using System.Collections.Immutable;
using System.Text.Json.Nodes;
using FogInfra.Model;

namespace FogInfra.Clusters.Nodes;

/// <summary>
/// How a node's labels and taints are brought to what is wanted: what is wanted is set, what was wanted before and no longer is goes,
/// and everything else is somebody else's and stays. Pure.
/// </summary>
/// <param name="SetLabels">Labels to set.</param>
/// <param name="RemoveLabels">Labels to take away.</param>
/// <param name="Taints">All taints that the node is to have; null when they stay as they are.</param>
internal sealed record NodeChange(
    ImmutableSortedDictionary<string, string> SetLabels, ImmutableArray<string> RemoveLabels, ImmutableArray<Taint>? Taints)
{
    /// <summary>Whether there is nothing to change.</summary>
    public bool IsEmpty => SetLabels.IsEmpty && RemoveLabels.IsEmpty && Taints is null;

    /// <summary>The change of a node.</summary>
    /// <param name="node">The node.</param>
    /// <param name="wanted">What nodes of its role are to have.</param>
    /// <param name="before">What they were to have before; null for nothing.</param>
    public static NodeChange Of(ClusterNode node, NodeGroup wanted, NodeGroup? before)
    {
        var set = wanted.Labels.Where(label => node.Labels.GetValueOrDefault(label.Key) != label.Value).ToImmutableSortedDictionary(StringComparer.Ordinal);
        var remove = (before?.Labels.Keys ?? []).Where(key => !wanted.Labels.ContainsKey(key) && node.Labels.ContainsKey(key)).ToImmutableArray();

        // A key with an effect is what Kubernetes knows a taint by.
        bool IsOurs(Taint taint, IEnumerable<Taint> ours) => ours.Any(other => other.Key == taint.Key && other.Effect == taint.Effect);
        var others = node.Taints.Where(taint => !IsOurs(taint, wanted.Taints) && !IsOurs(taint, before?.Taints ?? []));
        ImmutableArray<Taint> taints = [.. others, .. wanted.Taints];
        return new NodeChange(set, remove, taints.ToHashSet().SetEquals(node.Taints) ? null : taints);
    }

    /// <summary>The change as a JSON patch (RFC 6902) that fails when the taints have changed meanwhile.</summary>
    public byte[] ToPatch(ClusterNode node)
    {
        var operations = new JsonArray();
        void Add(string op, string path, JsonNode? value) => operations.Add(new JsonObject { ["op"] = op, ["path"] = path, ["value"] = value });
        foreach (var (key, value) in SetLabels)
        {
            Add("add", LabelPath(key), value);
        }

        foreach (var key in RemoveLabels)
        {
            operations.Add(new JsonObject { ["op"] = "remove", ["path"] = LabelPath(key) });
        }

        if (Taints is { } taints)
        {
            if (!node.Taints.IsEmpty)
            {
                Add("test", "/spec/taints", JsonNode.Parse(node.RawTaints.GetRawText()));
            }

            Add("add", "/spec/taints", new JsonArray([.. taints.Select(taint => ToJson(taint, node))]));
        }

        return System.Text.Encoding.UTF8.GetBytes(operations.ToJsonString());
    }

    // A taint that stays keeps its other fields, such as since when it is there.
    private static JsonNode ToJson(Taint taint, ClusterNode node)
    {
        var index = node.Taints.IndexOf(taint);
        if (index >= 0)
        {
            return JsonNode.Parse(node.RawTaints[index].GetRawText())!;
        }

        var json = new JsonObject { ["key"] = taint.Key, ["effect"] = taint.Effect };
        if (taint.Value.Length > 0)
        {
            json["value"] = taint.Value;
        }

        return json;
    }

    private static string LabelPath(string key) => $"/metadata/labels/{key.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
}
