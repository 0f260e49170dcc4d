using System.Globalization;
using FogInfra.Model;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Pulumi.Kubernetes.Types.Inputs.Networking.V1;
using LimitRange = Pulumi.Kubernetes.Core.V1.LimitRange;
using Namespace = Pulumi.Kubernetes.Core.V1.Namespace;
using NetworkPolicy = Pulumi.Kubernetes.Networking.V1.NetworkPolicy;
using ResourceQuota = Pulumi.Kubernetes.Core.V1.ResourceQuota;

namespace FogInfra.Components;

/// <summary>The arguments of an <see cref="ApplicationNamespace"/>.</summary>
public sealed class ApplicationNamespaceArgs : ResourceArgs
{
    /// <summary>The application in the cluster, with the way in which it is kept apart.</summary>
    public required ClusterWorkload Workload { get; init; }
}

/// <summary>
/// The namespace of an application in one cluster: with the pod security that holds in it, the most that it may use, what containers get
/// that ask for nothing, and, unless that is switched off, a network policy by which nothing may be reached that is not allowed apart.
/// </summary>
public sealed class ApplicationNamespace : ComponentResource
{
    /// <summary>The type token.</summary>
    public const string Type = "foginfra:isolation:ApplicationNamespace";

    /// <summary>The label by which Kubernetes is told what pods may do on their nodes (Kubernetes, "Pod Security Admission").</summary>
    public const string PodSecurityLabel = "pod-security.kubernetes.io/enforce";

    private const int SparePods = 5;

    /// <summary>Makes the component.</summary>
    /// <param name="name">The resource's name; unique in its stack.</param>
    /// <param name="args">What the namespace is for.</param>
    /// <param name="options">Its options.</param>
    public ApplicationNamespace(string name, ApplicationNamespaceArgs args, ComponentResourceOptions? options = null)
        : base(Type, name, options)
    {
        ArgumentNullException.ThrowIfNull(args);
        var workload = args.Workload;
        var @namespace = new Namespace(
            name,
            new NamespaceArgs { Metadata = new ObjectMetaArgs { Name = workload.Namespace, Labels = NamespaceLabels(workload) } },
            new CustomResourceOptions { Parent = this });
        Name = @namespace.Metadata.Apply(metadata => metadata.Name);

        _ = new ResourceQuota(
            $"{name}-quota",
            new ResourceQuotaArgs { Metadata = Inside("quota", workload), Spec = new ResourceQuotaSpecArgs { Hard = QuotaOf(workload) } },
            new CustomResourceOptions { Parent = this });
        _ = new LimitRange(
            $"{name}-defaults",
            new LimitRangeArgs { Metadata = Inside("defaults", workload), Spec = LimitsOf(workload) },
            new CustomResourceOptions { Parent = this });
        if (workload.Isolation.Network != false)
        {
            _ = new NetworkPolicy(
                $"{name}-default-deny",
                new NetworkPolicyArgs { Metadata = Inside("default-deny", workload), Spec = NetworkRules.Default() },
                new CustomResourceOptions { Parent = this });
        }

        RegisterOutputs(new Dictionary<string, object?> { ["name"] = Name });
    }

    /// <summary>The namespace's name, known once it exists.</summary>
    public Output<string> Name { get; }

    private ObjectMetaArgs Inside(string name, ClusterWorkload workload) =>
        new() { Name = name, Namespace = Name, Labels = Labels.OfApplication(workload) };

    private static Dictionary<string, string> NamespaceLabels(ClusterWorkload workload)
    {
        var labels = Labels.OfApplication(workload);
        labels[PodSecurityLabel] = (workload.Isolation.PodSecurity ?? PodSecurity.Baseline) switch
        {
            PodSecurity.Privileged => "privileged",
            PodSecurity.Restricted => "restricted",
            _ => "baseline",
        };
        return labels;
    }

    // Unless the document says otherwise: twice the pods that are wanted, since an update may have each of them twice for a while.
    private static Dictionary<string, string> QuotaOf(ClusterWorkload workload)
    {
        var pods = workload.Services.Sum(service => Math.Max(service.Replicas, service.Settings.Autoscaling?.MaxReplicas ?? 0));
        var quota = new Dictionary<string, string> { ["pods"] = ((2 * pods) + SparePods).ToString(CultureInfo.InvariantCulture) };
        foreach (var (resource, most) in workload.Isolation.Quota)
        {
            quota[resource] = most;
        }

        return quota;
    }

    // The layer's default limits are not here: they would contradict a container that requests more and has no limit. Containers of
    // services that say nothing get them one by one.
    private static LimitRangeSpecArgs LimitsOf(ClusterWorkload workload)
    {
        var item = new LimitRangeItemArgs
        {
            Type = "Container",
            DefaultRequest = LayerDefaults.Of(workload.Layer).Requests.SetItems(workload.Isolation.DefaultRequests).ToDictionary(),
        };
        if (!workload.Isolation.DefaultLimits.IsEmpty)
        {
            item.Default = workload.Isolation.DefaultLimits.ToDictionary();
        }

        return new LimitRangeSpecArgs { Limits = new[] { item } };
    }
}
