using System.Collections.Immutable;

namespace FogInfra.Model;

/// <summary>How far the Service in front of a service's pods can be reached.</summary>
public enum ExposureKind
{
    /// <summary>Inside the cluster.</summary>
    ClusterIP,

    /// <summary>On a port of every node.</summary>
    NodePort,

    /// <summary>By a load balancer of the cluster's provider.</summary>
    LoadBalancer,
}

/// <summary>The Service in front of a service's pods.</summary>
public sealed record Exposure
{
    /// <summary>How far it can be reached.</summary>
    public ExposureKind Kind { get; init; } = ExposureKind.ClusterIP;

    /// <summary>Its ports; empty for the ports of the containers as they are.</summary>
    public ImmutableArray<ExposedPort> Ports { get; init; } = [];

    /// <summary>Addresses of nodes by which it is reached from outside as well.</summary>
    public ImmutableArray<string> ExternalIPs { get; init; } = [];

    /// <summary>Annotations, by which load balancers are told what they should do.</summary>
    public ImmutableSortedDictionary<string, string> Annotations { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}

/// <summary>A port of a Service.</summary>
/// <param name="Port">The number by which it is reached.</param>
/// <param name="TargetPort">The container's port: a number or a name; null for the same number.</param>
/// <param name="Name">The name; null for one made of the number.</param>
/// <param name="Protocol"><c>TCP</c>, <c>UDP</c> or <c>SCTP</c>.</param>
/// <param name="NodePort">The port of the nodes; null to have one chosen.</param>
public sealed record ExposedPort(int Port, string? TargetPort = null, string? Name = null, string Protocol = "TCP", int? NodePort = null);

/// <summary>The way in by HTTP from outside of the cluster (Ingress).</summary>
public sealed record IngressRoute
{
    /// <summary>The host name that requests ask for; null for every one.</summary>
    public string? Host { get; init; }

    /// <summary>The beginning of the paths that are taken.</summary>
    public string Path { get; init; } = "/";

    /// <summary>The port of the Service: a number or a name; null for the first one.</summary>
    public string? Port { get; init; }

    /// <summary>The class of the ingress controller; null for the cluster's default.</summary>
    public string? ClassName { get; init; }

    /// <summary>The Secret with the certificate; null for plain HTTP.</summary>
    public string? TlsSecret { get; init; }

    /// <summary>Annotations, by which ingress controllers are told what they should do.</summary>
    public ImmutableSortedDictionary<string, string> Annotations { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}

/// <summary>A destination outside of the cluster that pods may connect to.</summary>
public sealed record EgressRule
{
    /// <summary>The addresses, as a range in CIDR notation.</summary>
    public required string Cidr { get; init; }

    /// <summary>The TCP ports; empty for all.</summary>
    public ImmutableArray<int> Ports { get; init; } = [];
}
