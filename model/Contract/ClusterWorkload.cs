using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace FogInfra.Model;

/// <summary>
/// What one stack brings to one cluster: an application as it is to run there, with versions filled in. It is all that the stack
/// program needs to know, so that going back to an earlier version is giving it an earlier workload.
/// </summary>
public sealed record ClusterWorkload
{
    /// <summary>The application's name.</summary>
    public required string Application { get; init; }

    /// <summary>The namespace that it runs in.</summary>
    public required string Namespace { get; init; }

    /// <summary>The cluster's name.</summary>
    public required string Cluster { get; init; }

    /// <summary>The cluster's layer.</summary>
    public required Layer Layer { get; init; }

    /// <summary>The services that run there, each after those that it depends on.</summary>
    public required ImmutableArray<ServiceWorkload> Services { get; init; }

    /// <summary>The name of the resource that holds the whole workload in its stack.</summary>
    [JsonIgnore]
    public string ResourceName => $"{Application}-{Cluster}";

    /// <summary>The name of the resource that holds a service, and of the resources that it consists of.</summary>
    public string ResourceNameOf(string service) => $"{ResourceName}-{service}";

    /// <summary>The versions of the services by their names.</summary>
    public ImmutableSortedDictionary<string, string> Versions() =>
        Services.ToImmutableSortedDictionary(service => service.Name, service => service.Version, StringComparer.Ordinal);

    /// <summary>An application as it is to run in a cluster; null when none of its services runs on the cluster's layer.</summary>
    public static ClusterWorkload? Resolve(Application application, Cluster cluster)
    {
        var here = application.Services.Where(service => service.Layers.ContainsKey(cluster.Layer)).ToList();
        if (here.Count == 0)
        {
            return null;
        }

        var names = here.Select(service => service.Name).ToHashSet(StringComparer.Ordinal);
        return new ClusterWorkload
        {
            Application = application.Name,
            Namespace = application.Namespace,
            Cluster = cluster.Name,
            Layer = cluster.Layer,
            Services = [.. here.Select(service => ServiceWorkload.Resolve(service, cluster.Layer, names))],
        };
    }
}

/// <summary>A service as it is to run in one cluster.</summary>
public sealed record ServiceWorkload
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The version.</summary>
    public required string Version { get; init; }

    /// <summary>How many pods.</summary>
    public required int Replicas { get; init; }

    /// <summary>The containers of a pod, their images with tags.</summary>
    public required ImmutableArray<Container> Containers { get; init; }

    /// <summary>The services of the same cluster that must be ready before this one is created or updated.</summary>
    public ImmutableArray<string> DependsOn { get; init; } = [];

    internal static ServiceWorkload Resolve(Service service, Layer layer, IReadOnlySet<string> neighbours)
    {
        var runsAs = service.Layers[layer];
        return new ServiceWorkload
        {
            Name = service.Name,
            Version = service.Version,
            Replicas = runsAs.Replicas,
            Containers =
            [
                .. runsAs.Containers.Select(container => container with { Image = ImageReference.WithTag(container.Image, service.Version) }),
            ],
            DependsOn = [.. service.DependsOn.Where(neighbours.Contains)],
        };
    }
}
