using System.Text.Json.Nodes;
using FogInfra.Model;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Networking.V1;
using Ingress = Pulumi.Kubernetes.Networking.V1.Ingress;
using KubernetesService = Pulumi.Kubernetes.Core.V1.Service;

namespace FogInfra.Components;

/// <summary>The arguments of a <see cref="ProgressiveRollout"/>.</summary>
public sealed class ProgressiveRolloutArgs : ResourceArgs
{
    /// <summary>The application of the service.</summary>
    public required MonitoredApplication Application { get; init; }

    /// <summary>The name of the service. Its Deployment gives the pods.</summary>
    public required string Service { get; init; }

    /// <summary>How a new version takes over.</summary>
    public required ProgressiveStrategy Strategy { get; init; }

    /// <summary><c>HOST:PORT</c> of the Prometheus that is asked how a new version does.</summary>
    public string Prometheus { get; init; } = "prometheus.monitoring.svc:9090";

    /// <summary>The host name of an Ingress whose requests are shared out between the versions; null for none.</summary>
    public string? Host { get; init; }
}

/// <summary>
/// Takes a service to new versions by Argo Rollouts, in a cluster that has it: blue and green, or a canary, each with an analysis of what was
/// promised of the service. A version that fails it goes back by itself. Argo Rollouts takes the pods' template from the service's Deployment
/// and scales that one down, once its own pods are ready.
/// </summary>
public sealed class ProgressiveRollout : ComponentResource
{
    /// <summary>The type token.</summary>
    public const string Type = "foginfra:delivery:ProgressiveRollout";

    // A minute's worth of looks, of which one may fail.
    private const int Looks = 6;

    /// <summary>Makes the component.</summary>
    /// <param name="name">The resource's name; unique in its stack.</param>
    /// <param name="args">Which service, and how.</param>
    /// <param name="options">Its options; the service is among what it depends on.</param>
    public ProgressiveRollout(string name, ProgressiveRolloutArgs args, ComponentResourceOptions? options = null)
        : base(Type, name, options)
    {
        ArgumentNullException.ThrowIfNull(args);
        var workload = args.Application.Workload;
        var service = workload.Services.FirstOrDefault(candidate => candidate.Name == args.Service)
            ?? throw new ArgumentException($"'{workload.Application}' has no service '{args.Service}'.", nameof(args));
        Check(args.Strategy);
        var (current, next) = args.Strategy.ServicesOf(service.Name);
        Front($"{name}-current", args, service, current);
        Front($"{name}-new", args, service, next);
        if (args.Host is { } host)
        {
            _ = new Ingress(
                name,
                new IngressArgs { Metadata = Labels.Stable(workload, service, args.Application.Namespace, current), Spec = RouteOf(host, current, service) },
                new CustomResourceOptions { Parent = this });
        }

        var templates = TemplatesOf(args).ToList();
        foreach (var (template, spec) in templates)
        {
            _ = SpecObject.Create(
                this, $"{name}-{template}", ArgoApplication.ApiVersion, "AnalysisTemplate",
                Labels.Stable(workload, service, args.Application.Namespace, $"{service.Name}-{template}"), spec);
        }

        var names = templates.Select(template => $"{service.Name}-{template.Name}").ToList();
        var rollout = SpecObject.Create(
            this, name, ArgoApplication.ApiVersion, "Rollout", Labels.Stable(workload, service, args.Application.Namespace, service.Name),
            new JsonObject
            {
                ["replicas"] = service.Replicas,
                ["selector"] = new JsonObject { ["matchLabels"] = new JsonObject(Labels.Selector(workload, service).Select(label => KeyValuePair.Create(label.Key, (JsonNode?)label.Value))) },
                ["workloadRef"] = new JsonObject { ["apiVersion"] = "apps/v1", ["kind"] = "Deployment", ["name"] = service.Name, ["scaleDown"] = "onsuccess" },
                ["strategy"] = args.Strategy.ToJson(service.Name, args.Host is null ? null : current, names),
            });
        Rollout = rollout.Metadata.Apply(metadata => metadata.Name);
        RegisterOutputs(new Dictionary<string, object?> { ["rollout"] = Rollout });
    }

