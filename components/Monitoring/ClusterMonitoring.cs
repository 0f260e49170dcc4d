using System.Collections.Immutable;
using FogInfra.Model;
using Pulumi;

namespace FogInfra.Components;

/// <summary>The images of the monitoring, each a reference with a tag.</summary>
public sealed record MonitoringImages
{
    /// <summary>Prometheus.</summary>
    public string Prometheus { get; init; } = "prom/prometheus:v3.5.0";

    /// <summary>Alertmanager.</summary>
    public string Alertmanager { get; init; } = "prom/alertmanager:v0.28.1";

    /// <summary>Grafana.</summary>
    public string Grafana { get; init; } = "grafana/grafana:12.1.0";

    /// <summary>kube-state-metrics, which tells Prometheus how Deployments and pods are.</summary>
    public string StateMetrics { get; init; } = "registry.k8s.io/kube-state-metrics/kube-state-metrics:v2.16.0";
}

/// <summary>The arguments of a <see cref="ClusterMonitoring"/>.</summary>
public sealed class ClusterMonitoringArgs : ResourceArgs
{
    /// <summary>The cluster's name.</summary>
    public required string Cluster { get; init; }

    /// <summary>The cluster's layer.</summary>
    public required Layer Layer { get; init; }

    /// <summary>What is monitored.</summary>
    public required ImmutableArray<MonitoredApplication> Applications { get; init; }

    /// <summary>The namespace. It is the one that applications let in (<see cref="Model.Isolation.MonitoringNamespace"/>).</summary>
    public string Namespace { get; init; } = Model.Isolation.DefaultMonitoringNamespace;

    /// <summary>The images.</summary>
    public MonitoringImages Images { get; init; } = new();

    /// <summary>Who is told of alerts.</summary>
    public AlertReceivers Receivers { get; init; } = new();

    /// <summary>The password of Grafana's user <c>admin</c>; null for no Grafana, for example at an edge that is looked at from the cloud.</summary>
    public Input<string>? GrafanaPassword { get; init; }

    /// <summary>The host name under which an ingress controller takes requests for Grafana; null for none.</summary>
    public string? GrafanaHost { get; init; }

    /// <summary>The Secret with the certificate of <see cref="GrafanaHost"/>; null for plain HTTP.</summary>
    public string? GrafanaTlsSecret { get; init; }

    /// <summary>The time between looks at the metrics, as Prometheus writes durations.</summary>
    public string Interval { get; init; } = "15s";

    /// <summary>How long metrics are kept, as Prometheus writes durations.</summary>
    public string Retention { get; init; } = "15d";

    /// <summary>Storage for metrics; null to lose them when Prometheus' pod goes.</summary>
    public StorageClaim? Storage { get; init; }

    /// <summary>Whether the nodes are asked for the processors and memory of containers. It needs rights on all nodes of the cluster (ClusterRole).</summary>
    public bool NodeMetrics { get; init; } = true;

    /// <summary>How it is kept apart from what else runs in the cluster.</summary>
    public Isolation Isolation { get; init; } = new();

    /// <summary>What is different about single parts: <c>prometheus</c>, <c>alertmanager</c>, <c>grafana</c>, <c>kube-state-metrics</c>.</summary>
    public ImmutableSortedDictionary<string, ServiceSettings> Overrides { get; init; } = ImmutableSortedDictionary<string, ServiceSettings>.Empty;
}

/// <summary>
/// The monitoring of applications in a cluster, as plain Kubernetes objects: Prometheus, which finds the pods of services by what the
/// components know of them; alerting rules for each application and what is promised of it, with Alertmanager; and Grafana with dashboards.
/// Where the cluster has the Prometheus operator, <see cref="OperatorMonitoring"/> tells that of the applications instead.
/// </summary>
public sealed class ClusterMonitoring : ComponentResource
{
    /// <summary>The type token.</summary>
    public const string Type = "foginfra:monitoring:ClusterMonitoring";

    /// <summary>Makes the component.</summary>
    /// <param name="name">The resource's name; unique in its stack.</param>
    /// <param name="args">What is monitored, and who is told.</param>
    /// <param name="options">Its options; the provider among them decides the cluster.</param>
    public ClusterMonitoring(string name, ClusterMonitoringArgs args, ComponentResourceOptions? options = null)
        : base(Type, name, options)
    {
        ArgumentNullException.ThrowIfNull(args);
        Require(args.Applications);
        var workload = WorkloadOf(args);

        // In their namespaces before the first look, so that nothing that is there is missed by it.
        var reach = new MonitoringAccess($"{name}-access", new MonitoringAccessArgs { Monitoring = workload, Applications = args.Applications, NodeMetrics = args.NodeMetrics }, new ComponentResourceOptions { Parent = this });
        var application = new LayeredApplication(
            name,
            new LayeredApplicationArgs
            {
                Workload = workload,
                ReadSecret = secret => secret.Name == MonitoringParts.PasswordSecret ? args.GrafanaPassword! : args.Receivers.Configuration(),
            },
            new ComponentResourceOptions { Parent = this, DependsOn = reach });
        var prometheus = workload.Services.Single(service => service.Name == MonitoringParts.Prometheus);
        if (args.Isolation.Network != false)
        {
            NamespaceLink.LetOut(
                $"{name}-targets",
                this,
                workload,
                application.Namespace,
                prometheus,
                [.. args.Applications.SelectMany(monitored => monitored.Scraped().Select(scraped => (monitored.Workload.Namespace, scraped.Endpoint.Port))).Distinct()]);
        }

        Prometheus = application.Services[MonitoringParts.Prometheus].Endpoint;
        Alertmanager = application.Services[MonitoringParts.Alertmanager].Endpoint;
        Grafana = application.Services.TryGetValue(MonitoringParts.Grafana, out var grafana) ? grafana.Endpoint : Output.Create("");
        Healthy = application.Healthy;
        RegisterOutputs(new Dictionary<string, object?>
        {
            ["prometheus"] = Prometheus,
            ["alertmanager"] = Alertmanager,
            ["grafana"] = Grafana,
            ["healthy"] = Healthy,
        });
    }

    /// <summary><c>HOST:PORT</c> of Prometheus inside the cluster.</summary>
    public Output<string> Prometheus { get; }

    /// <summary><c>HOST:PORT</c> of Alertmanager inside the cluster.</summary>
    public Output<string> Alertmanager { get; }

    /// <summary><c>HOST:PORT</c> of Grafana inside the cluster; empty without one.</summary>
    public Output<string> Grafana { get; }

    /// <summary>Whether all of it was ready when it was last looked at.</summary>
    public Output<bool> Healthy { get; }

    /// <summary>What the monitoring consists of.</summary>
    public static ClusterWorkload WorkloadOf(ClusterMonitoringArgs args)
    {
        ArgumentNullException.ThrowIfNull(args);
        return new ClusterWorkload
        {
            Application = "monitoring",
            Namespace = args.Namespace,
            Cluster = args.Cluster,
            Layer = args.Layer,
            Isolation = args.Isolation,
            Services = MonitoringParts.Of(args),
        };
    }

    internal static void Require(IEnumerable<MonitoredApplication> applications)
    {
        if (applications.SelectMany(application => application.Problems()).ToList() is { Count: > 0 } problems)
        {
            throw new ArgumentException($"What is to be monitored is wrong: {string.Join("; ", problems)}.", nameof(applications));
        }
    }
}
