using System.Globalization;
using FogInfra.Clusters.Arguments;
using FogInfra.Clusters.Docker;
using FogInfra.Clusters.Engines;
using FogInfra.Model;

namespace FogInfra.Clusters.Kind;

/// <summary>Writes kind's configuration (kind.x-k8s.io/v1alpha4, https://kind.sigs.k8s.io/docs/user/configuration/). Pure.</summary>
internal static class KindConfig
{
    /// <summary>The name of kind's images.</summary>
    private const string ImageName = "kindest/node";

    /// <summary>The configuration of a cluster.</summary>
    /// <param name="arguments">The cluster.</param>
    /// <param name="docker">The daemon, where it is known: what it has and a node may not use is withheld from pods.</param>
    /// <param name="mirrors">The folder with the files of <see cref="RegistryMirrors"/>; null where there are none.</param>
    public static string Write(ClusterArguments arguments, DockerInfo? docker, string? mirrors) => Yaml.Write(Yaml.Map(
        ("kind", "Cluster"),
        ("apiVersion", "kind.x-k8s.io/v1alpha4"),
        ("name", arguments.Name),
        ("networking", arguments.Spec.PodNetwork ? null : Yaml.Map(("disableDefaultCNI", true))),
        ("featureGates", arguments.Spec.FeatureGates.IsEmpty ? null : arguments.Spec.FeatureGates.ToDictionary(gate => gate.Key, gate => (object)gate.Value)),
        ("kubeadmConfigPatches", Yaml.List(Patches(arguments, docker))),
        ("containerdConfigPatches", mirrors is null
            ? null
            : Yaml.List([$"[plugins.\"io.containerd.grpc.v1.cri\".registry]\n  config_path = \"{RegistryMirrors.NodeFolder}\"\n"])),
        ("nodes", Yaml.List(Nodes(arguments, mirrors)))));

    /// <summary>The node image that is asked for; null for kind's own choice.</summary>
    public static string? ImageOf(ClusterSpec spec) =>
        spec.Image ?? (spec.Version is { } version ? $"{ImageName}:v{version.TrimStart('v')}" : null);

    private static IEnumerable<object> Nodes(ClusterArguments arguments, string? mirrors)
    {
        for (var i = 0; i < arguments.Topology.ControlPlanes; i++)
        {
            // A port of this machine can lead to one node only.
            yield return Node(NodeRoles.ControlPlane, arguments, mirrors, i == 0 ? arguments.Spec.Ports : []);
        }

        for (var i = 0; i < arguments.Topology.Workers; i++)
        {
            yield return Node(NodeRoles.Worker, arguments, mirrors, []);
        }
    }

    private static Dictionary<string, object> Node(string role, ClusterArguments arguments, string? mirrors, IEnumerable<PortMapping> ports) => Yaml.Map(
        ("role", role),
        ("image", ImageOf(arguments.Spec)),
        ("extraPortMappings", Yaml.List(ports.Select(port => Yaml.Map(
            ("containerPort", port.Node), ("hostPort", port.Host), ("listenAddress", port.Address), ("protocol", port.Protocol))))),
        ("extraMounts", Yaml.List(arguments.Spec.Mounts
            .Concat(mirrors is null ? [] : [new NodeMount(mirrors, RegistryMirrors.NodeFolder, ReadOnly: true)])
            .Select(mount => Yaml.Map(("hostPath", mount.Host), ("containerPath", mount.Node), ("readOnly", mount.ReadOnly ? true : null))))));

    // A limit of a container is not seen by the kubelet in it, which would promise pods the whole machine. One configuration goes to
    // all kubelets, so that this is done only where all nodes have the same limit.
    private static IEnumerable<object> Patches(ClusterArguments arguments, DockerInfo? docker)
    {
        if (docker is null)
        {
            yield break;
        }

        var groups = arguments.Topology.Workers > 0 ? new[] { arguments.Spec.ControlPlane, arguments.Spec.Worker } : [arguments.Spec.ControlPlane];
        var reserved = Yaml.Map(
            ("cpu", Same(groups.Select(group => group.Cpu)) is { } cpu ? Rest(docker.Processors * 1000L - (long)(cpu * 1000), "m") : null),
            ("memory", Same(groups.Select(group => group.Memory)) is { } memory ? Rest((docker.Memory - (long)memory) / (1024 * 1024), "Mi") : null));
        if (reserved.Count > 0)
        {
            yield return Yaml.Write(Yaml.Map(("kind", "KubeletConfiguration"), ("systemReserved", reserved)));
        }
    }

    private static decimal? Same(IEnumerable<string?> quantities) =>
        quantities.Distinct().ToList() is [{ } only] ? KubernetesNames.Quantity(only) : null;

    private static string? Rest(long amount, string unit) => amount <= 0 ? null : amount.ToString(CultureInfo.InvariantCulture) + unit;
}
