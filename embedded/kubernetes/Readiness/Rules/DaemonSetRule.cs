using FogInfra.Embedded.Kubernetes.Client;

namespace FogInfra.Embedded.Kubernetes.Readiness.Rules;

/// <summary>A DaemonSet is ready when its controller has seen the specification and each node that should have a pod has an updated, available one.</summary>
internal sealed class DaemonSetRule : IReadinessRule
{
    public Verdict Judge(Observation seen)
    {
        var target = seen.Target;
        if (target.ObservedGeneration is not { } observed || observed < target.Generation)
        {
            return Verdict.Waiting("waiting for the daemon set controller to take it up");
        }

        var wanted = target.Number("status", "desiredNumberScheduled") ?? 0;
        var updated = target.Text("spec", "updateStrategy", "type") == "OnDelete" ? wanted : target.Number("status", "updatedNumberScheduled") ?? 0;
        var available = target.Number("status", "numberAvailable") ?? 0;
        if (updated >= wanted && available >= wanted)
        {
            return Verdict.Ready();
        }

        return Verdict.Waiting(
            updated < wanted ? $"on {updated} of {wanted} nodes updated, on {available} available" : $"on {available} of {wanted} nodes available",
            PodProblems.Of(seen.Of(RelatedKinds.Pods), pod => pod.IsOwnedBy(target.Uid), seen.Options));
    }

    public IEnumerable<RelatedObjects> Related(Observation seen) =>
        seen.Target.ObservedGeneration != seen.Target.Generation
            ? []
            : [RelatedObjects.Beside(seen.Target, RelatedKinds.Pods, RelatedKinds.Pod, LabelSelectors.ToQuery(seen.Target.At("spec", "selector")))];
}
