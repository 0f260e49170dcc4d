using System.Globalization;
using System.Text.Json.Nodes;
using FogInfra.Model;

namespace FogInfra.Components;

/// <summary>
/// The configuration of Prometheus, made from what the components run: a job for each service that shows metrics, whose pods are found at the
/// Kubernetes API by the labels that the components give them. Plain functions over plain values. JSON is YAML too, so it is written as JSON.
/// </summary>
internal static class PrometheusConfiguration
{
    public const string Path = "/etc/prometheus/prometheus.yml";
    public const string RulesPath = "/etc/prometheus/rules/foginfra.yml";
    public const int Port = 9090;
    public const int AlertmanagerPort = 9093;
    public const int StatePort = 8080;

    // Where Kubernetes puts what a pod needs to talk to its API (Kubernetes, "Accessing the Kubernetes API from a Pod").
    private const string Account = "/var/run/secrets/kubernetes.io/serviceaccount";

    /// <summary>The configuration's text.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="layer">Its layer.</param>
    /// <param name="interval">The time between looks, as Prometheus writes durations.</param>
    /// <param name="nodes">Whether the nodes are asked for the processors and memory of containers.</param>
    /// <param name="applications">What is monitored.</param>
    public static string Text(string cluster, Layer layer, string interval, bool nodes, IEnumerable<MonitoredApplication> applications)
    {
        var jobs = new JsonArray(
            Fixed("prometheus", $"localhost:{Port}"),
            Fixed("alertmanager", $"{MonitoringParts.Alertmanager}:{AlertmanagerPort}"),
            Fixed("kube-state-metrics", $"{MonitoringParts.State}:{StatePort}"));

        // What it says of pods and Deployments has their labels already; they must not become those of its own pod.
        jobs[2]!["honor_labels"] = true;
        if (nodes)
        {
            jobs.Add(Nodes());
        }

        foreach (var application in applications)
        {
            foreach (var (service, endpoint) in application.Scraped())
            {
                jobs.Add(Job(application.Workload, service, endpoint));
            }
        }

        return Json.Text(new JsonObject
        {
            ["global"] = new JsonObject
            {
                ["scrape_interval"] = interval,
                ["evaluation_interval"] = interval,
                ["external_labels"] = new JsonObject { ["cluster"] = cluster, ["layer"] = layer.Name() },
            },
            ["rule_files"] = new JsonArray(RulesPath),
            ["alerting"] = new JsonObject
            {
                ["alertmanagers"] = new JsonArray(new JsonObject { ["static_configs"] = Targets($"{MonitoringParts.Alertmanager}:{AlertmanagerPort}") }),
            },
            ["scrape_configs"] = jobs,
        });
    }

    /// <summary>The name of a service's job.</summary>
    public static string JobOf(ClusterWorkload workload, string service) => $"{workload.Application}/{service}";

    private static JsonObject Fixed(string name, string target) => new() { ["job_name"] = name, ["static_configs"] = Targets(target) };

    private static JsonArray Targets(string target) => new(new JsonObject { ["targets"] = new JsonArray(target) });

    private static JsonObject Job(ClusterWorkload workload, ServiceWorkload service, MetricsEndpoint endpoint)
    {
        var port = endpoint.Port.ToString(CultureInfo.InvariantCulture);
        var relabelings = new JsonArray(
            Keep(LabelOf(Labels.PartOf), workload.Application),
            Keep(LabelOf(Labels.Name), service.Name),
            Keep("__meta_kubernetes_pod_container_port_number", port),
            Copy("__meta_kubernetes_pod_name", "pod"),
            Copy("__meta_kubernetes_pod_node_name", "node"),
            Copy(LabelOf(Labels.Version), "version"),
            Set("application", workload.Application),
            Set("service", service.Name));
        return new JsonObject
        {
            ["job_name"] = JobOf(workload, service.Name),
            ["metrics_path"] = endpoint.Path,
            ["kubernetes_sd_configs"] = new JsonArray(new JsonObject
            {
                ["role"] = "pod",
                ["namespaces"] = new JsonObject { ["names"] = new JsonArray(workload.Namespace) },
            }),
            ["relabel_configs"] = relabelings,
        };
    }

    // The kubelets are asked by way of the API server, whose certificate is known and which alone needs to be reached.
    private static JsonObject Nodes() => new()
    {
        ["job_name"] = "nodes",
        ["scheme"] = "https",
        ["authorization"] = new JsonObject { ["credentials_file"] = $"{Account}/token" },
        ["tls_config"] = new JsonObject { ["ca_file"] = $"{Account}/ca.crt" },
        ["kubernetes_sd_configs"] = new JsonArray(new JsonObject { ["role"] = "node" }),
        ["relabel_configs"] = new JsonArray(
            Set("__address__", "kubernetes.default.svc:443"),
            new JsonObject
            {
                ["source_labels"] = new JsonArray("__meta_kubernetes_node_name"),
                ["target_label"] = "__metrics_path__",
                ["replacement"] = "/api/v1/nodes/$1/proxy/metrics/cadvisor",
            }),
    };

    // Prometheus turns every character of a label's name that its own may not have into an underscore.
    private static string LabelOf(string label) =>
        $"__meta_kubernetes_pod_label_{string.Concat(label.Select(character => char.IsAsciiLetterOrDigit(character) ? character : '_'))}";

    private static JsonObject Keep(string source, string value) =>
        new() { ["source_labels"] = new JsonArray(source), ["regex"] = value, ["action"] = "keep" };

    private static JsonObject Copy(string source, string target) => new() { ["source_labels"] = new JsonArray(source), ["target_label"] = target };

    private static JsonObject Set(string target, string value) => new() { ["target_label"] = target, ["replacement"] = value };
}