    /// <summary>The name of the Rollout, known once it exists.</summary>
    public Output<string> Rollout { get; }

    private static void Check(ProgressiveStrategy strategy)
    {
        if (strategy is ProgressiveStrategy.Canary canary
            && (canary.Steps.IsEmpty || canary.Steps.Any(step => step.Percent is < 0 or > 100 || step.Pause < TimeSpan.Zero)))
        {
            throw new ArgumentException("A canary has steps from 0 to 100 percent, with pauses that are not below zero.", nameof(strategy));
        }
    }

    // Argo Rollouts adds to the selector the label that tells one version's pods from the other's, so that is not put back.
    private void Front(string resource, ProgressiveRolloutArgs args, ServiceWorkload service, string front)
    {
        var workload = args.Application.Workload;
        _ = new KubernetesService(
            resource,
            new ServiceArgs
            {
                Metadata = Labels.Stable(workload, service, args.Application.Namespace, front),
                Spec = new ServiceSpecArgs
                {
                    Selector = Labels.Selector(workload, service),
                    Ports = ServicePorts.Of(service).Select(port => new ServicePortArgs
                    {
                        Name = port.Name!,
                        Port = port.Port,
                        TargetPort = PodContainers.ToPort(port.TargetPort!),
                        Protocol = port.Protocol,
                    }).ToArray(),
                },
            },
            new CustomResourceOptions { Parent = this, IgnoreChanges = { "spec.selector" } });
    }

    private static IngressSpecArgs RouteOf(string host, string front, ServiceWorkload service) => new()
    {
        Rules = new[]
        {
            new IngressRuleArgs
            {
                Host = host,
                Http = new HTTPIngressRuleValueArgs
                {
                    Paths = new[]
                    {
                        new HTTPIngressPathArgs
                        {
                            Path = "/",
                            PathType = "Prefix",
                            Backend = new IngressBackendArgs
                            {
                                Service = new IngressServiceBackendArgs { Name = front, Port = new ServiceBackendPortArgs { Number = ServicePorts.Of(service)[0].Port } },
                            },
                        },
                    },
                },
            },
        },
    };

    // Without requests there is nothing to divide by: such a look says nothing, and is not taken for a failure.
    private static IEnumerable<(string Name, JsonObject Spec)> TemplatesOf(ProgressiveRolloutArgs args)
    {
        var (metrics, objective) = (args.Application.Requests, args.Application.ObjectiveOf(args.Service));
        var own = $"application=\"{args.Application.Workload.Application}\",service=\"{args.Service}\"";
        yield return ("success-rate", Template(
            args, "success-rate", AlertRules.Errors(own, metrics, "1m"), $"isNaN(result[0]) || result[0] <= {AlertRules.Number(1 - objective.Availability)}"));
        if (objective.Latency is { } latency)
        {
            yield return ("latency", Template(
                args, "latency", $"histogram_quantile(0.95, sum by (le) (rate({metrics.Duration}_bucket{{{own}}}[1m])))", $"isNaN(result[0]) || result[0] <= {AlertRules.Number(latency)}"));
        }
    }

    private static JsonObject Template(ProgressiveRolloutArgs args, string metric, string query, string condition) => new()
    {
        ["metrics"] = new JsonArray(new JsonObject
        {
            ["name"] = metric,
            ["interval"] = "10s",
            ["count"] = Looks,
            ["failureLimit"] = 1,
            ["successCondition"] = condition,
            ["provider"] = new JsonObject { ["prometheus"] = new JsonObject { ["address"] = $"http://{args.Prometheus}", ["query"] = query } },
        }),
    };
}
