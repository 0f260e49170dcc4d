using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace FogInfra.Model;

/// <summary>What is wrong with one field of a wanted cluster.</summary>
/// <param name="Path">The field, for example <c>ports[0].host</c>.</param>
/// <param name="Reason">What is wrong and what is expected, as a sentence.</param>
public sealed record SpecFault(string Path, string Reason);

/// <summary>What is wrong with a wanted cluster, as far as its description alone tells. Pure: it looks at nothing but the description.</summary>
public static partial class ClusterSpecFaults
{
    private const int MostNodes = 256;
    private const int LongestName = 50; // kind refuses longer ones, because node names must fit into 63 characters.
    private static readonly decimal LeastMemory = KubernetesNames.Quantity("512Mi")!.Value;
    private static readonly decimal LeastCpu = 0.1m;

    /// <summary>All faults; none when the description can be made by its engine.</summary>
    public static IReadOnlyList<SpecFault> Of(string name, ClusterEngine engine, ClusterSpec spec)
    {
        var faults = new List<SpecFault>();
        if (name.Length > LongestName && engine is not ClusterEngine.Existing)
        {
            faults.Add(new SpecFault("name", $"'{name}' has {name.Length} characters; expected at most {LongestName}, so that the names of its nodes fit."));
        }

        faults.AddRange(EngineFields.Unsupported(engine, spec));
        faults.AddRange(OfTopology(engine, spec));
        faults.AddRange(OfImage(spec));
        faults.AddRange(OfGroup("controlPlane", spec.ControlPlane));
        faults.AddRange(OfGroup("worker", spec.Worker));
        faults.AddRange(OfPorts(spec));
        faults.AddRange(OfMounts(spec));
        faults.AddRange(OfNetwork(spec));
        return faults;
    }

    private static IEnumerable<SpecFault> OfTopology(ClusterEngine engine, ClusterSpec spec)
    {
        if (spec.Topology is not { } topology)
        {
            yield break;
        }

        if (topology.ControlPlanes < 1)
        {
            yield return new SpecFault("topology.controlPlanes", $"A cluster cannot have {topology.ControlPlanes} control planes; expected at least 1.");
        }

        if (topology.Workers < 0)
        {
            yield return new SpecFault("topology.workers", $"A cluster cannot have {topology.Workers} workers; expected 0 or more.");
        }

        if (topology.Nodes > MostNodes)
        {
            yield return new SpecFault("topology", $"{topology.Nodes} nodes are more than one machine can have; expected at most {MostNodes}.");
        }

        // etcd needs a majority: of two members both, so that a second one only adds a way to fail.
        if (topology.ControlPlanes > 1 && topology.ControlPlanes % 2 == 0)
        {
            yield return new SpecFault("topology.controlPlanes", $"{topology.ControlPlanes} control planes are no better than {topology.ControlPlanes - 1}; expected an odd number.");
        }

        if (topology.Workers == 0 && engine is not ClusterEngine.Existing && HasSettings(spec.Worker))
        {
            yield return new SpecFault("worker", "There are settings for workers, but the topology has none.");
        }
    }

    private static bool HasSettings(NodeGroup group) =>
        !group.Labels.IsEmpty || !group.Taints.IsEmpty || group.Cpu is not null || group.Memory is not null;

    private static IEnumerable<SpecFault> OfImage(ClusterSpec spec)
    {
        if (spec.Version is { } version && !Semantic().IsMatch(version))
        {
            yield return new SpecFault("version", $"'{version}' is no Kubernetes version; expected one such as 1.33.1.");
        }

        if (spec.Version is not null && spec.Image is not null)
        {
            yield return new SpecFault("version", "Both a version and an image are given; the image decides the version, so give one of them.");
        }

        if (spec.Image is { } image && !Reference().IsMatch(image))
        {
            yield return new SpecFault("image", $"'{image}' is no reference to an image; expected one such as kindest/node:v1.33.1.");
        }
    }

    private static IEnumerable<SpecFault> OfGroup(string path, NodeGroup group)
    {
        foreach (var (key, value) in group.Labels)
        {
            if (!KubernetesNames.IsQualifiedName(key))
            {
                yield return new SpecFault($"{path}.labels", $"'{key}' is no key of a label; expected {KubernetesNames.QualifiedNameRule}.");
            }

            if (!KubernetesNames.IsLabelValue(value))
            {
                yield return new SpecFault($"{path}.labels.{key}", $"'{value}' is no value of a label; expected {KubernetesNames.LabelValueRule}.");
            }
        }

        foreach (var taint in group.Taints.GroupBy(taint => (taint.Key, taint.Effect)).Where(same => same.Count() > 1))
        {
            yield return new SpecFault($"{path}.taints", $"The taint {taint.Key.Key} with the effect {taint.Key.Effect} is there {taint.Count()} times; expected once.");
        }

        if (group.Cpu is { } cpu && (KubernetesNames.Quantity(cpu) is not { } processors || processors < LeastCpu))
        {
            yield return new SpecFault($"{path}.cpu", $"'{cpu}' is no amount of processors; expected a quantity of at least 100m, such as 500m or 2.");
        }

        if (group.Memory is { } memory && (KubernetesNames.Quantity(memory) is not { } bytes || bytes < LeastMemory))
        {
            yield return new SpecFault($"{path}.memory", $"'{memory}' is no amount of memory that a node can live with; expected a quantity of at least 512Mi, such as 1Gi.");
        }
    }

