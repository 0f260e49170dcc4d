using System.Collections.Immutable;
using FogInfra.Components;
using FogInfra.Model;
using Pulumi;

namespace FogInfra.Stacks;

/// <summary>The clusters of a layer as resources of a stack.</summary>
public static class LayerClusters
{
    /// <summary>The name of the provider's resource.</summary>
    public const string ProviderName = "clusters";

    /// <summary>The name of the resource that holds a cluster's images.</summary>
    public static string ImagesName(string cluster) => $"{cluster}-images";

    /// <summary>The output of a cluster's resource that tells how it stands.</summary>
    public const string Clusters = "clusters";

    /// <summary>Whether a cluster has images that are loaded into its nodes: those of simulated and existing clusters come from elsewhere.</summary>
    public static bool HasImages(Cluster cluster, IEnumerable<string> images)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        return cluster.Engine is ClusterEngine.Kind or ClusterEngine.K3d && images.Any();
    }

    /// <summary>Declares clusters, and the images that their nodes are to have.</summary>
    /// <param name="fleet">The fleet.</param>
    /// <param name="clusters">Which of its clusters.</param>
    /// <param name="project">Where its files lie.</param>
    /// <param name="images">The images of a cluster.</param>
    /// <returns>The resources, by the clusters' names.</returns>
    public static ImmutableDictionary<string, FogCluster> Declare(
        Fleet fleet, IEnumerable<Cluster> clusters, ProjectLayout project, Func<Cluster, IEnumerable<string>> images)
    {
        ArgumentNullException.ThrowIfNull(clusters);
        ArgumentNullException.ThrowIfNull(project);
        ArgumentNullException.ThrowIfNull(images);
        var provider = new FogProvider(ProviderName, new FogProviderArgs { Folder = project.RunnerFolder });
        var options = new CustomResourceOptions { Provider = provider };
        var declared = ImmutableDictionary.CreateBuilder<string, FogCluster>();
        foreach (var cluster in clusters)
        {
            var resource = new FogCluster(cluster.Name, FogClusterArgs.Of(cluster, fleet, project.Root), options);
            declared[cluster.Name] = resource;
            var wanted = images(cluster).Distinct().Order(StringComparer.Ordinal).ToArray();
            if (HasImages(cluster, wanted))
            {
                _ = new FogClusterImages(
                    ImagesName(cluster.Name),
                    new FogClusterImagesArgs { Cluster = cluster.Name, Engine = cluster.Engine.Name, Instance = resource.Instance, Images = wanted },
                    options);
            }
        }

        return declared.ToImmutable();
    }

    /// <summary>The images that applications need in a cluster.</summary>
    public static IEnumerable<string> ImagesOf(IEnumerable<Application> applications, Cluster cluster) =>
        from application in applications
        let workload = ClusterWorkload.Resolve(application, cluster)
        where workload is not null
        from service in workload.Services
        from container in service.Containers
        select container.Image;
}
