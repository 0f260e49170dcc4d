using FogInfra.Embedded.Simulator.Rules;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Clusters;

/// <summary>What is wrong with a wanted cluster.</summary>
internal static class SpecChecks
{
    private static readonly string[] Effects = ["NoExecute", "NoSchedule", "PreferNoSchedule"];

    /// <summary>All faults, each with the field that has it; none when the cluster can be made.</summary>
    public static IReadOnlyList<string> Faults(ClusterSpec spec)
    {
        var faults = new List<string>();
        if (Names.LabelFault(spec.Name) is { } fault) faults.Add($"name: \"{spec.Name}\": {fault}");
        if (spec.Nodes.Count > 256) faults.Add("nodes: a simulated cluster has at most 256");
        for (var i = 0; i < spec.Nodes.Count; i++) faults.AddRange(Faults(spec.Nodes[i]).Select(one => $"nodes[{i}].{one}"));
        faults.AddRange(spec.Nodes.CountBy(node => node.Name).Where(name => name.Value > 1).Select(name => $"nodes: the name \"{name.Key}\" is there {name.Value} times"));
        faults.AddRange(spec.Images.Where(string.IsNullOrWhiteSpace).Select(_ => "images: a pattern must not be empty"));
        faults.AddRange(typeof(ClusterTimings).GetProperties().Where(timing => timing.GetValue(spec.Timings) is TimeSpan { Ticks: < 0 }).Select(timing => $"timings.{timing.Name}: must not be negative"));
        return faults;
    }

    private static IEnumerable<string> Faults(NodeSpec node)
    {
        if (Names.SubdomainFault(node.Name) is { } fault) yield return $"name: \"{node.Name}\": {fault}";
        foreach (var error in Names.LabelFaults(JsonMap.FromTexts(node.Labels), "labels")) yield return error.ToString();
        foreach (var taint in node.Taints.Where(taint => !Effects.Contains(taint.Effect)))
        {
            yield return $"taints: \"{taint.Key}\": the effect \"{taint.Effect}\" is not one of {string.Join(", ", Effects)}";
        }
        if (Quantity.Parse(node.Cpu) is null) yield return $"cpu: \"{node.Cpu}\" is not a quantity such as 4 or 500m";
        if (Quantity.Parse(node.Memory) is null) yield return $"memory: \"{node.Memory}\" is not a quantity such as 8Gi";
        if (node.Pods < 0) yield return "pods: must not be negative";
    }
}
