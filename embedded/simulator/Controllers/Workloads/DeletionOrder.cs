using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Controllers.Workloads;

/// <summary>
/// Which pods go first when there are too many: those that do the least. Not on a node, pending, not ready, cheaper by their annotation, ready for less time,
/// restarted more often, younger.
/// </summary>
internal static class DeletionOrder
{
    private const string Cost = "controller.kubernetes.io/pod-deletion-cost";

    /// <summary>The order at a time.</summary>
    public static IComparer<JsonMap> Of(DateTimeOffset now) => Comparer<JsonMap>.Create((left, right) => Rank(left, now).CompareTo(Rank(right, now)));

    private static (bool, int, bool, long, TimeSpan, long, TimeSpan, string) Rank(JsonMap pod, DateTimeOffset now) => (
        pod.Text("spec", "nodeName") is { Length: > 0 },
        pod.Text("status", "phase") switch { "Pending" => 0, "Unknown" => 1, _ => 2 },
        pod.IsReady,
        long.TryParse(pod.Annotations.Text(Cost), out var cost) ? cost : 0,
        now - (KubernetesTime.Parse(pod.Condition("Ready")?.Text("lastTransitionTime")) ?? now),
        -pod.Maps("status", "containerStatuses").Sum(status => status.Long("restartCount") ?? 0),
        now - pod.CreatedAt,
        pod.Name);
}