    private static IEnumerable<SpecFault> OfPorts(ClusterSpec spec)
    {
        for (var i = 0; i < spec.Ports.Length; i++)
        {
            var port = spec.Ports[i];
            if (port.Host is < 1 or > 65535)
            {
                yield return new SpecFault($"ports[{i}].host", $"{port.Host} is no port; expected 1 to 65535.");
            }

            if (port.Node is < 1 or > 65535)
            {
                yield return new SpecFault($"ports[{i}].node", $"{port.Node} is no port; expected 1 to 65535.");
            }

            if (port.Protocol is not ("TCP" or "UDP" or "SCTP"))
            {
                yield return new SpecFault($"ports[{i}].protocol", $"'{port.Protocol}' is no protocol; expected TCP, UDP or SCTP.");
            }

            if (!IPAddress.TryParse(port.Address, out _))
            {
                yield return new SpecFault($"ports[{i}].address", $"'{port.Address}' is no IP address; expected one of this machine, such as {PortMapping.Loopback}.");
            }

            if (spec.Ports.Take(i).Any(other => other.Host == port.Host && other.Protocol == port.Protocol))
            {
                yield return new SpecFault($"ports[{i}].host", $"Port {port.Host} is published twice; expected each once.");
            }
        }
    }

    private static IEnumerable<SpecFault> OfMounts(ClusterSpec spec)
    {
        for (var i = 0; i < spec.Mounts.Length; i++)
        {
            if (!Path.IsPathRooted(spec.Mounts[i].Host))
            {
                yield return new SpecFault($"mounts[{i}].host", $"'{spec.Mounts[i].Host}' is no absolute path of this machine.");
            }

            if (!spec.Mounts[i].Node.StartsWith('/'))
            {
                yield return new SpecFault($"mounts[{i}].node", $"'{spec.Mounts[i].Node}' is no absolute path of a node; expected one such as /data.");
            }
        }
    }

    private static IEnumerable<SpecFault> OfNetwork(ClusterSpec spec)
    {
        foreach (var (registry, endpoints) in spec.Mirrors)
        {
            foreach (var endpoint in endpoints.Where(endpoint => !(Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")))
            {
                yield return new SpecFault($"mirrors.{registry}", $"'{endpoint}' is no address of a registry; expected one such as http://mirror:5000.");
            }
        }

        if (spec.Subnet is { } subnet && !(IPNetwork.TryParse(subnet, out var network) && network.PrefixLength is >= 8 and <= 28))
        {
            yield return new SpecFault("subnet", $"'{subnet}' is no subnet for nodes; expected one of /8 to /28, such as 172.30.0.0/16.");
        }

        if (spec.Link is { DelayMilliseconds: 0, BandwidthKilobits: 0 })
        {
            yield return new SpecFault("link", "The link has neither a delay nor a bandwidth; expected at least one.");
        }

        if (spec.Link is { DelayMilliseconds: < 0 or > 60000 } slow)
        {
            yield return new SpecFault("link.delayMilliseconds", string.Create(CultureInfo.InvariantCulture, $"{slow.DelayMilliseconds} is no delay; expected 0 to 60000."));
        }

        if (spec.Link is { BandwidthKilobits: < 0 } thin)
        {
            yield return new SpecFault("link.bandwidthKilobits", string.Create(CultureInfo.InvariantCulture, $"{thin.BandwidthKilobits} is no bandwidth; expected 0 or more."));
        }

        if (spec.Architecture is { } architecture && !KubernetesNames.IsLabelValue(architecture))
        {
            yield return new SpecFault("architecture", $"'{architecture}' is no value of a label; expected one such as arm64.");
        }
    }

    [GeneratedRegex(@"^v?[0-9]+\.[0-9]+\.[0-9]+([-+][0-9A-Za-z.+-]+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Semantic();

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._/-]*(:[0-9]+/[A-Za-z0-9._/-]+)?(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(@[A-Za-z0-9+._-]+:[0-9A-Fa-f]{32,})?$", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();
}
