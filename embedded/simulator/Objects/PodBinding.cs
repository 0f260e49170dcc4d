using FogInfra.Embedded.Simulator.Errors;
using FogInfra.Embedded.Simulator.Kinds;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Objects;

/// <summary>Puts pods on nodes.</summary>
internal static class PodBinding
{
    /// <summary>Puts a pod on a node.</summary>
    /// <exception cref="StatusException">There is no such pod, or it is on a node already.</exception>
    public static void Bind(ObjectWriter writer, ResourceKind pods, ObjectKey key, string node, WriteOptions options) => writer.Update(pods, key, options, current =>
    {
        if (current.IsDeleting) throw ApiErrors.Conflict(pods.Resource, key.Name, $"pod {key.Name} is being deleted, cannot be assigned to a host");
        if (current.Text("spec", "nodeName") is { Length: > 0 } taken) throw ApiErrors.Conflict(pods.Resource, key.Name, $"pod {key.Name} is already assigned to node \"{taken}\"");
        return current.Set(node, "spec", "nodeName");
    });
}
