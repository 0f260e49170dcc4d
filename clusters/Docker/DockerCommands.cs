using System.Globalization;
using FogInfra.Clusters.Tools;
using FogInfra.Model;

namespace FogInfra.Clusters.Docker;

/// <summary>The docker commands that are used, as data.</summary>
internal static class DockerCommands
{
    /// <summary>The label of what this program makes: networks.</summary>
    public const string ManagedLabel = "dev.foginfra.managed";

    private const string Docker = "docker";

    /// <summary>Processors, bytes of memory and version of the daemon.</summary>
    public static ToolCommand Describe() => ToolCommand.Look(Docker, "info", "--format", "{{.NCPU}} {{.MemTotal}} {{.ServerVersion}}");

    /// <summary>The containers that have a label: name, state, and the values of this label and another.</summary>
    public static ToolCommand List(string clusterLabel, string roleLabel) => ToolCommand.Look(
        Docker, "ps", "--all", "--no-trunc", "--filter", $"label={clusterLabel}",
        "--format", $"{{{{.Names}}}}\t{{{{.State}}}}\t{{{{.Label \"{clusterLabel}\"}}}}\t{{{{.Label \"{roleLabel}\"}}}}");

    /// <summary>Everything about some containers, as JSON.</summary>
    public static ToolCommand Inspect(IEnumerable<string> containers) => ToolCommand.Look(Docker, ["container", "inspect", .. containers]);

    /// <summary>Starts containers.</summary>
    public static ToolCommand Start(IEnumerable<string> containers) => ToolCommand.Change(Docker, ["start", .. containers]);

    /// <summary>Removes containers, running or not, with the volumes that are theirs alone.</summary>
    public static ToolCommand Remove(IEnumerable<string> containers) => ToolCommand.Change(Docker, ["rm", "--force", "--volumes", .. containers]);

    /// <summary>Limits what a container may use; 0 lifts a limit.</summary>
    public static ToolCommand Limit(string container, NodeGroup group)
    {
        var cpus = (group.Cpu is { } cpu ? KubernetesNames.Quantity(cpu) ?? 0 : 0).ToString("0.###", CultureInfo.InvariantCulture);
        var bytes = group.Memory is { } memory ? (long)(KubernetesNames.Quantity(memory) ?? 0) : 0;
        // Swap counts together with memory: the same number means none of it.
        return ToolCommand.Change(Docker, "update", "--cpus", cpus, "--memory", $"{bytes}", "--memory-swap", bytes == 0 ? "-1" : $"{bytes}", container);
    }

    /// <summary>Slows down what leaves a container, or no longer does.</summary>
    public static ToolCommand Link(string container, LinkSpec? link) => ToolCommand.Change(
        Docker, ["exec", container, "tc", "qdisc", .. link is null ? ["del", "dev", "eth0", "root"] : (IEnumerable<string>)["replace", "dev", "eth0", "root", .. Netem(link)]]);

    /// <summary>Tries in a container of its own whether links can be slowed down with an image on this machine.</summary>
    public static ToolCommand TryLink(string image, LinkSpec link) => ToolCommand.Change(
        Docker, ["run", "--rm", "--network", "none", "--cap-add", "NET_ADMIN", "--entrypoint", "tc", image, "qdisc", "replace", "dev", "lo", "root", .. Netem(link)]);

    /// <summary>The networks of a name, with the label by which ours are known.</summary>
    public static ToolCommand FindNetwork(string name) => ToolCommand.Look(
        Docker, "network", "ls", "--filter", $"name=^{name}$", "--format", $"{{{{.Name}}}}\t{{{{.Label \"{ManagedLabel}\"}}}}");

    /// <summary>Makes a network.</summary>
    public static ToolCommand CreateNetwork(string name, string? subnet) => ToolCommand.Change(
        Docker,
        ["network", "create", "--driver", "bridge", "--opt", "com.docker.network.bridge.enable_ip_masquerade=true", "--label", $"{ManagedLabel}=true",
            .. subnet is null ? [] : (IEnumerable<string>)["--subnet", subnet], name]);

    /// <summary>Removes a network that nothing is in.</summary>
    public static ToolCommand RemoveNetwork(string name) => ToolCommand.Change(Docker, "network", "rm", name);

    /// <summary>The names and ids of images that are here. Fails when one is not, but tells of the others.</summary>
    public static ToolCommand InspectImages(IEnumerable<string> images) =>
        ToolCommand.Look(Docker, ["image", "inspect", "--format", "{{.Id}}\t{{json .RepoTags}}\t{{json .RepoDigests}}", .. images]);

    private static IEnumerable<string> Netem(LinkSpec link) =>
    [
        "netem",
        .. link.DelayMilliseconds > 0 ? ["delay", $"{link.DelayMilliseconds}ms"] : Array.Empty<string>(),
        .. link.BandwidthKilobits > 0 ? ["rate", $"{link.BandwidthKilobits}kbit"] : Array.Empty<string>(),
    ];
}
