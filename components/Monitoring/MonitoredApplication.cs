using System.Collections.Immutable;
using FogInfra.Model;
using Pulumi;

namespace FogInfra.Components;

/// <summary>Where a service shows its metrics, in the text format of Prometheus.</summary>
/// <param name="Port">The number of a port of its containers.</param>
/// <param name="Path">The path.</param>
public sealed record MetricsEndpoint(int Port, string Path = "/metrics");

/// <summary>What is promised of a service. Alerts come when the promise is being broken.</summary>
public sealed record ServiceObjective
{
    /// <summary>Which share of requests is answered without an error, from 0 to below 1.</summary>
    public double Availability { get; init; } = 0.999;

    /// <summary>How long 95 of 100 requests take at most, in seconds; null for no promise.</summary>
    public double? Latency { get; init; } = 0.5;
}

/// <summary>The names of the metrics of requests (rate, errors, duration) that services show. They are those of the usual client libraries.</summary>
public sealed record RequestMetrics
{
    /// <summary>Counts requests.</summary>
    public string Count { get; init; } = "http_requests_total";

    /// <summary>The histogram of their durations, in seconds.</summary>
    public string Duration { get; init; } = "http_request_duration_seconds";

    /// <summary>The label with the status code of the answer.</summary>
    public string Status { get; init; } = "status";
}

/// <summary>An application that is to be monitored.</summary>
public sealed record MonitoredApplication
{
    /// <summary>What runs.</summary>
    public required ClusterWorkload Workload { get; init; }

    /// <summary>Its namespace, once it exists.</summary>
    public required Input<string> Namespace { get; init; }

    /// <summary>Where services show their metrics, by the services' names. Without a word: at the port named <c>metrics</c>, where there is one.</summary>
    public ImmutableSortedDictionary<string, MetricsEndpoint> Metrics { get; init; } = ImmutableSortedDictionary<string, MetricsEndpoint>.Empty;

    /// <summary>What is promised of services, by the services' names; <see cref="Objective"/> for the others.</summary>
    public ImmutableSortedDictionary<string, ServiceObjective> Objectives { get; init; } = ImmutableSortedDictionary<string, ServiceObjective>.Empty;

    /// <summary>What is promised of services of which nothing else is said.</summary>
    public ServiceObjective Objective { get; init; } = new();

    /// <summary>The names of the metrics of requests.</summary>
    public RequestMetrics Requests { get; init; } = new();

    /// <summary>The services that show metrics, and where.</summary>
    internal IEnumerable<(ServiceWorkload Service, MetricsEndpoint Endpoint)> Scraped() =>
        from service in Workload.Services
        let named = service.Containers.SelectMany(container => container.Ports).FirstOrDefault(port => port.Name == "metrics")
        let endpoint = Metrics.GetValueOrDefault(service.Name) ?? (named is null ? null : new MetricsEndpoint(named.Number))
        where endpoint is not null
        select (service, endpoint);

    /// <summary>What is promised of a service.</summary>
    internal ServiceObjective ObjectiveOf(string service) => Objectives.GetValueOrDefault(service) ?? Objective;

    /// <summary>What is wrong with what is said; none when it can be used.</summary>
    internal IEnumerable<string> Problems()
    {
        foreach (var name in Metrics.Keys.Concat(Objectives.Keys).Distinct().Where(name => Workload.Services.All(service => service.Name != name)))
        {
            yield return $"'{Workload.Application}' has no service '{name}'";
        }

        foreach (var objective in Objectives.Values.Append(Objective).Where(objective => objective.Availability is not (>= 0 and < 1) || objective.Latency <= 0))
        {
            yield return $"an availability of {objective.Availability} with a latency of {objective.Latency} s cannot be promised";
        }
    }
}
