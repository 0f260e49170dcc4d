using System.Text.Json.Nodes;

namespace FogInfra.Components;

/// <summary>Dashboards of Grafana as code: one for each question that people have of an application. Plain functions over plain values.</summary>
internal static class Dashboards
{
    /// <summary>The identity of Grafana's data source.</summary>
    public const string DataSource = "prometheus";

    // The version of the dashboards' form that Grafana 10 and later write.
    private const int SchemaVersion = 39;

    private const string Chosen = "application=~\"$application\",service=~\"$service\"";
    private const string Deployments = "namespace=~\"$namespace\"";

    /// <summary>All dashboards, by the names of their files.</summary>
    public static IEnumerable<(string File, string Text)> Of(IReadOnlyCollection<MonitoredApplication> applications)
    {
        var metrics = applications.Select(application => application.Requests).FirstOrDefault() ?? new RequestMetrics();
        yield return ("overview.json", Overview(metrics));
        yield return ("rollouts.json", Rollouts());
        yield return ("errors.json", Errors(metrics));
        yield return ("trends.json", Trends(metrics));
    }

    private static string Overview(RequestMetrics metrics) => Dashboard("foginfra-overview", "Applications", 6,
        Graph("Requests", "reqps", ($"sum by (service) (rate({metrics.Count}{{{Chosen}}}[5m]))", "{{service}}")),
        Graph("Errors", "percentunit", (ErrorShare(metrics, "5m"), "{{service}}")),
        Graph("Duration", "s",
            (Quantile(metrics, "0.5"), "{{service}}, half of them"),
            (Quantile(metrics, "0.95"), "{{service}}, 95 of 100")),
        Graph("Pods that show metrics", "short", ($"sum by (service) (up{{{Chosen}}})", "{{service}}")),
        Graph("Processor", "short", ($"sum by (pod) (rate(container_cpu_usage_seconds_total{{{Deployments},container!=\"\"}}[5m]))", "{{pod}}")),
        Graph("Memory", "bytes", ($"sum by (pod) (container_memory_working_set_bytes{{{Deployments},container!=\"\"}})", "{{pod}}")));

    private static string Rollouts() => Dashboard("foginfra-rollouts", "Rollouts", 6,
        Graph("Pods of each version", "short", ($"count by (service, version) (up{{{Chosen}}} == 1)", "{{service}} {{version}}")),
        Graph("Pods that run the new version, of those wanted", "percentunit",
            ($"kube_deployment_status_replicas_updated{{{Deployments}}} / kube_deployment_spec_replicas{{{Deployments}}}", "{{deployment}}")),
        Graph("Pods that are available, of those wanted", "percentunit",
            ($"kube_deployment_status_replicas_available{{{Deployments}}} / kube_deployment_spec_replicas{{{Deployments}}}", "{{deployment}}")),
        Graph("Rollouts that are not seen yet", "short",
            ($"kube_deployment_metadata_generation{{{Deployments}}} - kube_deployment_status_observed_generation{{{Deployments}}}", "{{deployment}}")),
        Graph("Rollouts without progress", "short",
            ($"kube_deployment_status_condition{{{Deployments},condition=\"Progressing\",status=\"false\"}}", "{{deployment}}")),
        Graph("Restarts of containers in an hour", "short",
            ($"sum by (pod) (increase(kube_pod_container_status_restarts_total{{{Deployments}}}[1h]))", "{{pod}}")));

    private static string Errors(RequestMetrics metrics) => Dashboard("foginfra-errors", "Errors", 6,
        Graph("Errors of each version", "percentunit", (
            $"sum by (service, version) (rate({metrics.Count}{{{Chosen},{metrics.Status}=~\"5..\"}}[5m])) / sum by (service, version) (rate({metrics.Count}{{{Chosen}}}[5m]))",
            "{{service}} {{version}}")),
        Graph("Answers by status", "reqps", ($"sum by ({metrics.Status}) (rate({metrics.Count}{{{Chosen}}}[5m]))", $"{{{{{metrics.Status}}}}}")),
        Graph("Errors over an hour", "percentunit", (ErrorShare(metrics, "1h"), "{{service}}")),
        Graph("Errors over three days", "percentunit", (ErrorShare(metrics, "3d"), "{{service}}")),
        Graph("Alerts", "short", ("count by (alertname, severity) (ALERTS{alertstate=\"firing\",application=~\"$application\"})", "{{alertname}} ({{severity}})")),
        Graph("Pods without metrics", "short", ($"count by (service) (up{{{Chosen}}} == 0)", "{{service}}")));

