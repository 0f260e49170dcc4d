using System.Collections.Immutable;

namespace FogInfra.Model.Documents;

/// <summary>Reads how a cluster of a fleet document is to be made.</summary>
internal static class ClusterSpecReader
{
    private static readonly string[] Protocols = ["TCP", "UDP", "SCTP"];

    public static ClusterSpec Read(string name, ClusterEngine engine, YamlMap map)
    {
        var spec = new ClusterSpec
        {
            Topology = ReadTopology(map),
            Version = map.Text("version"),
            Image = map.Text("image"),
            ControlPlane = ReadGroup(map, "controlPlane"),
            Worker = ReadGroup(map, "worker"),
            Ports = [.. map.Maps("ports").Select(ReadPort).ToList()],
            Mounts = [.. map.Maps("mounts").Select(ReadMount).ToList()],
            Mirrors = ReadMirrors(map),
            PodNetwork = map.Truth("podNetwork") ?? true,
            FeatureGates = ReadGates(map),
            Subnet = map.Text("subnet"),
            Link = ReadLink(map),
            Architecture = map.Text("architecture"),
        };
        foreach (var fault in ClusterSpecFaults.Of(name, engine, spec))
        {
            map.FaultAt(fault.Path, fault.Reason);
        }

        return spec;
    }

    private static Topology? ReadTopology(YamlMap map)
    {
        if (map.Map("topology") is not { } topology)
        {
            return null;
        }

        // Bounds are the business of the faults, which know more of the cluster.
        var read = new Topology(topology.WholeNumber("controlPlanes", int.MinValue) ?? 1, topology.WholeNumber("workers", int.MinValue) ?? 0);
        topology.Close();
        return read;
    }

    private static NodeGroup ReadGroup(YamlMap map, string name)
    {
        if (map.Map(name) is not { } group)
        {
            return new NodeGroup();
        }

        var read = new NodeGroup
        {
            Labels = group.TextEntries("labels").ToImmutableSortedDictionary(StringComparer.Ordinal),
            Taints = ReadTaints(group),
            Cpu = group.Text("cpu"),
            Memory = group.Text("memory"),
        };
        group.Close();
        return read;
    }

    private static ImmutableArray<Taint> ReadTaints(YamlMap group)
    {
        var taints = ImmutableArray.CreateBuilder<Taint>();
        foreach (var (text, index) in group.Texts("taints").Select((text, index) => (text, index)))
        {
            if (Taint.TryParse(text, out var taint))
            {
                taints.Add(taint);
            }
            else
            {
                group.FaultItem("taints", index, $"'{text}' is no taint; expected {Taint.Form}.");
            }
        }

        return taints.ToImmutable();
    }

    private static PortMapping ReadPort(YamlMap map)
    {
        var port = new PortMapping(
            map.RequiredWholeNumber("host", int.MinValue, int.MaxValue),
            map.RequiredWholeNumber("node", int.MinValue, int.MaxValue),
            map.Choice("protocol", Protocols) ?? "TCP",
            map.Text("address") ?? PortMapping.Loopback);
        map.Close();
        return port;
    }

    private static NodeMount ReadMount(YamlMap map)
    {
        var mount = new NodeMount(map.RequiredText("host"), map.RequiredText("node"), map.Truth("readOnly") ?? false);
        map.Close();
        return mount;
    }

    private static ImmutableSortedDictionary<string, ImmutableArray<string>> ReadMirrors(YamlMap map) =>
        map.Map("mirrors") is { } mirrors
            ? mirrors.Names.ToList().ToImmutableSortedDictionary(registry => registry, registry => mirrors.Texts(registry).ToImmutableArray(), StringComparer.Ordinal)
            : ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty;

    private static ImmutableSortedDictionary<string, bool> ReadGates(YamlMap map) =>
        map.Map("featureGates") is { } gates
            ? gates.Names.ToList().ToImmutableSortedDictionary(gate => gate, gate => gates.Truth(gate) ?? false, StringComparer.Ordinal)
            : ImmutableSortedDictionary<string, bool>.Empty;

    private static LinkSpec? ReadLink(YamlMap map)
    {
        if (map.Map("link") is not { } link)
        {
            return null;
        }

        var read = new LinkSpec(link.WholeNumber("delayMilliseconds", int.MinValue) ?? 0, link.WholeNumber("bandwidthKilobits", int.MinValue) ?? 0);
        link.Close();
        return read;
    }
}
