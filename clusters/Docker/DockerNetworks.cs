using FogInfra.Clusters.Arguments;

namespace FogInfra.Clusters.Docker;

/// <summary>The networks that clusters' containers are in.</summary>
internal static class DockerNetworks
{
    /// <summary>The network that clusters share, so that an edge reaches its fog and its cloud.</summary>
    public const string Shared = "foginfra";

    /// <summary>The network of a cluster: one of its own where it asks for a subnet.</summary>
    public static string NameFor(ClusterArguments arguments) => arguments.Spec.Subnet is null ? Shared : $"{Shared}-{arguments.Name}";
}
