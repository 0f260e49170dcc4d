using System.Collections.Immutable;
using FogInfra.Model;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Namespace = Pulumi.Kubernetes.Core.V1.Namespace;

namespace FogInfra.Components;

/// <summary>The arguments of a <see cref="LayeredApplication"/>.</summary>
public sealed class LayeredApplicationArgs : ResourceArgs
{
    /// <summary>What is to run in the cluster.</summary>
    public required ClusterWorkload Workload { get; init; }
}

/// <summary>
/// The part of an application that runs in one cluster: a namespace with a service for each that the cluster's layer has. A service
/// is created and updated only after those that it depends on are ready.
/// </summary>
public sealed class LayeredApplication : ComponentResource
{
    /// <summary>The type token.</summary>
    public const string Type = "foginfra:applications:LayeredApplication";

    /// <summary>Makes the component.</summary>
    /// <param name="name">The resource's name; unique in its stack. By convention the workload's <see cref="ClusterWorkload.ResourceName"/>.</param>
    /// <param name="args">What is to run.</param>
    /// <param name="options">Its options; the provider among them decides the cluster.</param>
    public LayeredApplication(string name, LayeredApplicationArgs args, ComponentResourceOptions? options = null)
        : base(Type, name, options)
    {
        ArgumentNullException.ThrowIfNull(args);
        var workload = args.Workload;
        var @namespace = new Namespace(
            name,
            new NamespaceArgs { Metadata = new ObjectMetaArgs { Name = workload.Namespace, Labels = Labels.OfApplication(workload) } },
            new CustomResourceOptions { Parent = this });

        var services = ImmutableSortedDictionary.CreateBuilder<string, ApplicationService>(StringComparer.Ordinal);
        foreach (var service in workload.Services)
        {
            services[service.Name] = new ApplicationService(
                workload.ResourceNameOf(service.Name),
                new ApplicationServiceArgs
                {
                    Workload = workload,
                    Service = service,
                    Namespace = @namespace.Metadata.Apply(metadata => metadata.Name),
                },
                new ComponentResourceOptions { Parent = this, DependsOn = service.DependsOn.Select(other => services[other]).ToArray() });
        }

        Services = services.ToImmutable();
        Healthy = Output.All(Services.Values.Select(IsHealthy)).Apply(each => each.All(healthy => healthy));
        RegisterOutputs(new Dictionary<string, object?> { ["healthy"] = Healthy });
    }

    /// <summary>The services by name.</summary>
    public ImmutableSortedDictionary<string, ApplicationService> Services { get; }

    /// <summary>Whether every service had all its pods ready when it was last looked at.</summary>
    public Output<bool> Healthy { get; }

    private static Output<bool> IsHealthy(ApplicationService service) =>
        Output.Tuple(service.Replicas, service.ReadyReplicas).Apply(replicas => replicas.Item2 >= replicas.Item1);
}
