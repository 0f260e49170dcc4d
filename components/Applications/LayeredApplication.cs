using System.Collections.Immutable;
using FogInfra.Model;
using Pulumi;

namespace FogInfra.Components;

/// <summary>The arguments of a <see cref="LayeredApplication"/>.</summary>
public sealed class LayeredApplicationArgs : ResourceArgs
{
    /// <summary>What is to run in the cluster.</summary>
    public required ClusterWorkload Workload { get; init; }

    /// <summary>Gives the values of secrets; needed where a service has any.</summary>
    public Func<SecretSource, Input<string>>? ReadSecret { get; init; }

    /// <summary>Gives the endpoints of services of clusters further in; without it services are not told of them.</summary>
    public Func<UpstreamService, Output<string>>? FindUpstream { get; init; }

    /// <summary>Where the cluster is told of rollouts; null when it is not.</summary>
    public FogRolloutRecords? Records { get; init; }
}

/// <summary>
/// The part of an application that runs in one cluster: a namespace of its own with a service for each that the cluster's layer has. A
/// service is created and updated only after those that it depends on are ready.
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
        var @namespace = new ApplicationNamespace(name, new ApplicationNamespaceArgs { Workload = workload }, new ComponentResourceOptions { Parent = this });

        var services = ImmutableSortedDictionary.CreateBuilder<string, ApplicationService>(StringComparer.Ordinal);
        foreach (var service in workload.Services)
        {
            services[service.Name] = new ApplicationService(
                workload.ResourceNameOf(service.Name),
                ArgsOf(args, service, @namespace),
                new ComponentResourceOptions
                {
                    Parent = this,

                    // The quota and the policies of the namespace hold before the first pod starts.
                    DependsOn = service.DependsOn.Select(other => (Resource)services[other]).Append(@namespace).ToArray(),
                });
        }

        Namespace = @namespace.Name;
        Services = services.ToImmutable();
        Healthy = Output.All(Services.Values.Select(IsHealthy)).Apply(each => each.All(healthy => healthy));
        RegisterOutputs(new Dictionary<string, object?> { ["namespace"] = Namespace, ["healthy"] = Healthy });
    }

    /// <summary>The namespace, known once it exists.</summary>
    public Output<string> Namespace { get; }

    /// <summary>The services by name.</summary>
    public ImmutableSortedDictionary<string, ApplicationService> Services { get; }

    /// <summary>Whether every service had all its pods ready when it was last looked at.</summary>
    public Output<bool> Healthy { get; }

    private static ApplicationServiceArgs ArgsOf(LayeredApplicationArgs args, ServiceWorkload service, ApplicationNamespace @namespace)
    {
        var secrets = service.Settings.Secrets;
        if (!secrets.IsEmpty && args.ReadSecret is null)
        {
            throw new ArgumentException($"The service '{service.Name}' has secrets; {nameof(LayeredApplicationArgs.ReadSecret)} must give their values.", nameof(args));
        }

        return new ApplicationServiceArgs
        {
            Workload = args.Workload,
            Service = service,
            Namespace = @namespace.Name,
            SecretValues = secrets.ToImmutableSortedDictionary(secret => secret.Key, secret => args.ReadSecret!(secret.Value), StringComparer.Ordinal),
            Upstream = args.FindUpstream is { } find
                ? service.Upstream.ToImmutableSortedDictionary(upstream => upstream.Service, find, StringComparer.Ordinal)
                : ImmutableSortedDictionary<string, Output<string>>.Empty,
            Records = args.Records,
        };
    }

    private static Output<bool> IsHealthy(ApplicationService service) =>
        Output.Tuple(service.Replicas, service.ReadyReplicas).Apply(replicas => replicas.Item2 >= replicas.Item1);
}
