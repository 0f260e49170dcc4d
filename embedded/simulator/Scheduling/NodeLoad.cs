using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Scheduling;

/// <summary>A node with what the pods on it have asked for.</summary>
internal sealed class NodeLoad
{
    private readonly List<JsonMap> _pods;
    private readonly Dictionary<string, Quantity> _requested = new(StringComparer.Ordinal);

    /// <summary>A node and the pods on it that have not ended.</summary>
    public NodeLoad(JsonMap node, IEnumerable<JsonMap> pods)
    {
        (Node, _pods) = (node, [.. pods]);
        foreach (var (name, quantity) in _pods.SelectMany(PodRequests.Of)) _requested[name] = _requested.GetValueOrDefault(name) + quantity;
    }

    /// <summary>The node.</summary>
    public JsonMap Node { get; }

    /// <summary>The pods on it.</summary>
    public IReadOnlyList<JsonMap> Pods => _pods;

    /// <summary>How many pods are on it.</summary>
    public int PodCount => _pods.Count;

    /// <summary>How many pods with the same controller are on it.</summary>
    public int Siblings(JsonMap pod) => pod.Controller?.Text("uid") is { } owner ? _pods.Count(other => other.Controller?.Text("uid") == owner) : 0;

    /// <summary>The share of the node that is taken, from 0 to 1: the mean of processor and memory.</summary>
    public double Share => (ShareOf("cpu") + ShareOf("memory")) / 2;

    /// <summary>What the node has too little of for a pod, in the scheduler's words.</summary>
    public IReadOnlyList<string> Lacking(JsonMap pod)
    {
        var lacking = new List<string>();
        if (Capacity("pods") is { } most && PodCount >= most.Whole) lacking.Add("Too many pods");
        foreach (var (name, quantity) in PodRequests.Of(pod))
        {
            if (quantity > Quantity.Zero && (Capacity(name) ?? Quantity.Zero) < _requested.GetValueOrDefault(name) + quantity) lacking.Add($"Insufficient {name}");
        }
        return lacking;
    }

    /// <summary>Whether another pod has a port of the node that a pod asks for.</summary>
    public bool HasPortConflict(JsonMap pod)
    {
        var wanted = HostPorts(pod).ToList();
        return wanted.Count > 0 && _pods.SelectMany(HostPorts).Any(wanted.Contains);
    }

    private static IEnumerable<(long? Port, string? Protocol)> HostPorts(JsonMap pod) => pod.Maps("spec", "containers").SelectMany(container => container.Maps("ports"))
        .Where(port => port.Long("hostPort") > 0).Select(port => (port.Long("hostPort"), port.Text("protocol")));

    private double ShareOf(string name) => Capacity(name) is { Thousandths: > 0 } capacity ? (double)_requested.GetValueOrDefault(name).Thousandths / capacity.Thousandths : 0;

    private Quantity? Capacity(string name) => Quantity.Read(Node.At("status", "allocatable", name));
}
