using FogInfra.Embedded.Simulator.Scheduling;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Controllers.Workloads;

/// <summary>The pods of a DaemonSet, one for each node that it is meant for: pure functions.</summary>
internal static class DaemonPods
{
    // Daemons stay where other pods must go, see https://kubernetes.io/docs/concepts/workloads/controllers/daemonset/#taints-and-tolerations.
    private static readonly (string Key, string Effect)[] Tolerated =
    [
        ("node.kubernetes.io/not-ready", "NoExecute"), ("node.kubernetes.io/unreachable", "NoExecute"), ("node.kubernetes.io/disk-pressure", "NoSchedule"),
        ("node.kubernetes.io/memory-pressure", "NoSchedule"), ("node.kubernetes.io/pid-pressure", "NoSchedule"), ("node.kubernetes.io/unschedulable", "NoSchedule"),
    ];

    /// <summary>Whether a node is to have a pod of it.</summary>
    public static bool BelongsOn(JsonMap set, JsonMap node)
    {
        var spec = WithTolerations(set.Map("spec", "template", "spec"));
        return NodeFit.MatchesAffinity(spec, node)
            && !node.Maps("spec", "taints").Any(taint => taint.Text("effect") is "NoSchedule" or "NoExecute" && !NodeFit.Tolerates(spec, taint));
    }

    /// <summary>The pod for a node: the scheduler puts it there and nowhere else.</summary>
    public static JsonMap Pod(JsonMap set, string hash, string node)
    {
        var pod = PodTemplates.ToPod(set, set.Map("spec", "template"));
        var onNode = JsonMap.Of(("nodeSelectorTerms", JsonList.Of([JsonMap.Of(("matchFields", JsonList.Of([
            JsonMap.Of(("key", "metadata.name"), ("operator", "In"), ("values", JsonList.FromTexts([node])))])))])));
        return pod
            .Set(hash, "metadata", "labels", TemplateHistory.Label)
            .Edit("spec", spec => WithTolerations(spec).Set(onNode, "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution"));
    }

    /// <summary>The node that a pod was made for.</summary>
    public static string NodeOf(JsonMap pod) => pod.Text("spec", "nodeName") is { Length: > 0 } name
        ? name
        : pod.Maps("spec", "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms")
            .SelectMany(term => term.Maps("matchFields")).SelectMany(field => field.List("values").Texts()).FirstOrDefault() ?? "";

    private static JsonMap WithTolerations(JsonMap spec) => spec.With("tolerations", JsonList.From(spec.List("tolerations").Concat(Tolerated.Select(one =>
        JsonMap.Of(("key", one.Key), ("operator", "Exists"), ("effect", one.Effect)))).Distinct()));
}
