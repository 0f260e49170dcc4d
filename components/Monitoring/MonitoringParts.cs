using System.Collections.Immutable;
using System.Text.Json.Nodes;
using FogInfra.Model;

namespace FogInfra.Components;

/// <summary>The services that a cluster's monitoring consists of. Plain functions over plain values.</summary>
internal static class MonitoringParts
{
    public const string Prometheus = "prometheus";
    public const string Alertmanager = "alertmanager";
    public const string Grafana = "grafana";
    public const string State = "kube-state-metrics";

    public const string ReceiversSecret = "receivers";
    public const string PasswordSecret = "password";

    private const string ReceiversPath = "/etc/alertmanager/alertmanager.yml";
    private const string DashboardsFolder = "/etc/grafana/dashboards";
    private const int GrafanaPort = 3000;

    // More than layers further out give to a container that says nothing, since neither starts with less.
    private static readonly Resources Large = new() { Requests = Map(("memory", "192Mi")), Limits = Map(("memory", "1Gi")) };

    /// <summary>What Prometheus asks of the Kubernetes API in each namespace: which pods there are.</summary>
    public static ImmutableArray<AccessRule> FindsPods { get; } =
        [new AccessRule { ApiGroups = [""], Resources = ["pods"], Verbs = ["get", "list", "watch"] }];

    /// <summary>What kube-state-metrics asks of it there: how Deployments and pods are.</summary>
    public static ImmutableArray<AccessRule> SeesWorkloads { get; } =
    [
        new AccessRule { ApiGroups = [""], Resources = ["pods"], Verbs = ["list", "watch"] },
        new AccessRule { ApiGroups = ["apps"], Resources = ["deployments"], Verbs = ["list", "watch"] },
    ];

    /// <summary>The services, each after those that it needs.</summary>
    public static ImmutableArray<ServiceWorkload> Of(ClusterMonitoringArgs args)
    {
        var namespaces = string.Join(",", args.Applications.Select(application => application.Workload.Namespace).Append(args.Namespace).Distinct().Order(StringComparer.Ordinal));
        var parts = new List<ServiceWorkload>
        {
            Part(State, args.Images.StateMetrics, PrometheusConfiguration.StatePort, "/healthz", [$"--namespaces={namespaces}", "--resources=deployments,pods"]) with
            {
                Settings = new ServiceSettings { Access = SeesWorkloads },
            },
            Part(Alertmanager, args.Images.Alertmanager, PrometheusConfiguration.AlertmanagerPort, "/-/ready", [$"--config.file={ReceiversPath}", "--cluster.listen-address="]) with
            {
                Settings = new ServiceSettings
                {
                    Secrets = Map(("ALERTMANAGER_CONFIG", new SecretSource(SecretKind.StackConfig, ReceiversSecret, ReceiversPath))),

                    // Those who are told are services of the internet, whose addresses nobody knows beforehand.
                    Egress = args.Receivers.IsEmpty ? [] : [new EgressRule { Cidr = "0.0.0.0/0", Ports = [443] }, new EgressRule { Cidr = "::/0", Ports = [443] }],
                },
            },
            Part(Prometheus, args.Images.Prometheus, PrometheusConfiguration.Port, "/-/ready",
                [$"--config.file={PrometheusConfiguration.Path}", "--storage.tsdb.path=/prometheus", $"--storage.tsdb.retention.time={args.Retention}"], Alertmanager, State) with
            {
                Settings = new ServiceSettings
                {
                    Access = FindsPods,
                    Files = Map(
                        (PrometheusConfiguration.Path, PrometheusConfiguration.Text(args.Cluster, args.Layer, args.Interval, args.NodeMetrics, args.Applications)),
                        (PrometheusConfiguration.RulesPath, AlertRules.Text(args.Applications))),
                    Volumes =
                    [
                        args.Storage is { } claim
                            ? new Volume { Name = "data", MountPath = "/prometheus", Claim = claim }
                            : new Volume { Name = "data", MountPath = "/prometheus", EmptyDir = new EmptyDirectory() },
                    ],
                },
            },
        };
        if (args.GrafanaPassword is not null)
        {
            parts.Add(GrafanaOf(args));
        }

        return [.. parts.Select(part => args.Overrides.TryGetValue(part.Name, out var own) ? part.With(own) : part)];
    }

    /// <summary>The dashboards, and where Grafana finds them and what they show.</summary>
    public static ImmutableSortedDictionary<string, string> GrafanaFiles(IReadOnlyCollection<MonitoredApplication> applications)
    {
        var files = Map(
            ("/etc/grafana/provisioning/datasources/foginfra.yaml", Json.Text(new JsonObject
            {
                ["apiVersion"] = 1,
                ["datasources"] = new JsonArray(new JsonObject
                {
                    ["name"] = "Prometheus",
                    ["type"] = "prometheus",
                    ["uid"] = Dashboards.DataSource,
                    ["url"] = $"http://{Prometheus}:{PrometheusConfiguration.Port}",
                    ["isDefault"] = true,
                }),
            })),
            ("/etc/grafana/provisioning/dashboards/foginfra.yaml", Json.Text(new JsonObject
            {
                ["apiVersion"] = 1,
                ["providers"] = new JsonArray(new JsonObject
                {
                    ["name"] = "FogInfra",
                    ["type"] = "file",
                    ["options"] = new JsonObject { ["path"] = DashboardsFolder },
                }),
            })));
        return files.SetItems(Dashboards.Of(applications).Select(dashboard => KeyValuePair.Create($"{DashboardsFolder}/{dashboard.File}", dashboard.Text)));
    }

    private static ServiceWorkload GrafanaOf(ClusterMonitoringArgs args) => Part(Grafana, args.Images.Grafana, GrafanaPort, "/api/health", [], Prometheus) with
    {
        Settings = new ServiceSettings
        {
            Config = Map(("GF_ANALYTICS_REPORTING_ENABLED", "false"), ("GF_ANALYTICS_CHECK_FOR_UPDATES", "false")),
            Secrets = Map(("GF_SECURITY_ADMIN_PASSWORD", new SecretSource(SecretKind.StackConfig, PasswordSecret))),
            Files = GrafanaFiles(args.Applications),
            Ingress = args.GrafanaHost is { } host ? new IngressRoute { Host = host, TlsSecret = args.GrafanaTlsSecret } : null,
        },
    };

    private static ServiceWorkload Part(string name, string image, int port, string readyPath, string[] arguments, params string[] dependsOn) => new()
    {
        Name = name,
        Version = ImageReference.TagOf(image) ?? "latest",
        Replicas = 1,
        DependsOn = [.. dependsOn],
        Containers =
        [
            new Container
            {
                Name = name,
                Image = image,
                Args = [.. arguments],
                Ports = [new ContainerPort(port, "http")],
                Resources = name == Prometheus || name == Grafana ? Large : new Resources(),
                ReadinessProbe = new Probe { Http = new HttpProbe(readyPath, "http"), PeriodSeconds = 10 },
                LivenessProbe = new Probe { TcpPort = "http", InitialDelaySeconds = 30, PeriodSeconds = 20 },
            },
        ],
    };

    private static ImmutableSortedDictionary<string, T> Map<T>(params (string Name, T Value)[] members) =>
        members.ToImmutableSortedDictionary(member => member.Name, member => member.Value);
}
