using System.Collections.Immutable;
using System.Globalization;
using FogInfra.Model;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Apps.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Pulumi.Kubernetes.Types.Inputs.Networking.V1;
using ConfigMap = Pulumi.Kubernetes.Core.V1.ConfigMap;
using Deployment = Pulumi.Kubernetes.Apps.V1.Deployment;
using NetworkPolicy = Pulumi.Kubernetes.Networking.V1.NetworkPolicy;
using PersistentVolumeClaim = Pulumi.Kubernetes.Core.V1.PersistentVolumeClaim;
using Secret = Pulumi.Kubernetes.Core.V1.Secret;

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

    /// <summary>The values of the service's secrets, by the names under <see cref="ServiceSettings.Secrets"/>.</summary>
    public ImmutableSortedDictionary<string, Input<string>> SecretValues { get; init; } = ImmutableSortedDictionary<string, Input<string>>.Empty;

    /// <summary>The endpoints (<c>HOST:PORT</c>) of services of clusters further in, by the services' names.</summary>
    public ImmutableSortedDictionary<string, Output<string>> Upstream { get; init; } = ImmutableSortedDictionary<string, Output<string>>.Empty;

    /// <summary>Where the cluster is told of the rollout; null when it is not.</summary>
    public FogRolloutRecords? Records { get; init; }
}

