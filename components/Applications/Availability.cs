using FogInfra.Model;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Autoscaling.V2;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Pulumi.Kubernetes.Types.Inputs.Policy.V1;
using HorizontalPodAutoscaler = Pulumi.Kubernetes.Autoscaling.V2.HorizontalPodAutoscaler;
using PodDisruptionBudget = Pulumi.Kubernetes.Policy.V1.PodDisruptionBudget;

namespace FogInfra.Components;

/// <summary>What keeps enough pods of a service running: an autoscaler and a disruption budget, where it has or needs them.</summary>
internal static class Availability
{
    /// <summary>Makes the objects.</summary>
    public static void Create(string name, Resource parent, ObjectMetaArgs metadata, ClusterWorkload workload, ServiceWorkload service)
    {
        var options = new CustomResourceOptions { Parent = parent };
        if (service.Settings.Autoscaling is { } autoscaling)
        {
            _ = new HorizontalPodAutoscaler(
                name, new HorizontalPodAutoscalerArgs { Metadata = metadata, Spec = SpecOf(service, autoscaling) }, options);
        }

        if (BudgetOf(workload, service) is { } disruption)
        {
            _ = new PodDisruptionBudget(
                name, new PodDisruptionBudgetArgs { Metadata = metadata, Spec = SpecOf(workload, service, disruption) }, options);
        }
    }

    // A budget over a single pod would only stand in the way of whoever empties a node, so there is one only when it was asked for.
    private static Disruption? BudgetOf(ClusterWorkload workload, ServiceWorkload service) =>
        service.Settings.Disruption ?? (service.Replicas > 1 ? LayerDefaults.Of(workload.Layer).Disruption : null);

    private static PodDisruptionBudgetSpecArgs SpecOf(ClusterWorkload workload, ServiceWorkload service, Disruption disruption)
    {
        var spec = new PodDisruptionBudgetSpecArgs { Selector = new LabelSelectorArgs { MatchLabels = Labels.Selector(workload, service) } };
        if (disruption.MinAvailable is { } least)
        {
            spec.MinAvailable = PodTemplates.ToAmount(least);
        }

        if (disruption.MaxUnavailable is { } most)
        {
            spec.MaxUnavailable = PodTemplates.ToAmount(most);
        }

        return spec;
    }

    private static HorizontalPodAutoscalerSpecArgs SpecOf(ServiceWorkload service, Autoscaling autoscaling) => new()
    {
        ScaleTargetRef = new CrossVersionObjectReferenceArgs { ApiVersion = "apps/v1", Kind = "Deployment", Name = service.Name },
        MinReplicas = autoscaling.MinReplicas,
        MaxReplicas = autoscaling.MaxReplicas,
        Metrics = new[] { ("cpu", autoscaling.CpuPercent), ("memory", autoscaling.MemoryPercent) }
            .Where(metric => metric.Item2 is not null)
            .Select(metric => new MetricSpecArgs
            {
                Type = "Resource",
                Resource = new ResourceMetricSourceArgs
                {
                    Name = metric.Item1,
                    Target = new MetricTargetArgs { Type = "Utilization", AverageUtilization = metric.Item2!.Value },
                },
            }).ToArray(),
    };
}
