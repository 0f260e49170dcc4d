using System.Collections.Immutable;
using System.Text.Json.Nodes;
using FogInfra.Components;
using FogInfra.Model;

namespace FogInfra.Tests;

/// <summary>The monitoring: what it looks at, when it says something, to whom, and what it may see.</summary>
public sealed class MonitoringTests
{
    private const string Deployment = "kubernetes:apps/v1:Deployment";
    private const string Secret = "kubernetes:core/v1:Secret";

    private static readonly string[] Burns = ["1h", "6h", "3d"];

    public static MonitoredApplication Shop(params (string Service, ServiceObjective Objective)[] objectives) => new()
    {
        Workload = Samples.On(Layer.Cloud, Shows("orders"), Samples.Listening("web", null, "orders")),
        Namespace = "shop",
        Objectives = Samples.Map(objectives),
    };

    public static ClusterMonitoringArgs Args(string? password = "hidden", AlertReceivers? receivers = null, bool nodes = true) => new()
    {
        Cluster = "cloud-1",
        Layer = Layer.Cloud,
        Applications = [Shop()],
        GrafanaPassword = password is null ? null : (Pulumi.Input<string>)password,
        Receivers = receivers ?? new AlertReceivers(),
        NodeMetrics = nodes,
    };

    [Fact]
    public void Scraping_IsOfServicesThatShowMetrics_FoundByTheirLabels()
    {
        var configuration = JsonNode.Parse(PrometheusConfiguration.Text("cloud-1", Layer.Cloud, "15s", nodes: false, [Shop()]))!;

        var jobs = configuration["scrape_configs"]!.AsArray();
        Assert.Equal(["prometheus", "alertmanager", "kube-state-metrics", "shop/orders"], jobs.Select(job => job!["job_name"]!.GetValue<string>()));
        var orders = jobs[3]!;
        Assert.Equal("shop", orders["kubernetes_sd_configs"]![0]!["namespaces"]!["names"]![0]!.GetValue<string>());
        var kept = orders["relabel_configs"]!.AsArray().Where(rule => rule!["action"]?.GetValue<string>() == "keep")
            .ToDictionary(rule => rule!["source_labels"]![0]!.GetValue<string>(), rule => rule!["regex"]!.GetValue<string>());
        Assert.Equal("shop", kept["__meta_kubernetes_pod_label_app_kubernetes_io_part_of"]);
        Assert.Equal("orders", kept["__meta_kubernetes_pod_label_app_kubernetes_io_name"]);
        Assert.Equal("9090", kept["__meta_kubernetes_pod_container_port_number"]);
        Assert.Equal("cloud", configuration["global"]!["external_labels"]!["layer"]!.GetValue<string>());
    }

    [Fact]
    public void Scraping_OfAnotherPlace_IsWhatWasSaid()
    {
        var shop = Shop() with { Metrics = Samples.Map(("web", new MetricsEndpoint(8080, "/stats"))) };
        var jobs = JsonNode.Parse(PrometheusConfiguration.Text("c", Layer.Edge, "15s", nodes: true, [shop]))!["scrape_configs"]!.AsArray();

        Assert.Equal(["nodes", "shop/orders", "shop/web"], jobs.Skip(3).Select(job => job!["job_name"]!.GetValue<string>()));
        Assert.Equal("/stats", jobs[5]!["metrics_path"]!.GetValue<string>());
    }

