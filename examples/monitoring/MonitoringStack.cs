using System.Collections.Immutable;
using FogInfra.Components;
using FogInfra.Model;
using Pulumi;
using Provider = Pulumi.Kubernetes.Provider;
using ProviderArgs = Pulumi.Kubernetes.ProviderArgs;

namespace Example.Monitoring;

/// <summary>A service that shows metrics, a promise about it, and the monitoring that tells when the promise is being broken.</summary>
public sealed class MonitoringStack : Stack
{
    /// <summary>Builds the stack.</summary>
    public MonitoringStack()
    {
        var config = new Config();
        var options = new ComponentResourceOptions { Provider = new Provider("cluster", new ProviderArgs { KubeConfig = config.Require("kubeconfig") }) };
        var workload = Shop();
        var shop = new LayeredApplication("shop", new LayeredApplicationArgs { Workload = workload }, options);
        var monitoring = new ClusterMonitoring(
            "monitoring",
            new ClusterMonitoringArgs
            {
                Cluster = workload.Cluster,
                Layer = workload.Layer,
                Applications =
                [
                    new MonitoredApplication
                    {
                        Workload = workload,
                        Namespace = shop.Namespace,
                        Objectives = ImmutableSortedDictionary<string, ServiceObjective>.Empty.Add(
                            "orders", new ServiceObjective { Availability = 0.999, Latency = 0.25 }),
                    },
                ],
                GrafanaPassword = config.RequireSecret("grafanaPassword"),
                Receivers = config.GetSecret("slackWebhook") is { } webhook ? new AlertReceivers { SlackWebhook = webhook } : new AlertReceivers(),
            },
            options);
        Grafana = monitoring.Grafana;
        Prometheus = monitoring.Prometheus;
        Healthy = Output.Tuple(shop.Healthy, monitoring.Healthy).Apply(both => both.Item1 && both.Item2);
    }

    /// <summary>Where Grafana is reached inside the cluster.</summary>
    [Output]
    public Output<string> Grafana { get; private set; }

    /// <summary>Where Prometheus is reached inside the cluster.</summary>
    [Output]
    public Output<string> Prometheus { get; private set; }

    /// <summary>Whether everything has all its pods ready.</summary>
    [Output]
    public Output<bool> Healthy { get; private set; }

    private static ClusterWorkload Shop() => new()
    {
        Application = "shop",
        Namespace = "shop",
        Cluster = "cloud-1",
        Layer = Layer.Cloud,
        Services =
        [
            new ServiceWorkload
            {
                Name = "orders",
                Version = "1.0.0",
                Replicas = 2,
                Containers =
                [
                    new Container
                    {
                        Name = "orders",
                        Image = "shop/orders:1.0.0",

                        // A port of the name "metrics" is where Prometheus looks, unless it is told otherwise.
                        Ports = [new ContainerPort(8080, "http"), new ContainerPort(9090, "metrics")],
                        ReadinessProbe = new Probe { Http = new HttpProbe("/health/ready", "http") },
                    },
                ],
            },
        ],
    };
}
