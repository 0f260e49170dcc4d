using FogInfra.Model;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace FogInfra.Components;

/// <summary>The labels on every object: Kubernetes' recommended ones, and where in the fog it runs.</summary>
public static class Labels
{
    /// <summary>The service (Kubernetes, "Recommended Labels").</summary>
    public const string Name = "app.kubernetes.io/name";

    /// <summary>The application (Kubernetes, "Recommended Labels").</summary>
    public const string PartOf = "app.kubernetes.io/part-of";

    /// <summary>The service's version (Kubernetes, "Recommended Labels").</summary>
    public const string Version = "app.kubernetes.io/version";

    /// <summary>The tool that manages the object (Kubernetes, "Recommended Labels").</summary>
    public const string ManagedBy = "app.kubernetes.io/managed-by";

    /// <summary>The layer of the cluster.</summary>
    public const string Layer = "foginfra.dev/layer";

    /// <summary>The cluster.</summary>
    public const string Cluster = "foginfra.dev/cluster";

    /// <summary>The labels of what belongs to an application as a whole.</summary>
    internal static Dictionary<string, string> OfApplication(ClusterWorkload workload) => new()
    {
        [PartOf] = workload.Application,
        [ManagedBy] = "foginfra",
        [Layer] = workload.Layer.Name(),
        [Cluster] = workload.Cluster,
    };

    /// <summary>The labels of what belongs to a service.</summary>
    internal static Dictionary<string, string> OfService(ClusterWorkload workload, ServiceWorkload service, bool withVersion = true)
    {
        var labels = OfApplication(workload);
        labels[Name] = service.Name;
        if (withVersion)
        {
            labels[Version] = service.Version;
        }

        return labels;
    }

    /// <summary>The labels by which a service's pods are found. They never change, because a Deployment's selector cannot.</summary>
    internal static Dictionary<string, string> Selector(ClusterWorkload workload, ServiceWorkload service) => new()
    {
        [Name] = service.Name,
        [PartOf] = workload.Application,
    };

    /// <summary>The metadata of an object that outlives a service's version: the version is not among its labels, so that a new one leaves it alone.</summary>
    /// <param name="workload">The application in the cluster.</param>
    /// <param name="service">The service.</param>
    /// <param name="inside">The namespace.</param>
    /// <param name="name">The object's name; null to have the provider choose one.</param>
    internal static ObjectMetaArgs Stable(ClusterWorkload workload, ServiceWorkload service, Input<string> inside, string? name)
    {
        var metadata = new ObjectMetaArgs { Namespace = inside, Labels = OfService(workload, service, withVersion: false) };
        if (name is not null)
        {
            metadata.Name = name;
        }

        return metadata;
    }
}