    [Fact]
    public void Rules_AreAGroupForEachApplication_WithWhatWasPromised()
    {
        var groups = AlertRules.Groups([Shop(("orders", new ServiceObjective { Availability = 0.99, Latency = 0.2 }))]);

        var group = Assert.Single(groups)!;
        Assert.Equal("shop", group["name"]!.GetValue<string>());
        var rules = group["rules"]!.AsArray();
        Assert.Superset(
            new HashSet<string> { "PodsMissing", "NoPods", "RolloutStuck", "PodRestarts", "NoMetrics", "ErrorBudgetBurns", "Slow" },
            rules.Select(rule => rule!["alert"]!.GetValue<string>()).ToHashSet());
        var burns = rules.Where(rule => rule!["alert"]!.GetValue<string>() == "ErrorBudgetBurns").ToList();
        Assert.Equal(Burns, burns.Select(rule => rule!["labels"]!["window"]!.GetValue<string>()));
        Assert.Equal(
            "sum(rate(http_requests_total{job=\"shop/orders\",status=~\"5..\"}[1h])) / sum(rate(http_requests_total{job=\"shop/orders\"}[1h])) > 0.144 and "
            + "sum(rate(http_requests_total{job=\"shop/orders\",status=~\"5..\"}[5m])) / sum(rate(http_requests_total{job=\"shop/orders\"}[5m])) > 0.144",
            burns[0]!["expr"]!.GetValue<string>());
        Assert.EndsWith("> 0.2", rules.Single(rule => rule!["alert"]!.GetValue<string>() == "Slow")!["expr"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public void Rules_OfAServiceWithoutALatencyPromise_HaveNoneForIt() => Assert.DoesNotContain(
        AlertRules.Groups([Shop() with { Objective = new ServiceObjective { Latency = null } }])[0]!["rules"]!.AsArray(),
        rule => rule!["alert"]!.GetValue<string>() == "Slow");

    [Theory]
    [InlineData("orders", 1, 0.5)]
    [InlineData("orders", -0.1, 0.5)]
    [InlineData("orders", 0.9, 0)]
    [InlineData("nothing", 0.9, 0.5)]
    public void Promise_ThatCannotBe_IsRefused(string service, double availability, double latency) => Assert.Throws<ArgumentException>(
        () => ClusterMonitoring.Require([Shop((service, new ServiceObjective { Availability = availability, Latency = latency }))]));

    [Fact]
    public void Receivers_EachGetTheirShare()
    {
        var all = JsonNode.Parse(AlertReceivers.Text("https://slack.example.org/x", "key", "https://hook.example.org"))!;
        Assert.Equal(["all", "critical"], all["receivers"]!.AsArray().Select(receiver => receiver!["name"]!.GetValue<string>()));
        Assert.Equal("https://slack.example.org/x", all["receivers"]![0]!["slack_configs"]![0]!["api_url"]!.GetValue<string>());
        Assert.Equal("https://hook.example.org", all["receivers"]![0]!["webhook_configs"]![0]!["url"]!.GetValue<string>());
        Assert.Equal("key", all["receivers"]![1]!["pagerduty_configs"]![0]!["routing_key"]!.GetValue<string>());
        Assert.Equal("severity=\"critical\"", all["route"]!["routes"]![0]!["matchers"]![0]!.GetValue<string>());

        var none = JsonNode.Parse(AlertReceivers.Text("", "", ""))!;
        Assert.Single(none["receivers"]!.AsArray());
        Assert.Empty(none["route"]!["routes"]!.AsArray());
    }

    [Fact]
    public void Dashboards_AreFour_WithPanelsThatAskTheDataSource()
    {
        var dashboards = Dashboards.Of([Shop()]).ToDictionary(dashboard => dashboard.File, dashboard => JsonNode.Parse(dashboard.Text)!);

        Assert.Equal(["errors.json", "overview.json", "rollouts.json", "trends.json"], dashboards.Keys.Order());
        foreach (var panel in dashboards.Values.SelectMany(dashboard => dashboard["panels"]!.AsArray()))
        {
            Assert.All(panel!["targets"]!.AsArray(), target =>
            {
                var expression = target!["expr"]!.GetValue<string>();
                Assert.Equal(expression.Count(character => character == '('), expression.Count(character => character == ')'));
                Assert.Equal(expression.Count(character => character == '{'), expression.Count(character => character == '}'));
                Assert.Equal("prometheus", target["datasource"]!["uid"]!.GetValue<string>());
            });
        }

        Assert.Equal(4, dashboards.Values.Select(dashboard => dashboard["uid"]!.GetValue<string>()).Distinct().Count());
    }

    [Fact]
    public async Task Monitoring_IsPrometheusAlertmanagerGrafanaAndState_WithItsSecretsInSecrets()
    {
        var run = await ComponentRun.Of(() => _ = new ClusterMonitoring("monitoring", Args(receivers: new AlertReceivers { SlackWebhook = "https://slack.example.org/hidden" })));

        Assert.Equal(
            ["alertmanager", "grafana", "kube-state-metrics", "prometheus"],
            run.Mocks.Registered.Where(args => args.Type == Deployment).Select(args => (string)Tree.At(args.Inputs, "metadata.name")!).Order());
        Assert.All(
            run.Mocks.Registered.Where(args => args.Type is not Secret),
            args => Assert.DoesNotContain("hidden", System.Text.Json.JsonSerializer.Serialize(args.Inputs), StringComparison.Ordinal));
        Assert.Equal("hidden", run.At(Secret, "monitoring-cloud-1-grafana-secrets", "stringData.GF_SECURITY_ADMIN_PASSWORD"));
        Assert.Contains("slack.example.org", (string)run.At(Secret, "monitoring-cloud-1-alertmanager-secrets", "stringData.ALERTMANAGER_CONFIG")!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Monitoring_WithoutAPassword_HasNoGrafana()
    {
        var run = await ComponentRun.Of(() => _ = new ClusterMonitoring("monitoring", Args(password: null)));

        Assert.DoesNotContain("monitoring-cloud-1-grafana", run.Mocks.Names(Deployment));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Access_IsToReadPodsAndDeployments_AndToNodesIfWanted(bool nodes)
    {
        var run = await ComponentRun.Of(() => _ = new ClusterMonitoring("monitoring", Args(nodes: nodes)));

        Assert.Equal(nodes ? 1 : 0, run.Mocks.Names("kubernetes:rbac.authorization.k8s.io/v1:ClusterRole").Count);
        var roles = run.Mocks.Registered.Where(args => args.Type == "kubernetes:rbac.authorization.k8s.io/v1:Role").ToList();
        Assert.Equal(["shop", "shop"], roles.Select(role => Tree.At(role.Inputs, "metadata.namespace")).Where(place => place is "shop"));
        var verbs = roles.SelectMany(role => (IEnumerable<object>)Tree.At(role.Inputs, "rules")!).SelectMany(rule => ((IEnumerable<object>)Tree.At(rule, "verbs")!).Cast<string>());
        Assert.Superset(verbs.ToHashSet(), new HashSet<string> { "get", "list", "watch" });
        var resources = roles.SelectMany(role => (IEnumerable<object>)Tree.At(role.Inputs, "rules")!).SelectMany(rule => ((IEnumerable<object>)Tree.At(rule, "resources")!).Cast<string>());
        Assert.Equal(["deployments", "pods"], resources.Distinct().Order());
    }

    [Fact]
    public async Task Prometheus_ReachesWhatItLooksAt_AndNothingElseThere()
    {
        var run = await ComponentRun.Of(() =>
        {
            _ = new LayeredApplication("shop", new LayeredApplicationArgs { Workload = Shop().Workload });
            _ = new ClusterMonitoring("monitoring", Args());
        });
        var (model, pods) = NetworkReading.Of(run, "shop");

        Assert.True(model.Allows(pods["prometheus"], pods["orders"], 9090));
        Assert.False(model.Allows(pods["prometheus"], pods["orders"], 8080));
        Assert.False(model.Allows(pods["prometheus"], pods["web"], 8080));
        Assert.False(model.Allows(pods["grafana"], pods["orders"], 9090));
        Assert.True(model.Allows(pods["grafana"], pods["prometheus"], 9090));
        Assert.True(model.Allows(pods["prometheus"], pods["alertmanager"], 9093));
        Assert.True(model.Allows(pods["prometheus"], pods["kube-state-metrics"], 8080));
    }

    [Fact]
    public async Task Operator_IsToldByItsOwnKinds()
    {
        var run = await ComponentRun.Of(() => _ = new OperatorMonitoring("monitoring", new OperatorMonitoringArgs { Applications = [Shop()] }));

        const string Monitor = "kubernetes:monitoring.coreos.com/v1:ServiceMonitor";
        Assert.Equal("orders", run.At(Monitor, "monitoring-shop-orders", "metadata.name"));
        Assert.Equal("shop", run.At(Monitor, "monitoring-shop-orders", "metadata.namespace"));
        Assert.Equal("kube-prometheus-stack", run.At(Monitor, "monitoring-shop-orders", "metadata.labels.release"));
        Assert.Equal("/metrics", run.At(Monitor, "monitoring-shop-orders", "spec.endpoints.0.path"));
        Assert.Equal(9090.0, Convert.ToDouble(run.At(Monitor, "monitoring-shop-orders", "spec.endpoints.0.targetPort"), System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal("shop", run.At("kubernetes:monitoring.coreos.com/v1:PrometheusRule", "monitoring-shop-rules", "spec.groups.0.name"));
        Assert.Equal("PodsMissing", run.At("kubernetes:monitoring.coreos.com/v1:PrometheusRule", "monitoring-shop-rules", "spec.groups.0.rules.0.alert"));
        Assert.Equal(4, run.Mocks.Names("kubernetes:core/v1:ConfigMap").Count);
    }

    private static ServiceWorkload Shows(string name) => Samples.Listening(name) with
    {
        Containers = [new Container { Name = name, Image = $"shop/{name}:1.0.0", Ports = [new ContainerPort(8080, "http"), new ContainerPort(9090, "metrics")] }],
    };
}
