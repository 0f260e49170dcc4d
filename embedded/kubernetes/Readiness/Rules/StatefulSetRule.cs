using FogInfra.Embedded.Kubernetes.Client;

namespace FogInfra.Embedded.Kubernetes.Readiness.Rules;

/// <summary>
/// A StatefulSet is ready when its controller has seen the specification, all pods are ready, and those that the update strategy wants
/// updated are. With a partition that is only the pods from the partition on; with OnDelete none.
/// </summary>
internal sealed class StatefulSetRule : IReadinessRule
{
    public Verdict Judge(Observation seen)
    {
        var target = seen.Target;
        if (target.Number("spec", "replicas") == 0 && target.Number("status", "replicas") is null or 0)
        {
            return Verdict.Ready(); // No pods are wanted, and there are none.
        }

        if (target.ObservedGeneration is not { } observed || observed < target.Generation)
        {
            return Verdict.Waiting("waiting for the stateful set controller to take it up");
        }

        var wanted = target.Number("spec", "replicas") ?? 1;
        var ready = target.Number("status", "readyReplicas") ?? 0;
        var all = target.Number("status", "replicas") ?? 0;
        var updated = target.Number("status", "updatedReplicas") ?? 0;
        var toUpdate = ToUpdate(target, wanted);
        var message = all > wanted ? $"{all - wanted} pods are still to end"
            : updated < toUpdate ? $"{updated} of {toUpdate} pods updated, {ready} ready"
            : ready < wanted ? $"{ready} of {wanted} pods ready"
            : null;
        return message is null ? Verdict.Ready() : Verdict.Waiting(message, Problems(seen));
    }

    public IEnumerable<RelatedObjects> Related(Observation seen) =>
        seen.Target.ObservedGeneration != seen.Target.Generation || seen.Target.Number("spec", "replicas") == 0
            ? []
            : [RelatedObjects.Beside(seen.Target, RelatedKinds.Pods, RelatedKinds.Pod, LabelSelectors.ToQuery(seen.Target.At("spec", "selector")))];

    private static long ToUpdate(KubeObject target, long wanted)
    {
        if (target.Text("spec", "updateStrategy", "type") == "OnDelete")
        {
            return 0;
        }

        return Math.Max(0, wanted - (target.Number("spec", "updateStrategy", "rollingUpdate", "partition") ?? 0));
    }

    private static IEnumerable<Problem> Problems(Observation seen)
    {
        var revision = seen.Target.Text("status", "updateRevision");
        // A broken pod of the old revision is replaced; unless pods are only updated by hand, it says nothing about the new one.
        return PodProblems.Of(
            seen.Of(RelatedKinds.Pods),
            pod => pod.IsOwnedBy(seen.Target.Uid)
                && (revision is null || pod.Label("controller-revision-hash") == revision || ToUpdate(seen.Target, 1) == 0),
            seen.Options);
    }
}
