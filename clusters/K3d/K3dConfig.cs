using System.Globalization;
using FogInfra.Clusters.Arguments;
using FogInfra.Clusters.Engines;
using FogInfra.Model;

namespace FogInfra.Clusters.K3d;

/// <summary>Writes k3d's configuration (k3d.io/v1alpha5, https://k3d.io/stable/usage/configfile/). Pure.</summary>
internal static class K3dConfig
{
    private const string ImageName = "rancher/k3s";
    private const string Servers = "server:*";
    private const string Agents = "agent:*";
    private const string Everywhere = "all";

    /// <summary>The configuration of a cluster.</summary>
    public static string Write(ClusterArguments arguments, string network)
    {
        var spec = arguments.Spec;
        return Yaml.Write(Yaml.Map(
            ("apiVersion", "k3d.io/v1alpha5"),
            ("kind", "Simple"),
            ("metadata", Yaml.Map(("name", arguments.Name))),
            ("servers", arguments.Topology.ControlPlanes),
            ("agents", arguments.Topology.Workers),
            ("kubeAPI", Yaml.Map(("hostIP", PortMapping.Loopback))),
            ("image", ImageOf(spec)),
            ("network", network),
            ("volumes", Yaml.List(spec.Mounts.Select(VolumeOf))),
            ("ports", Yaml.List(spec.Ports.Select(PortOf))),
            ("registries", spec.Mirrors.IsEmpty ? null : Yaml.Map(("config", RegistriesOf(spec)))),
            ("options", Yaml.Map(
                ("k3d", Yaml.Map(("wait", true), ("timeout", "300s"), ("disableLoadbalancer", arguments.Topology.ControlPlanes == 1))),
                ("k3s", K3sOf(spec)),
                ("kubeconfig", Yaml.Map(("updateDefaultKubeconfig", false), ("switchCurrentContext", false))),
                ("runtime", MemoryOf(arguments))))));
    }

    /// <summary>The node image that is asked for; null for k3d's own choice.</summary>
    public static string? ImageOf(ClusterSpec spec) =>
        spec.Image ?? (spec.Version is { } version ? $"{ImageName}:v{version.TrimStart('v')}-k3s1" : null);

    // Straight to the node, not through the load balancer, which knows no node ports.
    private static Dictionary<string, object> PortOf(PortMapping port) => Yaml.Map(
        ("port", string.Create(CultureInfo.InvariantCulture, $"{port.Address}:{port.Host}:{port.Node}/{port.Protocol.ToLowerInvariant()}")),
        ("nodeFilters", Yaml.List(["server:0:direct"])));

    private static Dictionary<string, object> VolumeOf(NodeMount mount) => Yaml.Map(
        ("volume", $"{mount.Host}:{mount.Node}{(mount.ReadOnly ? ":ro" : "")}"),
        ("nodeFilters", Yaml.List([Everywhere])));

    // k3s' own form of mirrors. https://docs.k3s.io/installation/private-registry
    private static string RegistriesOf(ClusterSpec spec) => Yaml.Write(Yaml.Map(("mirrors", spec.Mirrors.ToDictionary(
        mirror => mirror.Key, mirror => (object)Yaml.Map(("endpoint", Yaml.List(mirror.Value)))))));

    private static Dictionary<string, object>? K3sOf(ClusterSpec spec)
    {
        var arguments = new List<object>();
        void Add(string argument, string filter) => arguments.Add(Yaml.Map(("arg", argument), ("nodeFilters", Yaml.List([filter]))));
        if (!spec.PodNetwork)
        {
            Add("--flannel-backend=none", Servers);
            Add("--disable-network-policy", Servers);
        }

        if (!spec.FeatureGates.IsEmpty)
        {
            var gates = string.Join(',', spec.FeatureGates.Select(gate => $"{gate.Key}={(gate.Value ? "true" : "false")}"));
            foreach (var component in new[] { "kube-apiserver", "kube-controller-manager", "kube-scheduler" })
            {
                Add($"--{component}-arg=feature-gates={gates}", Servers);
            }

            Add($"--kubelet-arg=feature-gates={gates}", Servers);
            Add($"--kubelet-arg=feature-gates={gates}", Agents);
        }

        return arguments.Count == 0 ? null : Yaml.Map(("extraArgs", arguments));
    }

    // So given, a node also sees no more memory than that.
    private static Dictionary<string, object>? MemoryOf(ClusterArguments arguments)
    {
        var (servers, agents) = (BytesOf(arguments.Spec.ControlPlane), BytesOf(arguments.Spec.Worker));
        return servers is null && agents is null ? null : Yaml.Map(("serversMemory", servers), ("agentsMemory", arguments.Topology.Workers > 0 ? agents : null));
    }

    // Docker's form: a whole number and a unit.
    private static string? BytesOf(NodeGroup group) =>
        group.Memory is { } memory ? string.Create(CultureInfo.InvariantCulture, $"{(long)KubernetesNames.Quantity(memory)! / (1024 * 1024)}m") : null;
}