    private static string Trends(RequestMetrics metrics) => Dashboard("foginfra-trends", "Trends", 7 * 24,
        Graph("Requests in an hour", "short", ($"sum by (service) (increase({metrics.Count}{{{Chosen}}}[1h]))", "{{service}}")),
        Graph("Requests, against a week before", "percentunit",
            ($"sum by (service) (rate({metrics.Count}{{{Chosen}}}[1h])) / sum by (service) (rate({metrics.Count}{{{Chosen}}}[1h] offset 1w))", "{{service}}")),
        Graph("Duration of 95 of 100 requests", "s", (Quantile(metrics, "0.95"), "{{service}}")),
        Graph("Duration, against a week before", "percentunit",
            ($"{Quantile(metrics, "0.95")} / histogram_quantile(0.95, sum by (service, le) (rate({metrics.Duration}_bucket{{{Chosen}}}[5m] offset 1w)))", "{{service}}")),
        Graph("Memory of a day ahead", "bytes",
            ($"predict_linear(sum by (pod) (container_memory_working_set_bytes{{{Deployments},container!=\"\"}})[1d:10m], 86400)", "{{pod}}")),
        Graph("Processor", "short", ($"sum by (namespace) (rate(container_cpu_usage_seconds_total{{{Deployments},container!=\"\"}}[1h]))", "{{namespace}}")));

    private static string ErrorShare(RequestMetrics metrics, string window) =>
        $"sum by (service) (rate({metrics.Count}{{{Chosen},{metrics.Status}=~\"5..\"}}[{window}])) / sum by (service) (rate({metrics.Count}{{{Chosen}}}[{window}]))";

    private static string Quantile(RequestMetrics metrics, string quantile) =>
        $"histogram_quantile({quantile}, sum by (service, le) (rate({metrics.Duration}_bucket{{{Chosen}}}[5m])))";

    private static string Dashboard(string id, string title, int hours, params (string Title, string Unit, (string Expression, string Legend)[] Lines)[] graphs) =>
        Json.Text(new JsonObject
        {
            ["uid"] = id,
            ["title"] = title,
            ["schemaVersion"] = SchemaVersion,
            ["editable"] = false,
            ["refresh"] = "30s",
            ["time"] = new JsonObject { ["from"] = $"now-{hours}h", ["to"] = "now" },
            ["templating"] = new JsonObject
            {
                ["list"] = new JsonArray(
                    Variable("application", "label_values(up{application!=\"\"}, application)"),
                    Variable("service", "label_values(up{application=~\"$application\"}, service)"),
                    Variable("namespace", "label_values(kube_deployment_spec_replicas, namespace)")),
            },
            ["panels"] = new JsonArray([.. graphs.Select((graph, index) => (JsonNode)Panel(index, graph.Title, graph.Unit, graph.Lines))]),
        });

    private static (string Title, string Unit, (string Expression, string Legend)[] Lines) Graph(
        string title, string unit, params (string Expression, string Legend)[] lines) => (title, unit, lines);

    // Two beside each other, in Grafana's grid of 24 columns.
    private static JsonObject Panel(int index, string title, string unit, (string Expression, string Legend)[] lines) => new()
    {
        ["id"] = index + 1,
        ["type"] = "timeseries",
        ["title"] = title,
        ["datasource"] = Source(),
        ["gridPos"] = new JsonObject { ["x"] = index % 2 * 12, ["y"] = index / 2 * 8, ["w"] = 12, ["h"] = 8 },
        ["fieldConfig"] = new JsonObject { ["defaults"] = new JsonObject { ["unit"] = unit, ["min"] = 0 } },
        ["targets"] = new JsonArray([.. lines.Select((line, number) => (JsonNode)new JsonObject
        {
            ["refId"] = ((char)('A' + number)).ToString(),
            ["datasource"] = Source(),
            ["expr"] = line.Expression,
            ["legendFormat"] = line.Legend,
        })]),
    };

    private static JsonObject Variable(string name, string query) => new()
    {
        ["name"] = name,
        ["type"] = "query",
        ["datasource"] = Source(),
        ["query"] = query,
        ["refresh"] = 2,
        ["includeAll"] = true,
        ["multi"] = true,
        ["current"] = new JsonObject { ["text"] = "All", ["value"] = "$__all" },
    };

    private static JsonObject Source() => new() { ["type"] = "prometheus", ["uid"] = DataSource };
}
