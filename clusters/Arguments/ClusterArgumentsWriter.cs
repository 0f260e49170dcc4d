using FogInfra.Embedded.Protocol.Values;
using FogInfra.Model;

namespace FogInfra.Clusters.Arguments;

/// <summary>
/// Writes arguments as inputs in one form, whichever way they were given: what is not set is left out, what has a default has it.
/// So two descriptions of the same cluster are equal.
/// </summary>
internal static class ClusterArgumentsWriter
{
    /// <summary>Writes arguments.</summary>
    public static PropertyMap Write(ClusterArguments arguments)
    {
        var spec = arguments.Spec;
        var values = new List<(string Name, PropertyValue Value)> { ("name", arguments.Name), ("engine", arguments.Engine.Name) };
        void Add(string name, PropertyValue? value)
        {
            if (value is not null)
            {
                values.Add((name, value));
            }
        }

        Add("layer", arguments.Layer?.Name() is { } layer ? layer : (PropertyValue?)null);
        if (arguments.Engine is ClusterEngine.Existing existing)
        {
            Add("kubeconfig", existing.Kubeconfig);
            Add("context", TextOrNull(existing.Context));
            return PropertyMap.Of(values);
        }

        Add("topology", PropertyMap.Of(("controlPlanes", arguments.Topology.ControlPlanes), ("workers", arguments.Topology.Workers)));
        Add("version", TextOrNull(spec.Version));
        Add("image", TextOrNull(spec.Image));
        Add("controlPlane", GroupOrNull(spec.ControlPlane));
        Add("worker", GroupOrNull(spec.Worker));
        Add("ports", ListOrNull(spec.Ports.Select(Port)));
        Add("mounts", ListOrNull(spec.Mounts.Select(Mount)));
        Add("mirrors", MapOrNull(spec.Mirrors.Select(mirror => (mirror.Key, ListOrNull(mirror.Value.Select(endpoint => (PropertyValue)endpoint)) ?? PropertyValue.ListOf()))));
        Add("podNetwork", spec.PodNetwork ? null : (PropertyValue)false);
        Add("featureGates", MapOrNull(spec.FeatureGates.Select(gate => (gate.Key, (PropertyValue)gate.Value))));
        Add("subnet", TextOrNull(spec.Subnet));
        Add("link", spec.Link is { } link
            ? PropertyMap.Of(("delayMilliseconds", link.DelayMilliseconds), ("bandwidthKilobits", link.BandwidthKilobits))
            : (PropertyValue?)null);
        Add("architecture", TextOrNull(spec.Architecture));
        Add("simulatedImages", ListOrNull(arguments.SimulatedImages.Select(image => (PropertyValue)image)));
        return PropertyMap.Of(values);
    }

    private static PropertyValue? GroupOrNull(NodeGroup group)
    {
        var values = new List<(string, PropertyValue)>();
        if (!group.Labels.IsEmpty)
        {
            values.Add(("labels", PropertyMap.Of(group.Labels.Select(label => (label.Key, (PropertyValue)label.Value)))));
        }

        if (!group.Taints.IsEmpty)
        {
            values.Add(("taints", PropertyValue.ListOf(group.Taints.Select(taint => (PropertyValue)taint.ToString()))));
        }

        if (group.Cpu is { } cpu)
        {
            values.Add(("cpu", cpu));
        }

        if (group.Memory is { } memory)
        {
            values.Add(("memory", memory));
        }

        return MapOrNull(values);
    }

    private static PropertyValue Port(PortMapping port) =>
        PropertyMap.Of(("host", port.Host), ("node", port.Node), ("protocol", port.Protocol), ("address", port.Address));

    private static PropertyValue Mount(NodeMount mount) => PropertyMap.Of(("host", mount.Host), ("node", mount.Node), ("readOnly", mount.ReadOnly));

    private static PropertyValue? TextOrNull(string? text) => text is null ? null : (PropertyValue)text;

    private static PropertyValue? ListOrNull(IEnumerable<PropertyValue> items) => items.ToList() is { Count: > 0 } list ? PropertyValue.ListOf(list) : null;

    private static PropertyValue? MapOrNull(IEnumerable<(string, PropertyValue)> values) => values.ToList() is { Count: > 0 } list ? PropertyMap.Of(list) : (PropertyValue?)null;
}
