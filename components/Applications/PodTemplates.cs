using System.Globalization;
using FogInfra.Model;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Apps.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace FogInfra.Components;

/// <summary>The pods of a service: where they run, as whom, and how they are replaced. Plain functions over plain values.</summary>
internal static class PodTemplates
{
    private const string ArchitectureLabel = "kubernetes.io/arch";

    /// <summary>The specification of the Deployment.</summary>
    /// <param name="workload">The application in the cluster.</param>
    /// <param name="service">The service.</param>
    /// <param name="given">What the pods take from objects around them.</param>
    public static DeploymentSpecArgs DeploymentOf(ClusterWorkload workload, ServiceWorkload service, PodSurroundings given)
    {
        var defaults = LayerDefaults.Of(workload.Layer);
        var spec = new DeploymentSpecArgs
        {
            Selector = new LabelSelectorArgs { MatchLabels = Labels.Selector(workload, service) },
            RevisionHistoryLimit = defaults.RevisionHistory,
            Strategy = StrategyOf(service, defaults),
            Template = new PodTemplateSpecArgs
            {
                Metadata = new ObjectMetaArgs { Labels = Labels.OfService(workload, service) },
                Spec = PodOf(workload, service, given, defaults),
            },
        };
        if (service.Settings.Autoscaling is null)
        {
            // Otherwise the field is the autoscaler's, and each update would take it back.
            spec.Replicas = service.Replicas;
        }

        return spec;
    }

    private static PodSpecArgs PodOf(ClusterWorkload workload, ServiceWorkload service, PodSurroundings given, LayerDefaults defaults)
    {
        var settings = service.Settings;
        var security = workload.Isolation.PodSecurity ?? PodSecurity.Baseline;
        var spec = new PodSpecArgs
        {
            ServiceAccountName = given.ServiceAccount,
            AutomountServiceAccountToken = !settings.Access.IsEmpty,
            EnableServiceLinks = false,
            Containers = service.Containers.Select(container => PodContainers.ToArgs(container, service, given, security, defaults)).ToArray(),
            Tolerations = defaults.Tolerations.Concat(settings.Tolerations).Distinct().Select(ToArgs).ToArray(),
            Volumes = PodVolumes.Of(service, given).ToArray(),
        };
        if (security != PodSecurity.Privileged)
        {
            spec.SecurityContext = PodSecurityOf(security);
        }

        if (!settings.NodeSelector.IsEmpty)
        {
            spec.NodeSelector = settings.NodeSelector.ToDictionary();
        }

        if (!settings.Architectures.IsEmpty)
        {
            spec.Affinity = ArchitectureAffinity(settings.Architectures);
        }

        var most = settings.Autoscaling?.MaxReplicas ?? service.Replicas;
        if ((settings.Spread ?? (most > 1 ? defaults.Spread : null)) is { } spread)
        {
            spec.TopologySpreadConstraints = spread.Over.Select(label => ToArgs(spread, label, Labels.Selector(workload, service))).ToArray();
        }

        return spec;
    }

    private static DeploymentStrategyArgs StrategyOf(ServiceWorkload service, LayerDefaults defaults)
    {
        // Two pods of two versions cannot both have a volume that only one node, or one pod, may write.
        var claims = service.Settings.Volumes.Any(volume => volume.Claim is { AccessMode: "ReadWriteOnce" or "ReadWriteOncePod" });
        var update = service.Settings.Update ?? (claims ? new UpdateStrategy(Recreate: true) : defaults.Update);
        if (update.Recreate)
        {
            return new DeploymentStrategyArgs { Type = "Recreate" };
        }

        return new DeploymentStrategyArgs
        {
            Type = "RollingUpdate",
            RollingUpdate = new RollingUpdateDeploymentArgs
            {
                MaxSurge = ToAmount(update.MaxSurge ?? (update.MaxUnavailable is null or "0" or "0%" ? "1" : "0")),
                MaxUnavailable = ToAmount(update.MaxUnavailable ?? "0"),
            },
        };
    }

    private static PodSecurityContextArgs PodSecurityOf(PodSecurity security)
    {
        var context = new PodSecurityContextArgs { SeccompProfile = new SeccompProfileArgs { Type = "RuntimeDefault" } };
        if (security == PodSecurity.Restricted)
        {
            context.RunAsNonRoot = true;
        }

        return context;
    }

    private static AffinityArgs ArchitectureAffinity(IEnumerable<string> architectures) => new()
    {
        NodeAffinity = new NodeAffinityArgs
        {
            RequiredDuringSchedulingIgnoredDuringExecution = new NodeSelectorArgs
            {
                NodeSelectorTerms = new[]
                {
                    new NodeSelectorTermArgs
                    {
                        MatchExpressions = new[]
                        {
                            new NodeSelectorRequirementArgs { Key = ArchitectureLabel, Operator = "In", Values = architectures.ToArray() },
                        },
                    },
                },
            },
        },
    };

    private static TopologySpreadConstraintArgs ToArgs(Spread spread, string label, Dictionary<string, string> selector) => new()
    {
        MaxSkew = spread.MaxSkew,
        TopologyKey = label,
        WhenUnsatisfiable = spread.Required ? "DoNotSchedule" : "ScheduleAnyway",
        LabelSelector = new LabelSelectorArgs { MatchLabels = selector },
    };

    private static TolerationArgs ToArgs(Toleration toleration)
    {
        var args = new TolerationArgs { Operator = toleration.Operator };
        if (toleration.Key is { } key)
        {
            args.Key = key;
        }

        if (toleration.Value is { } value)
        {
            args.Value = value;
        }

        if (toleration.Effect is { } effect)
        {
            args.Effect = effect;
        }

        if (toleration.Seconds is { } seconds)
        {
            args.TolerationSeconds = seconds;
        }

        return args;
    }

    /// <summary>A number, or a share such as <c>25%</c>.</summary>
    public static InputUnion<int, string> ToAmount(string amount) =>
        int.TryParse(amount, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : amount;
}
