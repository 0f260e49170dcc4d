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

    /// <summary>How the application is kept apart from what else runs in the cluster.</summary>
    public Isolation Isolation { get; init; } = new();

    /// <summary>The services that run there, each after those that it depends on.</summary>
    public required ImmutableArray<ServiceWorkload> Services { get; init; }

    /// <summary>The Pulumi project that brings it about; null for the built-in program.</summary>
    public ProgramFolder? Program { get; init; }

    /// <summary>The name of the resource that holds the whole workload in its stack.</summary>
    [JsonIgnore]
    public string ResourceName => $"{Application}-{Cluster}";

    /// <summary>The name of the resource that holds a service, and of the resources that it consists of.</summary>
    public string ResourceNameOf(string service) => $"{ResourceName}-{service}";

    /// <summary>The versions of the services by their names.</summary>
    public ImmutableSortedDictionary<string, string> Versions() =>
        Services.ToImmutableSortedDictionary(service => service.Name, service => service.Version, StringComparer.Ordinal);

    /// <summary>An application as it is to run in a cluster; null when none of its services runs on the cluster's layer.</summary>
    /// <param name="application">The application.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="fleet">Where the clusters that this one hangs on are found; without it services know nothing of them.</param>
    public static ClusterWorkload? Resolve(Application application, Cluster cluster, Fleet? fleet = null)
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
            Namespace = application.NamespaceOn(cluster.Layer),
            Cluster = cluster.Name,
            Layer = cluster.Layer,
            Program = application.Program?.For(cluster, here[0].Version),
            Isolation = application.IsolationOn(cluster.Layer),
            Services =
            [
                .. here.Select(service => ServiceWorkload.Resolve(service, cluster, names) with
                {
                    Upstream = fleet is null ? [] : [.. UpstreamService.Find(application, service, cluster, fleet)],
                }),
            ],
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

    /// <summary>The services of clusters further in that this one reaches from outside.</summary>
    public ImmutableArray<UpstreamService> Upstream { get; init; } = [];

    /// <summary>All else. Its replicas and containers are empty: they are above.</summary>
    public ServiceSettings Settings { get; init; } = new();

    /// <summary>This with what is different about it.</summary>
    public ServiceWorkload With(ServiceSettings own)
    {
        ArgumentNullException.ThrowIfNull(own);
        return this with
        {
            Replicas = own.Replicas ?? Replicas,
            Containers = Overlay.ByName(own.Containers, Containers, container => container.Name, (upper, lower) => upper.Over(lower)),
            Settings = (own with { Replicas = null, Containers = [] }).Over(Settings),
        };
    }

    internal static ServiceWorkload Resolve(Service service, Cluster cluster, IReadOnlySet<string> neighbours)
    {
        var runsAs = service.On(cluster);
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
            Settings = runsAs.Settings,
        };
    }
}
