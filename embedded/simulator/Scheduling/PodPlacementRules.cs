using FogInfra.Embedded.Simulator.Selectors;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Scheduling;

/// <summary>What pods demand of the pods near them: affinity, anti-affinity and even spreading over zones of nodes.</summary>
internal static class PodPlacementRules
{
    private const string HardRules = "requiredDuringSchedulingIgnoredDuringExecution";

    /// <summary>Why a pod cannot be on a node because of other pods, in the scheduler's words; null when it can.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="node">The node.</param>
    /// <param name="all">All nodes with their pods.</param>
    public static string? Obstacle(JsonMap pod, JsonMap node, IReadOnlyList<NodeLoad> all)
    {
        if (pod.Maps("spec", "topologySpreadConstraints").Any(constraint => constraint.Text("whenUnsatisfiable") != "ScheduleAnyway" && !KeepsSpread(constraint, pod, node, all)))
        {
            return "node(s) didn't match pod topology spread constraints";
        }
        if (Terms(pod, "podAffinity").Any(term => !IsNear(term, pod, node, all))) return "node(s) didn't match pod affinity rules";
        if (Terms(pod, "podAntiAffinity").Any(term => HasMatch(term, pod, node, all))) return "node(s) didn't match pod anti-affinity rules";
        return all.Any(load => load.Pods.Any(other => Terms(other, "podAntiAffinity").Any(term => Selects(term, other, pod) && IsSameZone(term, load.Node, node))))
            ? "node(s) didn't satisfy existing pods anti-affinity rules"
            : null;
    }

    private static IEnumerable<JsonMap> Terms(JsonMap pod, string kind) => pod.Maps("spec", "affinity", kind, HardRules);

    // The first pod of a group that wants to be near its like may go anywhere.
    private static bool IsNear(JsonMap term, JsonMap pod, JsonMap node, IReadOnlyList<NodeLoad> all)
    {
        if (node.Labels.Text(term.Text("topologyKey") ?? "") is null) return false;
        return HasMatch(term, pod, node, all) || (Selects(term, pod, pod) && !all.Any(load => load.Pods.Any(other => Selects(term, pod, other))));
    }

    private static bool HasMatch(JsonMap term, JsonMap pod, JsonMap node, IReadOnlyList<NodeLoad> all) =>
        all.Any(load => IsSameZone(term, load.Node, node) && load.Pods.Any(other => Selects(term, pod, other)));

    private static bool IsSameZone(JsonMap term, JsonMap left, JsonMap right)
    {
        var key = term.Text("topologyKey") ?? "";
        return left.Labels.Text(key) is { } zone && right.Labels.Text(key) == zone;
    }

    private static bool Selects(JsonMap term, JsonMap owner, JsonMap other)
    {
        var spaces = term.List("namespaces").Texts().ToList();
        var inSpace = spaces.Count == 0 && term.At("namespaceSelector") is null ? other.Namespace == owner.Namespace : spaces.Contains(other.Namespace) || term.At("namespaceSelector") is JsonMap { Count: 0 };
        return inSpace && term.At("labelSelector") is { } selector && LabelSelector.Read(selector).Matches(other.Labels);
    }

    private static bool KeepsSpread(JsonMap constraint, JsonMap pod, JsonMap node, IReadOnlyList<NodeLoad> all)
    {
        var key = constraint.Text("topologyKey") ?? "";
        if (node.Labels.Text(key) is not { } zone) return false;
        var selector = LabelSelector.Read(constraint.At("labelSelector"));
        var counts = all.Where(load => load.Node.Labels.Text(key) is not null && NodeFit.MatchesAffinity(pod.Map("spec"), load.Node))
            .GroupBy(load => load.Node.Labels.Text(key)!, StringComparer.Ordinal)
            .ToDictionary(loads => loads.Key, loads => loads.Sum(load => load.Pods.Count(other => other.Namespace == pod.Namespace && !other.IsDeleting && selector.Matches(other.Labels))), StringComparer.Ordinal);
        if (!counts.TryGetValue(zone, out var here)) return true;
        var self = selector.Matches(pod.Labels) ? 1 : 0;
        var least = counts.Count < (constraint.Long("minDomains") ?? 1) ? 0 : counts.Values.Min();
        return here + self - least <= (constraint.Long("maxSkew") ?? 1);
    }
}
