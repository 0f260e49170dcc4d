using System.Collections.Immutable;
using FogInfra.Model;
using Pulumi;

namespace FogInfra.Components;

/// <summary>The arguments of an <see cref="UpstreamCluster"/>.</summary>
public sealed class UpstreamClusterArgs : ResourceArgs
{
    /// <summary>The stack that covers the cluster: <c>ORGANIZATION/PROJECT/STACK</c>.</summary>
    public required string Stack { get; init; }

    /// <summary>The cluster.</summary>
    public required string Cluster { get; init; }
}

/// <summary>
/// A cluster of a layer further in, known by the outputs of its stack (<see cref="StackContract"/>). By it a layer knows its parent's endpoints.
/// </summary>
public sealed class UpstreamCluster : ComponentResource
{
    /// <summary>The type token.</summary>
    public const string Type = "foginfra:layers:UpstreamCluster";

    private readonly string _cluster;

    /// <summary>Makes the component.</summary>
    /// <param name="name">The resource's name; unique in its stack.</param>
    /// <param name="args">The cluster.</param>
    /// <param name="options">Its options.</param>
    public UpstreamCluster(string name, UpstreamClusterArgs args, ComponentResourceOptions? options = null)
        : base(Type, name, options)
    {
        ArgumentNullException.ThrowIfNull(args);
        _cluster = args.Cluster;
        var reference = new StackReference(args.Stack, options: new CustomResourceOptions { Parent = this });
        ExternalEndpoints = reference.GetOutput(StackContract.Clusters).Apply(clusters => Read(clusters, args.Cluster));
        RegisterOutputs(new Dictionary<string, object?> { ["externalEndpoints"] = ExternalEndpoints });
    }

    /// <summary>The endpoints (<c>HOST:PORT</c>) of the cluster's services that can be reached from outside, by the services' names.</summary>
    public Output<ImmutableDictionary<string, string>> ExternalEndpoints { get; }

    /// <summary>The endpoint of one service.</summary>
    /// <param name="service">The service. A <see cref="RunException"/> is the result when it has no endpoint.</param>
    public Output<string> EndpointOf(string service) => ExternalEndpoints.Apply(endpoints => endpoints.TryGetValue(service, out var endpoint)
        ? endpoint
        : throw new RunException($"The cluster '{_cluster}' has no endpoint of the service '{service}' that could be reached from outside."));

    private static ImmutableDictionary<string, string> Read(object? clusters, string cluster) =>
        clusters is IReadOnlyDictionary<string, object> known
        && known.TryGetValue(cluster, out var outputs) && outputs is IReadOnlyDictionary<string, object> fields
        && fields.TryGetValue("services", out var services) && services is IReadOnlyDictionary<string, object> all
            ? (from service in all
               let endpoint = (service.Value as IReadOnlyDictionary<string, object>)?.GetValueOrDefault("externalEndpoint") as string
               where !string.IsNullOrEmpty(endpoint)
               select KeyValuePair.Create(service.Key, endpoint)).ToImmutableDictionary()
            : ImmutableDictionary<string, string>.Empty;
}
