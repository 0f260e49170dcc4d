using System.Collections.Immutable;
using System.Text.Json.Nodes;
using FogInfra.Components;
using FogInfra.Model;
using Pulumi;
using Provider = Pulumi.Kubernetes.Provider;
using ProviderArgs = Pulumi.Kubernetes.ProviderArgs;

namespace Example.GitOps;

/// <summary>Two ways by which a cluster follows a repository, the chart of the Prometheus operator, and an application that it monitors.</summary>
public sealed class GitOpsStack : Stack
{
    private static readonly string[] Environments = ["dev", "edge-staging", "edge-production"];

    /// <summary>Builds the stack.</summary>
    public GitOpsStack()
    {
        var config = new Config();
        var repository = config.Get("repository") ?? "https://example.org/apps.git";
        var options = new ComponentResourceOptions { Provider = new Provider("cluster", new ProviderArgs { KubeConfig = config.Require("kubeconfig") }) };

        Argo(repository, options);
        Flux(repository, options);
        Monitored(options);
    }

    /// <summary>The application of applications of Argo CD.</summary>
    [Output]
    public Output<string> Root { get; private set; } = null!;

    private void Argo(string repository, ComponentResourceOptions options)
    {
        var project = new ArgoProject(
            "edge",
            new ArgoProjectArgs
            {
                Project = "edge",
                Repositories = [repository],
                Destinations = [new ArgoDestination("demo"), new ArgoDestination("argocd")],
                Roles = [new ArgoRole("operators", ["site-operators"], ["get", "sync"])],
            },
            options);
        var root = new ArgoApplication(
            "root",
            new ArgoApplicationArgs
            {
                Application = "root",
                Project = project.Project,
                Source = new ArgoSource { Repository = repository, Revision = "main", Path = "argocd/applications" },
                Destination = new ArgoDestination("argocd"),
            },
            options);
        Root = root.Application;
    }

    private static void Flux(string repository, ComponentResourceOptions options)
    {
        var source = new FluxSource("apps", new FluxSourceArgs { Source = "apps", Url = repository, Branch = "main" }, options);
        foreach (var environment in Environments)
        {
            _ = new FluxKustomization(
                environment,
                new FluxKustomizationArgs { Kustomization = environment, Source = source, Path = $"./apps/{environment}" },
                options);
        }

        var charts = new FluxSource(
            "charts",
            new FluxSourceArgs { Source = "charts", Kind = FluxSourceKind.HelmRepository, Url = "https://prometheus-community.github.io/helm-charts", Interval = "1h" },
            options);
        _ = new FluxHelmRelease(
            "kube-prometheus-stack",
            new FluxHelmReleaseArgs
            {
                Release = "kube-prometheus-stack",
                Source = charts,
                Chart = "kube-prometheus-stack",
                Version = "77.x",
                TargetNamespace = "monitoring",
                Values = new JsonObject { ["grafana"] = new JsonObject { ["sidecar"] = new JsonObject { ["dashboards"] = new JsonObject { ["enabled"] = true } } } },
            },
            options);
    }

    private static void Monitored(ComponentResourceOptions options)
    {
        var workload = new ClusterWorkload
        {
            Application = "demo",
            Namespace = "demo",
            Cluster = "cloud-1",
            Layer = Layer.Cloud,
            Services =
            [
                new ServiceWorkload
                {
                    Name = "api",
                    Version = "1.0.0",
                    Replicas = 1,
                    Containers = [new Container { Name = "api", Image = "demo/api:1.0.0", Ports = [new ContainerPort(8080, "http")] }],
                },
            ],
        };
        var demo = new LayeredApplication("demo", new LayeredApplicationArgs { Workload = workload }, options);
        var monitoring = new Pulumi.Kubernetes.Core.V1.Namespace(
            "monitoring",
            new Pulumi.Kubernetes.Types.Inputs.Core.V1.NamespaceArgs { Metadata = new Pulumi.Kubernetes.Types.Inputs.Meta.V1.ObjectMetaArgs { Name = "monitoring" } },
            new CustomResourceOptions { Provider = options.Provider });
        var monitored = new MonitoredApplication
        {
            Workload = workload,
            Namespace = demo.Namespace,
            Metrics = ImmutableSortedDictionary<string, MetricsEndpoint>.Empty.Add("api", new MetricsEndpoint(8080)),
        };
        _ = new OperatorMonitoring(
            "monitoring",
            new OperatorMonitoringArgs { Applications = [monitored] },
            new ComponentResourceOptions { Provider = options.Provider, DependsOn = monitoring });

        // Inside the cluster a new version takes over step by step, and goes back by itself when it breaks what was promised.
        _ = new ProgressiveRollout(
            "api",
            new ProgressiveRolloutArgs { Application = monitored, Service = "api", Strategy = new ProgressiveStrategy.Canary() },
            new ComponentResourceOptions { Provider = options.Provider, DependsOn = demo });
    }
}
