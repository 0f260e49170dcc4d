using System.Globalization;
using System.Text.Json.Nodes;

namespace FogInfra.Components;

/// <summary>
/// Alerting rules of applications: for what Kubernetes says of their services, and for what was promised of them. Plain functions over plain values.
/// </summary>
internal static class AlertRules
{
    /// <summary>
    /// When the error budget is used up so fast that somebody must be told: how many times as fast as it may be, over a long and a short window.
    /// The figures are those for a promise over 30 days in "The Site Reliability Workbook", chapter 5, table 5-8.
    /// </summary>
    private static readonly (double Rate, string Long, string Short, string Severity)[] Burns =
    [
        (14.4, "1h", "5m", "critical"),
        (6, "6h", "30m", "critical"),
        (1, "3d", "6h", "warning"),
    ];

    /// <summary>The text of the rules' file. It is JSON, which is YAML too.</summary>
    public static string Text(IEnumerable<MonitoredApplication> applications) => Json.Text(new JsonObject { ["groups"] = Groups(applications) });

    /// <summary>A group of rules for each application.</summary>
    public static JsonArray Groups(IEnumerable<MonitoredApplication> applications) =>
        new([.. applications.Select(application => (JsonNode)new JsonObject
        {
            ["name"] = application.Workload.Application,
            ["rules"] = new JsonArray([.. Workloads(application).Concat(application.Scraped().SelectMany(scraped => Promises(application, scraped.Service.Name)))]),
        })]);

    // What kube-state-metrics says of Deployments and pods.
    private static IEnumerable<JsonNode> Workloads(MonitoredApplication application)
    {
        var (inside, name) = ($"namespace=\"{application.Workload.Namespace}\"", application.Workload.Application);
        yield return Rule(
            "PodsMissing", "10m", "warning", name, "{{ $labels.deployment }}",
            $"kube_deployment_status_replicas_available{{{inside}}} < kube_deployment_spec_replicas{{{inside}}}",
            "fewer pods than wanted are available");
        yield return Rule(
            "NoPods", "1m", "critical", name, "{{ $labels.deployment }}",
            $"kube_deployment_status_replicas_available{{{inside}}} == 0 and kube_deployment_spec_replicas{{{inside}}} > 0",
            "no pod is available");
        yield return Rule(
            "RolloutStuck", "1m", "critical", name, "{{ $labels.deployment }}",
            $"kube_deployment_status_condition{{{inside},condition=\"Progressing\",status=\"false\"}} == 1",
            "the rollout makes no progress");
        yield return Rule(
            "PodRestarts", "0m", "warning", name, "{{ $labels.container }}",
            $"increase(kube_pod_container_status_restarts_total{{{inside}}}[15m]) > 3",
            "the container of {{ $labels.pod }} was restarted more than three times in a quarter of an hour");
    }

    private static IEnumerable<JsonNode> Promises(MonitoredApplication application, string service)
    {
        var (name, objective, metrics) = (application.Workload.Application, application.ObjectiveOf(service), application.Requests);
        var own = $"job=\"{PrometheusConfiguration.JobOf(application.Workload, service)}\"";
        yield return Rule("NoMetrics", "2m", "critical", name, service, $"up{{{own}}} == 0", "{{ $labels.pod }} does not show its metrics");
        foreach (var (rate, longWindow, shortWindow, severity) in Burns)
        {
            var most = Number(rate * (1 - objective.Availability));
            yield return Rule(
                "ErrorBudgetBurns", "0m", severity, name, service,
                $"{Errors(own, metrics, longWindow)} > {most} and {Errors(own, metrics, shortWindow)} > {most}",
                $"errors use up the budget of {Number(1 - objective.Availability)} {Number(rate)} times as fast as they may",
                ("window", longWindow));
        }

        if (objective.Latency is { } latency)
        {
            yield return Rule(
                "Slow", "10m", "warning", name, service,
                $"histogram_quantile(0.95, sum by (le) (rate({metrics.Duration}_bucket{{{own}}}[5m]))) > {Number(latency)}",
                $"one in twenty requests takes longer than {Number(latency)} s");
        }
    }

    /// <summary>The share of requests that were answered with an error.</summary>
    public static string Errors(string selector, RequestMetrics metrics, string window) =>
        $"sum(rate({metrics.Count}{{{selector},{metrics.Status}=~\"5..\"}}[{window}])) / sum(rate({metrics.Count}{{{selector}}}[{window}]))";

    private static JsonObject Rule(
        string alert, string duration, string severity, string application, string service, string expression, string summary, params (string Name, string Value)[] more)
    {
        var labels = new JsonObject { ["severity"] = severity, ["application"] = application, ["service"] = service };
        foreach (var (name, value) in more)
        {
            labels[name] = value;
        }

        return new JsonObject
        {
            ["alert"] = alert,
            ["expr"] = expression,
            ["for"] = duration,
            ["labels"] = labels,
            ["annotations"] = new JsonObject { ["summary"] = $"{application}, {service}: {summary}" },
        };
    }

    /// <summary>A number as Prometheus writes it, without the digits that only binary fractions have.</summary>
    public static string Number(double value) => Math.Round(value, 9).ToString("0.#########", CultureInfo.InvariantCulture);
}
