using FogInfra.Embedded.Kubernetes.Client;
using FogInfra.Embedded.Kubernetes.Objects;

namespace FogInfra.Embedded.Kubernetes.Readiness.Rules;

/// <summary>
/// A Deployment is ready when its controller has seen the specification, and all wanted pods are of it and available, and no others are
/// left: what <c>kubectl rollout status</c> waits for, and the end of the pods that are no longer wanted when there are to be fewer.
/// </summary>
internal sealed class DeploymentRule : IReadinessRule
{
    public Verdict Judge(Observation seen)
    {
        var target = seen.Target;
        if (target.Number("spec", "replicas") == 0 && target.Number("status", "replicas") is null or 0)
        {
            return Verdict.Ready(); // No pods are wanted, and there are none: nothing is left for the controller to do.
        }

        if (target.ObservedGeneration is not { } observed || observed < target.Generation)
        {
            return Verdict.Waiting("waiting for the deployment controller to take it up");
        }

        if (target.IsTrue("spec", "paused"))
        {
            return Verdict.Ready("The deployment is paused: nothing is rolled out.");
        }

        var wanted = target.Number("spec", "replicas") ?? 1;
        var updated = target.Number("status", "updatedReplicas") ?? 0;
        var available = target.Number("status", "availableReplicas") ?? 0;
        var all = target.Number("status", "replicas") ?? 0;
        if (updated >= wanted && all <= wanted && available >= updated)
        {
            return Verdict.Ready();
        }

        var message = updated < wanted ? $"{updated} of {wanted} pods updated, {available} available"
            : all > updated ? $"{all - updated} old pods are still to end"
            : all > wanted ? $"{all - wanted} pods more than wanted are still to end"
            : $"{available} of {wanted} pods available";
        return Verdict.Waiting(message, Problems(seen));
    }

    // Without wanted pods nothing can go wrong with them, and until the controller has acted there are none.
    public IEnumerable<RelatedObjects> Related(Observation seen)
    {
        var target = seen.Target;
        if (target.ObservedGeneration != target.Generation || target.Number("spec", "replicas") == 0)
        {
            return [];
        }

        var labels = LabelSelectors.ToQuery(target.At("spec", "selector"));
        return
        [
            RelatedObjects.Beside(target, RelatedKinds.ReplicaSets, RelatedKinds.ReplicaSet, labels),
            RelatedObjects.Beside(target, RelatedKinds.Pods, RelatedKinds.Pod, labels),
        ];
    }

    private static IEnumerable<Problem> Problems(Observation seen)
    {
        var target = seen.Target;
        if (target.Condition("Progressing") is { IsFalse: true, Reason: "ProgressDeadlineExceeded" } late)
        {
            yield return new Problem($"{target.Uid}/deadline", $"deployment {target.Name}", late.Reason, late.Message) { Tolerance = seen.Options.StaleDeadline };
        }

        // The set of the newest revision; an older one's pods only have to end.
        var current = seen.Of(RelatedKinds.ReplicaSets)
            .Where(set => set.IsOwnedBy(target.Uid))
            .FirstOrDefault(set => set.Annotation(Annotations.Revision) == target.Annotation(Annotations.Revision));
        if (current is null)
        {
            yield break;
        }

        if (current.Condition("ReplicaFailure") is { IsTrue: true } refused)
        {
            yield return new Problem($"{current.Uid}/refused", $"replica set {current.Name}", refused.Reason, refused.Message)
            {
                // A pod that is ending still counts against a quota.
                Tolerance = seen.Of(RelatedKinds.Pods).Any(pod => pod.IsDeleting) ? null : seen.Options.PodsRefused,
            };
        }

        foreach (var problem in PodProblems.Of(seen.Of(RelatedKinds.Pods), pod => pod.IsOwnedBy(current.Uid), seen.Options))
        {
            yield return problem;
        }
    }
}
