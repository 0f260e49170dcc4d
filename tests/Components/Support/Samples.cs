using System.Collections.Immutable;
using FogInfra.Model;

namespace FogInfra.Tests;

/// <summary>Workloads for tests.</summary>
internal static class Samples
{
    public static ClusterWorkload Workload(params ServiceWorkload[] services) => On(Layer.Edge, services);

    public static ClusterWorkload On(Layer layer, params ServiceWorkload[] services) => new()
    {
        Application = "shop",
        Namespace = "shop",
        Cluster = $"{layer.Name()}-1",
        Layer = layer,
        Services = [.. services],
    };

    /// <summary>A service of two pods without ports.</summary>
    public static ServiceWorkload Service(string name, ServiceSettings? settings = null) => new()
    {
        Name = name,
        Version = "1.0.0",
        Replicas = 2,
        Containers = [new Container { Name = name, Image = $"shop/{name}:1.0.0" }],
        Settings = settings ?? new ServiceSettings(),
    };

    /// <summary>A service of two pods that listen on a port.</summary>
    public static ServiceWorkload Listening(string name, ServiceSettings? settings = null, params string[] dependsOn) => Service(name, settings) with
    {
        Containers = [new Container { Name = name, Image = $"shop/{name}:1.0.0", Ports = [new ContainerPort(8080, "http")] }],
        DependsOn = [.. dependsOn],
    };

    public static ImmutableSortedDictionary<string, T> Map<T>(params (string Name, T Value)[] members) =>
        members.ToImmutableSortedDictionary(member => member.Name, member => member.Value, StringComparer.Ordinal);
}
