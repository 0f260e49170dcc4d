using FogInfra.Embedded.Simulator.Selectors;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Scheduling;

/// <summary>Why a pod cannot be put on a node.</summary>
/// <param name="Reasons">The reasons in the scheduler's words; none when it fits.</param>
/// <param name="CouldPreempt">Whether ending other pods could make room.</param>
internal sealed record NodeFit(IReadOnlyList<string> Reasons, bool CouldPreempt)
{
    private const string UnschedulableTaint = "node.kubernetes.io/unschedulable";

    /// <summary>Whether the pod fits.</summary>
    public bool Fits => Reasons.Count == 0;

    /// <summary>Looks whether a pod fits on a node beside the pods that are there. The first kind of reason counts, as in the scheduler.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="load">The node.</param>
    /// <param name="all">All nodes, the one among them.</param>
    /// <param name="reachesVolumes">Whether the pod's volumes can be reached from there.</param>
    public static NodeFit Of(JsonMap pod, NodeLoad load, IReadOnlyList<NodeLoad> all, bool reachesVolumes)
    {
        var (spec, node) = (pod.Map("spec"), load.Node);
        if (node.Flag("spec", "unschedulable") && !Tolerates(spec, JsonMap.Of(("key", UnschedulableTaint), ("effect", "NoSchedule")))) return Never("node(s) were unschedulable");
        var taint = node.Maps("spec", "taints").FirstOrDefault(taint => taint.Text("effect") is "NoSchedule" or "NoExecute" && !Tolerates(spec, taint));
        if (taint is not null) return Never($"node(s) had untolerated taint {{{taint.Text("key")}: {taint.Text("value")}}}");
        if (!MatchesAffinity(spec, node)) return Never("node(s) didn't match Pod's node affinity/selector");
        if (load.HasPortConflict(pod)) return new NodeFit(["node(s) didn't have free ports for the requested pod ports"], CouldPreempt: true);
        if (load.Lacking(pod) is { Count: > 0 } lacking) return new NodeFit(lacking, CouldPreempt: true);
        if (!reachesVolumes) return Never("node(s) had volume node affinity conflict");
        return PodPlacementRules.Obstacle(pod, node, all) is { } obstacle ? new NodeFit([obstacle], CouldPreempt: true) : new NodeFit([], CouldPreempt: true);
    }

    /// <summary>Whether a pod tolerates a taint.</summary>
    public static bool Tolerates(JsonMap spec, JsonMap taint) => spec.Maps("tolerations").Any(toleration =>
        (toleration.Text("effect") is null or "" || toleration.Text("effect") == taint.Text("effect"))
        && (toleration.Text("key") is null or "" || toleration.Text("key") == taint.Text("key"))
        && (toleration.Text("operator") == "Exists" || (toleration.Text("value") ?? "") == (taint.Text("value") ?? "")));

    /// <summary>Whether a node is one of those that a pod asks for.</summary>
    public static bool MatchesAffinity(JsonMap spec, JsonMap node)
    {
        if (!LabelSelector.Of(spec.Map("nodeSelector")).Matches(node.Labels)) return false;
        var required = spec.At("affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution");
        return required is null || required.Maps("nodeSelectorTerms").Any(term => MatchesTerm(term, node));
    }

    /// <summary>Whether a node meets a term of a node selector.</summary>
    public static bool MatchesTerm(JsonMap term, JsonMap node)
    {
        var (labels, fields) = (term.Maps("matchExpressions").ToList(), term.Maps("matchFields").ToList());
        if (labels.Count + fields.Count == 0) return false; // An empty term matches nothing.
        var names = JsonMap.Of(("metadata.name", node.Name));
        return labels.TrueForAll(expression => LabelSelector.ReadExpression(expression).Matches(node.Labels))
            && fields.TrueForAll(expression => LabelSelector.ReadExpression(expression).Matches(names));
    }

    private static NodeFit Never(string reason) => new([reason], CouldPreempt: false);
}
