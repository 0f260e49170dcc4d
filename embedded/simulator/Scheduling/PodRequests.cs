using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Scheduling;

/// <summary>What a pod asks of its node.</summary>
internal static class PodRequests
{
    /// <summary>
    /// The quantities by name: the sum of its containers, or of its init containers where one of those alone asks for more, and its overhead.
    /// </summary>
    public static IReadOnlyDictionary<string, Quantity> Of(JsonMap pod)
    {
        var spec = pod.Map("spec");
        var total = new Dictionary<string, Quantity>(StringComparer.Ordinal);
        foreach (var (name, quantity) in Requests(spec, "containers")) total[name] = total.GetValueOrDefault(name) + quantity;
        foreach (var (name, quantity) in Requests(spec, "initContainers"))
        {
            if (total.GetValueOrDefault(name) < quantity) total[name] = quantity;
        }
        foreach (var (name, value) in spec.Map("overhead"))
        {
            if (Quantity.Read(value) is { } quantity) total[name] = total.GetValueOrDefault(name) + quantity;
        }
        return total;
    }

    private static IEnumerable<(string Name, Quantity Quantity)> Requests(JsonMap spec, string containers) =>
        spec.Maps(containers).SelectMany(container => container.Map("resources", "requests")).Select(request => (request.Key, Quantity.Read(request.Value) ?? Quantity.Zero));
}
