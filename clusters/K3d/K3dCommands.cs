using System.Globalization;
using FogInfra.Clusters.Tools;

namespace FogInfra.Clusters.K3d;

/// <summary>The k3d commands that are used, as data (https://k3d.io/stable/usage/commands/k3d/).</summary>
internal static class K3dCommands
{
    private const string K3d = "k3d";
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);

    /// <summary>k3d's version.</summary>
    public static ToolCommand Version() => ToolCommand.Look(K3d, "version");

    /// <summary>Makes a cluster.</summary>
    public static ToolCommand Create(string configurationFile) =>
        ToolCommand.Change(K3d, "cluster", "create", "--config", configurationFile) with { Limit = Long };

    /// <summary>The kubeconfig of a cluster.</summary>
    public static ToolCommand Kubeconfig(string name) => ToolCommand.Look(K3d, "kubeconfig", "get", name);

    /// <summary>Removes a cluster.</summary>
    public static ToolCommand Delete(string name) => ToolCommand.Change(K3d, "cluster", "delete", name);

    /// <summary>Adds a worker. Its container is called <c>k3d-NAME-0</c>, after the name given here.</summary>
    public static ToolCommand AddAgent(string cluster, int number) =>
        ToolCommand.Change(K3d, "node", "create", string.Create(CultureInfo.InvariantCulture, $"{cluster}-agent-{number}"), "--cluster", cluster, "--role", "agent", "--wait") with { Limit = Long };

    /// <summary>Removes a node.</summary>
    public static ToolCommand DeleteNode(string container) => ToolCommand.Change(K3d, "node", "delete", container);

    /// <summary>Loads images of docker into the nodes.</summary>
    public static ToolCommand Load(string cluster, IEnumerable<string> images) =>
        ToolCommand.Change(K3d, ["image", "import", "--cluster", cluster, .. images]) with { Limit = Long };
}
