using System.Collections.Immutable;
using FogInfra.Clusters.Tools;

namespace FogInfra.Clusters.Kind;

/// <summary>The kind commands that are used, as data.</summary>
internal static class KindCommands
{
    private const string Kind = "kind";

    // The only way to have the containers in a network of another name than kind's own. https://github.com/kubernetes-sigs/kind/pull/1538
    private const string NetworkVariable = "KIND_EXPERIMENTAL_DOCKER_NETWORK";

    private static readonly ImmutableSortedDictionary<string, string?> Environment = ImmutableSortedDictionary<string, string?>.Empty
        .Add("KIND_EXPERIMENTAL_PROVIDER", "docker");

    /// <summary>kind's version.</summary>
    public static ToolCommand Version() => ToolCommand.Look(Kind, "version");

    /// <summary>Makes a cluster.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="configuration">The configuration, which is given by standard input.</param>
    /// <param name="kubeconfig">The file that the kubeconfig is written to; the user's own is left alone.</param>
    /// <param name="network">The network of the containers.</param>
    public static ToolCommand Create(string name, string configuration, string kubeconfig, string network) =>
        ToolCommand.Change(Kind, "create", "cluster", "--name", name, "--config", "-", "--kubeconfig", kubeconfig) with
        {
            Input = configuration,
            Environment = Environment.Add(NetworkVariable, network),
            Limit = TimeSpan.FromMinutes(10),
        };

    /// <summary>The kubeconfig of a cluster.</summary>
    public static ToolCommand Kubeconfig(string name) => ToolCommand.Look(Kind, "get", "kubeconfig", "--name", name) with { Environment = Environment };

    /// <summary>Removes a cluster.</summary>
    public static ToolCommand Delete(string name, string kubeconfig) =>
        ToolCommand.Change(Kind, "delete", "cluster", "--name", name, "--kubeconfig", kubeconfig) with { Environment = Environment };

    /// <summary>Loads images of docker into the nodes.</summary>
    public static ToolCommand Load(string cluster, IEnumerable<string> images) =>
        ToolCommand.Change(Kind, ["load", "docker-image", "--name", cluster, .. images]) with { Environment = Environment, Limit = TimeSpan.FromMinutes(10) };
}
