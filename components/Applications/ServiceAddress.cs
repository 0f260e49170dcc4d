using FogInfra.Model;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Networking.V1;
using Ingress = Pulumi.Kubernetes.Networking.V1.Ingress;
using KubernetesService = Pulumi.Kubernetes.Core.V1.Service;

namespace FogInfra.Components;

/// <summary>The arguments of a <see cref="ServiceAddress"/>.</summary>
public sealed class ServiceAddressArgs : ResourceArgs
{
    /// <summary>The workload that the service belongs to.</summary>
    public required ClusterWorkload Workload { get; init; }

    /// <summary>The service.</summary>
    public required ServiceWorkload Service { get; init; }

    /// <summary>The namespace, as it is known once it exists.</summary>
    public required Input<string> Namespace { get; init; }
}

/// <summary>By what a service is reached: a Service where it listens on a port, and an Ingress where it is to be reached by HTTP from outside.</summary>
public sealed class ServiceAddress : ComponentResource
{
    /// <summary>The type token.</summary>
    public const string Type = "foginfra:applications:ServiceAddress";

    /// <summary>Makes the component.</summary>
    /// <param name="name">The resource's name; unique in its stack.</param>
    /// <param name="args">What is to be reached.</param>
    /// <param name="options">Its options.</param>
    public ServiceAddress(string name, ServiceAddressArgs args, ComponentResourceOptions? options = null)
        : base(Type, name, options)
    {
        ArgumentNullException.ThrowIfNull(args);
        var (workload, service) = (args.Workload, args.Service);
        Endpoint = Output.Create("");
        ExternalEndpoint = Output.Create("");
        if (!ServicePorts.Of(service).IsEmpty)
        {
            var kubernetesService = new KubernetesService(
                name,
                new ServiceArgs { Metadata = MetadataOf(args, service.Settings.Expose?.Annotations), Spec = SpecOf(workload, service) },
                new CustomResourceOptions { Parent = this });
            Endpoint = kubernetesService.Metadata.Apply(_ => InsideEndpoint(workload, service));
            ExternalEndpoint = OutsideEndpoint(kubernetesService, service);
        }

        if (service.Settings.Ingress is { } route)
        {
            var ingress = new Ingress(
                name,
                new IngressArgs { Metadata = MetadataOf(args, route.Annotations), Spec = SpecOf(service, route) },
                new CustomResourceOptions { Parent = this });
            var port = route.TlsSecret is null ? 80 : 443;
            ExternalEndpoint = route.Host is { } host
                ? ingress.Metadata.Apply(_ => Endpoints.Of(host, port))
                : ingress.Status.Apply(status => Endpoints.Of(
                    status?.LoadBalancer?.Ingress.Select(entry => string.IsNullOrEmpty(entry.Ip) ? entry.Hostname : entry.Ip).FirstOrDefault(), port));
        }

        RegisterOutputs(new Dictionary<string, object?> { ["endpoint"] = Endpoint, ["externalEndpoint"] = ExternalEndpoint });
    }

    /// <summary><c>HOST:PORT</c> inside the cluster, of the first port; empty for a service without ports.</summary>
    public Output<string> Endpoint { get; }

    /// <summary><c>HOST:PORT</c> outside of the cluster; empty for a service that is not reached from there.</summary>
    public Output<string> ExternalEndpoint { get; }

    /// <summary>The endpoint inside the cluster, which needs no cluster to be known; empty for a service without ports.</summary>
    internal static string InsideEndpoint(ClusterWorkload workload, ServiceWorkload service) =>
        ServicePorts.Of(service) is [var first, ..] ? Endpoints.Of($"{service.Name}.{workload.Namespace}.svc", first.Port) : "";

    private static Output<string> OutsideEndpoint(KubernetesService kubernetesService, ServiceWorkload service)
    {
        var port = ServicePorts.Of(service)[0].Port;
        return service.Settings.Expose switch
        {
            { Kind: ExposureKind.LoadBalancer } => kubernetesService.Status.Apply(status => Endpoints.Of(
                status?.LoadBalancer?.Ingress.Select(entry => string.IsNullOrEmpty(entry.Ip) ? entry.Hostname : entry.Ip).FirstOrDefault(), port)),
            { ExternalIPs: [var address, ..] } => kubernetesService.Metadata.Apply(_ => Endpoints.Of(address, port)),
            _ => Output.Create(""),
        };
    }

    private static Pulumi.Kubernetes.Types.Inputs.Meta.V1.ObjectMetaArgs MetadataOf(
        ServiceAddressArgs args, IReadOnlyDictionary<string, string>? annotations)
    {
        var metadata = Labels.Stable(args.Workload, args.Service, args.Namespace, args.Service.Name);
        if (annotations is { Count: > 0 })
        {
            metadata.Annotations = annotations.ToDictionary();
        }

        return metadata;
    }

    private static ServiceSpecArgs SpecOf(ClusterWorkload workload, ServiceWorkload service)
    {
        var spec = new ServiceSpecArgs
        {
            Selector = Labels.Selector(workload, service),
            Ports = ServicePorts.Of(service).Select(ToArgs).ToArray(),
        };
        if (service.Settings.Expose is { } exposure)
        {
            spec.Type = exposure.Kind.ToString();
            if (!exposure.ExternalIPs.IsEmpty)
            {
                spec.ExternalIPs = exposure.ExternalIPs.ToArray();
            }
        }

        return spec;
    }

    private static ServicePortArgs ToArgs(ExposedPort port)
    {
        var args = new ServicePortArgs
        {
            Name = port.Name!,
            Port = port.Port,
            TargetPort = PodContainers.ToPort(port.TargetPort!),
            Protocol = port.Protocol,
        };
        if (port.NodePort is { } nodePort)
        {
            args.NodePort = nodePort;
        }

        return args;
    }

    private static IngressSpecArgs SpecOf(ServiceWorkload service, IngressRoute route)
    {
        var backend = new IngressBackendArgs
        {
            Service = new IngressServiceBackendArgs
            {
                Name = service.Name,
                Port = new ServiceBackendPortArgs { Number = ServicePorts.Target(service, route.Port).Service.Port },
            },
        };
        var rule = new IngressRuleArgs
        {
            Http = new HTTPIngressRuleValueArgs
            {
                Paths = new[] { new HTTPIngressPathArgs { Path = route.Path, PathType = "Prefix", Backend = backend } },
            },
        };
        var spec = new IngressSpecArgs { Rules = new[] { rule } };
        if (route.ClassName is { } className)
        {
            spec.IngressClassName = className;
        }

        if (route.Host is { } host)
        {
            rule.Host = host;
            if (route.TlsSecret is { } secret)
            {
                spec.Tls = new[] { new IngressTLSArgs { Hosts = new[] { host }, SecretName = secret } };
            }
        }

        return spec;
    }
}