/// <summary>
/// One service of an application in one cluster: a Deployment with its account, configuration, secrets and volumes, the Service in
/// front of it, the policies around it, and the record of its rollout.
/// </summary>
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
        var rollout = args.Records is { } records ? new FogRolloutRecord($"{name}-rollout", RecordArgs(args, records), Child()) : null;
        var account = new ServiceAccess($"{name}-access", new ServiceAccessArgs { Workload = workload, Service = service, Namespace = args.Namespace }, Child());

        // All that must be there, or hold, before the first pod starts.
        var before = new List<Resource> { account };
        if (rollout is not null)
        {
            before.Add(rollout.Begun);
        }

        if (workload.Isolation.Network != false)
        {
            before.Add(new NetworkPolicy(
                name,
                new NetworkPolicyArgs { Metadata = Stable(args, service.Name), Spec = NetworkRules.Of(workload, service, args.Upstream.Values) },
                new CustomResourceOptions { Parent = this }));
        }

        var given = new PodSurroundings
        {
            ServiceAccount = account.AccountName,
            Configuration = ConfigMapOf($"{name}-config", args, service.Settings.Config),
            Files = ConfigMapOf($"{name}-files", args, FilesOf(service)),
            Secrets = SecretOf($"{name}-secrets", args),
            Claims = service.Settings.Volumes.Where(volume => volume.Claim is not null)
                .ToImmutableDictionary(volume => volume.Name, volume => ClaimOf($"{name}-{volume.Name}", args, volume)),
            Endpoints = EndpointsOf(args),
        };
        var deployment = new Deployment(
            name,
            new DeploymentArgs
            {
                Metadata = new ObjectMetaArgs { Name = service.Name, Namespace = args.Namespace, Labels = Labels.OfService(workload, service) },
                Spec = PodTemplates.DeploymentOf(workload, service, given),
            },
            new CustomResourceOptions { Parent = this, DependsOn = before.ToArray() });
        var access = new ServiceAddress(
            $"{name}-address", new ServiceAddressArgs { Workload = workload, Service = service, Namespace = args.Namespace }, Child());
        Availability.Create(name, this, Stable(args, service.Name), workload, service);

        Version = Output.Create(service.Version);
        Replicas = service.Settings.Autoscaling is null
            ? Output.Create(service.Replicas)
            : deployment.Spec.Apply(spec => spec.Replicas > 0 ? spec.Replicas : service.Replicas);
        ReadyReplicas = deployment.Status.Apply(status => status?.ReadyReplicas ?? 0);
        Endpoint = access.Endpoint;
        ExternalEndpoint = access.ExternalEndpoint;
        rollout?.WhenComplete(Version, Replicas, ReadyReplicas, [deployment, access]);

        RegisterOutputs(new Dictionary<string, object?>
        {
            ["version"] = Version,
            ["replicas"] = Replicas,
            ["readyReplicas"] = ReadyReplicas,
            ["endpoint"] = Endpoint,
            ["externalEndpoint"] = ExternalEndpoint,
        });
    }

    /// <summary>The version that runs.</summary>
    public Output<string> Version { get; }

    /// <summary>How many pods are wanted; with an autoscaler, how many it wanted when the Deployment was last looked at.</summary>
    public Output<int> Replicas { get; }

    /// <summary>How many pods were ready when the Deployment was last looked at.</summary>
    public Output<int> ReadyReplicas { get; }

    /// <summary><c>HOST:PORT</c> inside the cluster, of the first port; empty for a service without ports.</summary>
    public Output<string> Endpoint { get; }

    /// <summary><c>HOST:PORT</c> outside of the cluster; empty for a service that is not reached from there.</summary>
    public Output<string> ExternalEndpoint { get; }

    /// <summary>The environment variable by which a service is told the endpoint of one that it depends on, for example <c>ORDERS_ENDPOINT</c>.</summary>
    public static string EndpointVariable(string service)
    {
        ArgumentNullException.ThrowIfNull(service);
        return $"{service.Replace('-', '_').ToUpperInvariant()}_ENDPOINT";
    }

    private ComponentResourceOptions Child() => new() { Parent = this };

    // Objects that outlive a version do not have it among their labels, so that a new one leaves them alone.
    private static ObjectMetaArgs Stable(ApplicationServiceArgs args, string? objectName) => Labels.Stable(args.Workload, args.Service, args.Namespace, objectName);

    private static FogRolloutRecordArgs RecordArgs(ApplicationServiceArgs args, FogRolloutRecords records) =>
        new() { Workload = args.Workload, Service = args.Service, Namespace = args.Namespace, Records = records };

    // Neither ConfigMaps nor Secrets are named: new content is a new object under a new name, to which the pods' template then points.
    // That rolls the service out anew, and lets pods of the old version keep what they were started with.
    private Output<string>? ConfigMapOf(string name, ApplicationServiceArgs args, IReadOnlyDictionary<string, string> data) =>
        data.Count == 0
            ? null
            : new ConfigMap(
                name,
                new ConfigMapArgs { Metadata = Stable(args, objectName: null), Immutable = true, Data = data.ToDictionary() },
                new CustomResourceOptions { Parent = this }).Metadata.Apply(metadata => metadata.Name);

    private Output<string>? SecretOf(string name, ApplicationServiceArgs args)
    {
        var wanted = args.Service.Settings.Secrets.Keys.ToList();
        if (wanted.Count == 0)
        {
            return null;
        }

        var missing = wanted.Where(key => !args.SecretValues.ContainsKey(key)).ToList();
        if (missing.Count > 0)
        {
            throw new ArgumentException($"The service '{args.Service.Name}' lacks the values of its secrets: {string.Join(", ", missing)}.", nameof(args));
        }

        var data = new InputMap<string>();
        foreach (var key in wanted)
        {
            data.Add(key, Output.CreateSecret(args.SecretValues[key].ToOutput()).Apply(value => value));
        }

        return new Secret(
            name,
            new SecretArgs { Metadata = Stable(args, objectName: null), Immutable = true, StringData = data },
            new CustomResourceOptions { Parent = this }).Metadata.Apply(metadata => metadata.Name);
    }

    private Output<string> ClaimOf(string name, ApplicationServiceArgs args, Volume volume)
    {
        var claim = volume.Claim!;
        var spec = new PersistentVolumeClaimSpecArgs
        {
            AccessModes = new[] { claim.AccessMode },
            Resources = new VolumeResourceRequirementsArgs { Requests = new Dictionary<string, string> { ["storage"] = claim.Size } },
        };
        if (claim.StorageClass is { } storageClass)
        {
            spec.StorageClassName = storageClass;
        }

        // Storage of the usual class "waits for first consumer": it is bound when a pod wants it, so it cannot be waited for before.
        var metadata = Stable(args, $"{args.Service.Name}-{volume.Name}");
        metadata.Annotations = new Dictionary<string, string> { ["pulumi.com/skipAwait"] = "true" };
        return new PersistentVolumeClaim(
            name, new PersistentVolumeClaimArgs { Metadata = metadata, Spec = spec }, new CustomResourceOptions { Parent = this })
            .Metadata.Apply(created => created.Name);
    }

    private static ImmutableSortedDictionary<string, string> FilesOf(ServiceWorkload service) =>
        PodVolumes.KeysOf(service.Settings.Files.Keys).ToImmutableSortedDictionary(key => key.Value, key => service.Settings.Files[key.Key], StringComparer.Ordinal);

    private static ImmutableSortedDictionary<string, Input<string>> EndpointsOf(ApplicationServiceArgs args)
    {
        var endpoints = ImmutableSortedDictionary.CreateBuilder<string, Input<string>>(StringComparer.Ordinal);
        foreach (var dependency in args.Workload.Services.Where(other => args.Service.DependsOn.Contains(other.Name)))
        {
            if (ServiceAddress.InsideEndpoint(args.Workload, dependency) is { Length: > 0 } endpoint)
            {
                endpoints[EndpointVariable(dependency.Name)] = endpoint;
            }
        }

        foreach (var (name, endpoint) in args.Upstream)
        {
            endpoints[EndpointVariable(name)] = endpoint;
        }

        return endpoints.ToImmutable();
    }
}
