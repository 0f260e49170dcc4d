using System.Collections.Immutable;
using FogInfra.Model;

namespace FogInfra.Components;

/// <summary>An environment of a cloud-to-edge application.</summary>
public enum WebEnvironment
{
    /// <summary>On a developer's machine: one pod of each, reached by a port-forward.</summary>
    Development,

    /// <summary>On edge hardware, to try a version there: one small pod of each, reached by a port of the node.</summary>
    EdgeStaging,

    /// <summary>On edge hardware, for users: two small pods of each, reached by a load balancer.</summary>
    EdgeProduction,
}

/// <summary>What is different about an environment: it is laid over the base, which is the same for all. What it does not say is as the base has it.</summary>
public sealed record WebApplicationOverlay
{
    /// <summary>What is different about the backend.</summary>
    public ServiceSettings Backend { get; init; } = new();

    /// <summary>What is different about the frontend.</summary>
    public ServiceSettings Frontend { get; init; } = new();

    /// <summary>What is different about the proxy.</summary>
    public ServiceSettings Proxy { get; init; } = new();

    /// <summary>How far the proxy is reached.</summary>
    public ExposureKind Exposure { get; init; } = ExposureKind.ClusterIP;

    /// <summary>How many requests one client may send to the backend.</summary>
    public RateLimit ApiLimit { get; init; } = new(10);

    /// <summary>How many requests one client may send to the frontend's pages; null for any number.</summary>
    public RateLimit? PageLimit { get; init; }

    /// <summary>For how many seconds the proxy keeps static files; 0 for not at all.</summary>
    public int StaticCacheSeconds { get; init; }

    /// <summary>The overlay of an environment that somebody who says nothing gets.</summary>
    public static WebApplicationOverlay Of(WebEnvironment environment) => environment switch
    {
        WebEnvironment.Development => new WebApplicationOverlay
        {
            Backend = Sized(WebApplication.Backend, 1, "100m", "128Mi", "512Mi"),
            Frontend = Sized(WebApplication.Frontend, 1, "100m", "128Mi", "512Mi"),
            Proxy = Sized(WebApplication.Proxy, 1, "50m", "32Mi", "64Mi"),
        },
        WebEnvironment.EdgeStaging => new WebApplicationOverlay
        {
            Backend = Sized(WebApplication.Backend, 1, "50m", "96Mi", "192Mi"),
            Frontend = Sized(WebApplication.Frontend, 1, "50m", "96Mi", "192Mi"),
            Proxy = Sized(WebApplication.Proxy, 1, "25m", "24Mi", "48Mi"),
            Exposure = ExposureKind.NodePort,
            StaticCacheSeconds = 60,
        },
        WebEnvironment.EdgeProduction => new WebApplicationOverlay
        {
            Backend = Sized(WebApplication.Backend, 2, "50m", "96Mi", "192Mi"),
            Frontend = Sized(WebApplication.Frontend, 2, "50m", "96Mi", "192Mi"),
            Proxy = Sized(WebApplication.Proxy, 2, "25m", "24Mi", "48Mi"),
            Exposure = ExposureKind.LoadBalancer,
            PageLimit = new RateLimit(50, 100),
            StaticCacheSeconds = 3600,
        },
        _ => throw new ArgumentOutOfRangeException(nameof(environment), environment, null),
    };

    private static ServiceSettings Sized(string name, int replicas, string cpu, string memory, string mostMemory) => new()
    {
        Replicas = replicas,
        Disruption = replicas > 1 ? new Disruption(MaxUnavailable: "1") : null,
        Containers =
        [
            new Container
            {
                Name = name,
                Image = "", // as the base has it
                Resources = new Resources
                {
                    Requests = ImmutableSortedDictionary<string, string>.Empty.Add("cpu", cpu).Add("memory", memory),
                    Limits = ImmutableSortedDictionary<string, string>.Empty.Add("memory", mostMemory),
                },
            },
        ],
    };
}
