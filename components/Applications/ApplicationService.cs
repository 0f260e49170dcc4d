using FogInfra.Model;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Apps.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Deployment = Pulumi.Kubernetes.Apps.V1.Deployment;
using KubernetesService = Pulumi.Kubernetes.Core.V1.Service;

namespace FogInfra.Components;

/// <summary>The arguments of an <see cref="ApplicationService"/>.</summary>
public sealed class ApplicationServiceArgs : ResourceArgs
{
    /// <summary>The workload that the service belongs to.</summary>
    public required ClusterWorkload Workload { get; init; }

    /// <summary>The service.</summary>
    public required ServiceWorkload Service { get; init; }

    /// <summary>The namespace, as it is known once it exists.</summary>
    public required Input<string> Namespace { get; init; }
}

/// <summary>One service of an application in one cluster: a Deployment, and a Service where it listens on a port.</summary>
public sealed class ApplicationService : ComponentResource
{
    /// <summary>The type token.</summary>
    public const string Type = "foginfra:applications:ApplicationService";

    /// <summary>Makes the component.</summary>
    /// <param name="name">The resource's name; unique in its stack.</param>
    /// <param name="args">What is to run.</param>
    /// <param name="options">Its options. What it depends on is ready before anything of it is created or updated.</param>
    public ApplicationService(string name, ApplicationServiceArgs args, ComponentResourceOptions? options = null)
        : base(Type, name, options)
    {
        ArgumentNullException.ThrowIfNull(args);
        var (workload, service) = (args.Workload, args.Service);
        var deployment = new Deployment(name, DeploymentOf(args), new CustomResourceOptions { Parent = this });

        Version = Output.Create(service.Version);
        Replicas = Output.Create(service.Replicas);
        ReadyReplicas = deployment.Status.Apply(status => status?.ReadyReplicas ?? 0);
        Endpoint = Output.Create("");
        if (service.Containers.Any(container => !container.Ports.IsEmpty))
        {
            var kubernetesService = new KubernetesService(name, ServiceOf(args), new CustomResourceOptions { Parent = this });
            var port = service.Containers.SelectMany(container => container.Ports).First().Number;
            Endpoint = kubernetesService.Metadata.Apply(metadata => $"{metadata.Name}.{workload.Namespace}.svc:{port}");
        }

        RegisterOutputs(new Dictionary<string, object?>
        {
            ["version"] = Version,
            ["replicas"] = Replicas,
            ["readyReplicas"] = ReadyReplicas,
            ["endpoint"] = Endpoint,
        });
    }

    /// <summary>The version that runs.</summary>
    public Output<string> Version { get; }

    /// <summary>How many pods are wanted.</summary>
    public Output<int> Replicas { get; }

    /// <summary>How many pods were ready when the Deployment was last looked at.</summary>
    public Output<int> ReadyReplicas { get; }

    /// <summary><c>HOST:PORT</c> inside the cluster, of the first port; empty for a service without ports.</summary>
    public Output<string> Endpoint { get; }

    private static DeploymentArgs DeploymentOf(ApplicationServiceArgs args)
    {
        var (workload, service) = (args.Workload, args.Service);
        return new DeploymentArgs
        {
            Metadata = MetadataOf(args, Labels.OfService(workload, service)),
            Spec = new DeploymentSpecArgs
            {
                Replicas = service.Replicas,
                Selector = new LabelSelectorArgs { MatchLabels = Labels.Selector(workload, service) },
                Template = new PodTemplateSpecArgs
                {
                    Metadata = new ObjectMetaArgs { Labels = Labels.OfService(workload, service) },
                    Spec = new PodSpecArgs { Containers = service.Containers.Select(PodContainers.ToArgs).ToArray() },
                },
            },
        };
    }

    private static ServiceArgs ServiceOf(ApplicationServiceArgs args)
    {
        var ports = args.Service.Containers.SelectMany(container => container.Ports).ToList();
        return new ServiceArgs
        {
            // Without the version: a new one changes pods, not the address by which they are reached.
            Metadata = MetadataOf(args, Labels.OfService(args.Workload, args.Service, withVersion: false)),
            Spec = new ServiceSpecArgs
            {
                Selector = Labels.Selector(args.Workload, args.Service),
                Ports = ports.Select(port => new ServicePortArgs
                {
                    // Kubernetes demands names as soon as a Service has more than one port.
                    Name = port.Name ?? $"port-{port.Number}",
                    Port = port.Number,
                    TargetPort = port.Number,
                    Protocol = port.Protocol,
                }).ToArray(),
            },
        };
    }

    private static ObjectMetaArgs MetadataOf(ApplicationServiceArgs args, Dictionary<string, string> labels) => new()
    {
        Name = args.Service.Name,
        Namespace = args.Namespace,
        Labels = labels,
    };
}
