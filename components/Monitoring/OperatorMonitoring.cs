using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using ConfigMap = Pulumi.Kubernetes.Core.V1.ConfigMap;

namespace FogInfra.Components;

/// <summary>The arguments of an <see cref="OperatorMonitoring"/>.</summary>
public sealed class OperatorMonitoringArgs : ResourceArgs
{
    /// <summary>What is monitored.</summary>
    public required ImmutableArray<MonitoredApplication> Applications { get; init; }

    /// <summary>The namespace of the operator's Prometheus and Grafana.</summary>
    public string Namespace { get; init; } = Model.Isolation.DefaultMonitoringNamespace;

    /// <summary>The labels by which the operator's Prometheus chooses what it is told; those of the chart kube-prometheus-stack under its usual name.</summary>
    public ImmutableSortedDictionary<string, string> Selector { get; init; } =
        ImmutableSortedDictionary<string, string>.Empty.Add("release", "kube-prometheus-stack");

    /// <summary>The time between looks at the metrics, as Prometheus writes durations.</summary>
    public string Interval { get; init; } = "15s";
}

/// <summary>
/// Tells the Prometheus operator of applications, in a cluster that has it (as the chart kube-prometheus-stack installs it): a ServiceMonitor for
/// each service that shows metrics, a PrometheusRule for each application, and the dashboards as ConfigMaps that the chart's Grafana takes up.
/// </summary>
public sealed class OperatorMonitoring : ComponentResource
{
    /// <summary>The type token.</summary>
    public const string Type = "foginfra:monitoring:OperatorMonitoring";

    private const string ApiVersion = "monitoring.coreos.com/v1";

    /// <summary>Makes the component.</summary>
    /// <param name="name">The resource's name; unique in its stack.</param>
    /// <param name="args">What is monitored.</param>
    /// <param name="options">Its options; the provider among them decides the cluster, which must know the operator's kinds.</param>
    public OperatorMonitoring(string name, OperatorMonitoringArgs args, ComponentResourceOptions? options = null)
        : base(Type, name, options)
    {
        ArgumentNullException.ThrowIfNull(args);
        ClusterMonitoring.Require(args.Applications);
        foreach (var application in args.Applications)
        {
            foreach (var (service, endpoint) in application.Scraped())
            {
                _ = SpecObject.Create(
                    this, $"{name}-{application.Workload.Application}-{service.Name}", ApiVersion, "ServiceMonitor",
                    Metadata(args, application.Namespace, service.Name), MonitorOf(args, application, service.Name, endpoint));
            }

            _ = SpecObject.Create(
                this, $"{name}-{application.Workload.Application}-rules", ApiVersion, "PrometheusRule",
                Metadata(args, application.Namespace, application.Workload.Application), new JsonObject { ["groups"] = AlertRules.Groups([application]) });
        }

        foreach (var (file, text) in Dashboards.Of(args.Applications))
        {
            var dashboard = Path.GetFileNameWithoutExtension(file);
            _ = new ConfigMap(
                $"{name}-{dashboard}",
                new ConfigMapArgs
                {
                    // The label by which the side-car of the chart's Grafana finds dashboards.
                    Metadata = new ObjectMetaArgs
                    {
                        Name = $"foginfra-{dashboard}",
                        Namespace = args.Namespace,
                        Labels = new Dictionary<string, string> { ["grafana_dashboard"] = "1", [Labels.ManagedBy] = "foginfra" },
                    },
                    Data = new Dictionary<string, string> { [file] = text },
                },
                new CustomResourceOptions { Parent = this });
        }

        RegisterOutputs();
    }

    // By the Service in front of the pods; its ports have the names of the containers' ones.
    private static JsonObject MonitorOf(OperatorMonitoringArgs args, MonitoredApplication application, string service, MetricsEndpoint endpoint) => new()
    {
        ["selector"] = new JsonObject
        {
            ["matchLabels"] = new JsonObject { [Labels.Name] = service, [Labels.PartOf] = application.Workload.Application },
        },
        ["endpoints"] = new JsonArray(new JsonObject
        {
            ["targetPort"] = endpoint.Port,
            ["path"] = endpoint.Path,
            ["interval"] = args.Interval,
            ["relabelings"] = new JsonArray(
                Set("job", PrometheusConfiguration.JobOf(application.Workload, service)),
                Set("application", application.Workload.Application),
                Set("service", service),
                new JsonObject
                {
                    ["sourceLabels"] = new JsonArray($"__meta_kubernetes_pod_label_{Labels.Version.Replace('.', '_').Replace('/', '_').Replace('-', '_')}"),
                    ["targetLabel"] = "version",
                    ["action"] = "replace",
                }),
        }),
    };

    private static JsonObject Set(string label, string value) => new() { ["targetLabel"] = label, ["replacement"] = value, ["action"] = "replace" };

    private static ObjectMetaArgs Metadata(OperatorMonitoringArgs args, Input<string> inside, string name)
    {
        var labels = args.Selector.ToDictionary();
        labels[Labels.ManagedBy] = "foginfra";
        return new ObjectMetaArgs { Name = name, Namespace = inside, Labels = labels };
    }
}
