using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Scheduling;

/// <summary>Where a pod goes, or why it goes nowhere.</summary>
internal abstract record SchedulingDecision
{
    /// <summary>Decides for a pod: of the nodes that it fits on, the one that suits it best, then the one with the fewest pods of the same workload, then the one with the most room.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="nodes">All nodes.</param>
    /// <param name="reachesVolumes">Whether the pod's volumes can be reached from a node.</param>
    public static SchedulingDecision For(JsonMap pod, IReadOnlyList<NodeLoad> nodes, Func<JsonMap, bool> reachesVolumes)
    {
        var fits = nodes.Select(node => (Node: node, Fit: NodeFit.Of(pod, node, nodes, reachesVolumes(node.Node)))).ToList();
        var best = fits.Where(candidate => candidate.Fit.Fits)
            .OrderBy(candidate => NodePreference.Discouraging(pod, candidate.Node.Node)).ThenByDescending(candidate => NodePreference.Weight(pod, candidate.Node.Node))
            .ThenBy(candidate => candidate.Node.Siblings(pod)).ThenBy(candidate => candidate.Node.Share).ThenBy(candidate => candidate.Node.PodCount)
            .ThenBy(candidate => candidate.Node.Node.Name, StringComparer.Ordinal).FirstOrDefault();
        return best.Node is not null ? new Place(best.Node.Node.Name) : new Nowhere(Explain(fits.ConvertAll(candidate => candidate.Fit)));
    }

    private static string Explain(List<NodeFit> fits)
    {
        if (fits.Count == 0) return "no nodes available to schedule pods";
        var hopeless = fits.Count(fit => !fit.CouldPreempt);
        var preemption = new[]
        {
            (Count: fits.Count - hopeless, Text: "No preemption victims found for incoming pod"),
            (Count: hopeless, Text: "Preemption is not helpful for scheduling"),
        };
        return $"0/{fits.Count} nodes are available: {Listed(fits.SelectMany(fit => fit.Reasons).CountBy(reason => reason).Select(reason => (reason.Value, reason.Key)))}. "
            + $"preemption: 0/{fits.Count} nodes are available: {Listed(preemption.Where(one => one.Count > 0))}.";
    }

    private static string Listed(IEnumerable<(int Count, string Text)> reasons) =>
        string.Join(", ", reasons.Select(reason => $"{reason.Count} {reason.Text}").Order(StringComparer.Ordinal));

    /// <summary>It goes to a node.</summary>
    public sealed record Place(string Node) : SchedulingDecision;

    /// <summary>It goes nowhere, in the scheduler's words.</summary>
    public sealed record Nowhere(string Message) : SchedulingDecision;
}
