using System.Collections.Immutable;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;
using FogInfra.Model;

namespace FogInfra.Clusters.Arguments;

/// <summary>Reads the inputs of a cluster resource. Pure: it looks at nothing but the inputs.</summary>
internal static class ClusterArgumentsReader
{
    private static readonly string[] Engines = ["simulated", "existing", "kind", "k3d"];

    /// <summary>Reads inputs, and notes every fault.</summary>
    public static ClusterArguments Read(PropertyMap inputs, List<CheckFailure> faults)
    {
        var reader = new InputReader(inputs, "", faults);
        var name = reader.RequiredText("name");
        if (name.Length > 0 && !IsLabel(name))
        {
            reader.Fault("name", $"'{name}' is no name of a cluster; expected small letters, digits and '-', a letter first and a letter or digit last.");
        }

        var engine = ReadEngine(reader);
        var arguments = new ClusterArguments
        {
            Name = name,
            Engine = engine,
            Layer = ReadLayer(reader),
            Spec = ReadSpec(reader, engine),
            SimulatedImages = reader.Texts("simulatedImages"),
        };
        reader.Close();
        // What could not even be read is told already.
        var told = faults.Select(fault => fault.Property).ToHashSet(StringComparer.Ordinal);
        faults.AddRange(from fault in ClusterSpecFaults.Of(name, engine, ForFaults(arguments)) where !told.Contains(fault.Path) select new CheckFailure(fault.Path, fault.Reason));
        return arguments;
    }

    /// <summary>Reads inputs that were checked before.</summary>
    public static ClusterArguments Read(PropertyMap inputs) => Read(inputs, []);

    // The control plane of a simulated cluster needs no node; of any other there must be one.
    private static ClusterSpec ForFaults(ClusterArguments arguments) =>
        arguments is { Engine: ClusterEngine.Simulated, Spec.Topology: { ControlPlanes: 0, Workers: > 0 } managed }
            ? arguments.Spec with { Topology = managed with { ControlPlanes = 1 } }
            : arguments.Spec;

    private static ClusterEngine ReadEngine(InputReader reader)
    {
        var name = reader.Text("engine") ?? "simulated";
        var kubeconfig = reader.Text("kubeconfig");
        var context = reader.Text("context");
        if (!Engines.Contains(name))
        {
            reader.Fault("engine", $"'{name}' is no engine; expected one of {string.Join(", ", Engines)}.");
        }

        if (name == "existing" && string.IsNullOrEmpty(kubeconfig) && !reader.HasUnknowns)
        {
            reader.Fault("kubeconfig", "An existing cluster needs the path of its kubeconfig file.");
        }

        if (name != "existing" && (kubeconfig ?? context) is not null)
        {
            reader.Fault(kubeconfig is null ? "context" : "kubeconfig", $"A {name} cluster has a kubeconfig of its own; this is for existing ones.");
        }

        return name switch
        {
            "existing" => new ClusterEngine.Existing(kubeconfig ?? "", context),
            "kind" => new ClusterEngine.Kind(),
            "k3d" => new ClusterEngine.K3d(),
            _ => new ClusterEngine.Simulated(),
        };
    }

    private static Layer? ReadLayer(InputReader reader)
    {
        if (reader.Text("layer") is not { } name)
        {
            return null;
        }

        var layer = LayerNames.Find(name);
        if (layer is null)
        {
            reader.Fault("layer", $"'{name}' is no layer; expected one of {string.Join(", ", LayerNames.All.Select(LayerNames.Name))}.");
        }

        return layer;
    }

    private static ClusterSpec ReadSpec(InputReader reader, ClusterEngine engine) => new()
    {
        Topology = ReadTopology(reader, engine),
        Version = reader.Text("version"),
        Image = reader.Text("image"),
        ControlPlane = ReadGroup(reader, "controlPlane"),
        Worker = ReadGroup(reader, "worker"),
        Ports = [.. reader.Objects("ports").Select(ReadPort).ToList()],
        Mounts = [.. reader.Objects("mounts").Select(ReadMount).ToList()],
        Mirrors = ReadMirrors(reader),
        PodNetwork = reader.Truth("podNetwork") ?? true,
        FeatureGates = ReadGates(reader),
        Subnet = reader.Text("subnet"),
        Link = ReadLink(reader),
        Architecture = reader.Text("architecture"),
    };

    private static Topology? ReadTopology(InputReader reader, ClusterEngine engine)
    {
        if (reader.Object("topology") is not { } topology)
        {
            return engine is ClusterEngine.Existing ? null : new Topology(1, 0);
        }

        var read = new Topology(topology.RequiredWholeNumber("controlPlanes"), topology.RequiredWholeNumber("workers"));
        topology.Close();
        return read;
    }

    private static NodeGroup ReadGroup(InputReader reader, string name)
    {
        if (reader.Object(name) is not { } group)
        {
            return new NodeGroup();
        }

        var taints = ImmutableArray.CreateBuilder<Taint>();
        foreach (var (text, index) in group.Texts("taints").Select((text, index) => (text, index)))
        {
            if (Taint.TryParse(text, out var taint))
            {
                taints.Add(taint);
            }
            else
            {
                group.Fault($"taints[{index}]", $"'{text}' is no taint; expected {Taint.Form}.");
            }
        }

        var labels = group.TextMap("labels");
        var read = new NodeGroup
        {
            Labels = labels.IsEmpty ? ImmutableSortedDictionary<string, string>.Empty : labels,
            Taints = taints.Count == 0 ? [] : taints.ToImmutable(),
            Cpu = group.Text("cpu"),
            Memory = group.Text("memory"),
        };
        group.Close();
        return read;
    }

    private static PortMapping ReadPort(InputReader port)
    {
        var read = new PortMapping(
            port.RequiredWholeNumber("host"), port.RequiredWholeNumber("node"), port.Text("protocol") ?? "TCP", port.Text("address") ?? PortMapping.Loopback);
        port.Close();
        return read;
    }

    private static NodeMount ReadMount(InputReader mount)
    {
        var read = new NodeMount(mount.RequiredText("host"), mount.RequiredText("node"), mount.Truth("readOnly") ?? false);
        mount.Close();
        return read;
    }

    private static ImmutableSortedDictionary<string, ImmutableArray<string>> ReadMirrors(InputReader reader) =>
        reader.Object("mirrors") is { } mirrors
            ? mirrors.Names.ToImmutableSortedDictionary(registry => registry, mirrors.Texts, StringComparer.Ordinal)
            : ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty;

    private static ImmutableSortedDictionary<string, bool> ReadGates(InputReader reader) =>
        reader.Object("featureGates") is { } gates
            ? gates.Names.ToImmutableSortedDictionary(gate => gate, gate => gates.Truth(gate) ?? false, StringComparer.Ordinal)
            : ImmutableSortedDictionary<string, bool>.Empty;

    private static LinkSpec? ReadLink(InputReader reader)
    {
        if (reader.Object("link") is not { } link)
        {
            return null;
        }

        var read = new LinkSpec(link.WholeNumber("delayMilliseconds") ?? 0, link.WholeNumber("bandwidthKilobits") ?? 0);
        link.Close();
        return read;
    }

    private static bool IsLabel(string name) =>
        name.Length <= 63 && name[0] is >= 'a' and <= 'z' && name[^1] != '-' && name.All(letter => letter is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-');
}
