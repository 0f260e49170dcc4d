using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Scheduling;

/// <summary>What a pod would rather have of its node.</summary>
internal static class NodePreference
{
    private const string SoftRules = "preferredDuringSchedulingIgnoredDuringExecution";

    /// <summary>How well a node suits a pod: the sum of the weights of the preferences that it meets.</summary>
    public static long Weight(JsonMap pod, JsonMap node) => pod.Maps("spec", "affinity", "nodeAffinity", SoftRules)
        .Where(rule => rule.At("preference") is JsonMap preference && NodeFit.MatchesTerm(preference, node)).Sum(rule => rule.Long("weight") ?? 0);

    /// <summary>How many taints a node has that ask pods to stay away, without keeping them away, and that the pod does not tolerate.</summary>
    public static int Discouraging(JsonMap pod, JsonMap node) => node.Maps("spec", "taints")
        .Count(taint => taint.Text("effect") == "PreferNoSchedule" && !NodeFit.Tolerates(pod.Map("spec"), taint));
}
