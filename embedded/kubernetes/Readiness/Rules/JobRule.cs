using FogInfra.Embedded.Kubernetes.Client;

namespace FogInfra.Embedded.Kubernetes.Readiness.Rules;

/// <summary>A Job is ready when it is complete; one that is suspended has nothing to do. A Job that has failed, for whatever reason, stays failed.</summary>
internal sealed class JobRule : IReadinessRule
{
    public Verdict Judge(Observation seen)
    {
        var target = seen.Target;
        if (target.Condition("Complete")?.IsTrue == true)
        {
            return Verdict.Ready();
        }

        if (target.Condition("Failed") is { IsTrue: true } failed)
        {
            return Verdict.Failed($"the job has failed: {failed.Reason}: {failed.Message}", Problems(seen));
        }

        if (target.IsTrue("spec", "suspend"))
        {
            return Verdict.Ready("The job is suspended: nothing runs.");
        }

        var active = target.Number("status", "active") ?? 0;
        var succeeded = target.Number("status", "succeeded") ?? 0;
        var ended = target.Number("status", "failed") ?? 0;
        return Verdict.Waiting($"{active} pods running, {succeeded} succeeded, {ended} failed", Problems(seen));
    }

    // The server sets the selector when it creates the job.
    public IEnumerable<RelatedObjects> Related(Observation seen) =>
        LabelSelectors.ToQuery(seen.Target.At("spec", "selector")) is { Length: > 0 } labels
            ? [RelatedObjects.Beside(seen.Target, RelatedKinds.Pods, RelatedKinds.Pod, labels)]
            : [];

    // How often a crash is tolerated is for the job's own back-off limit to say.
    private static IEnumerable<Problem> Problems(Observation seen) =>
        PodProblems.Of(seen.Of(RelatedKinds.Pods), pod => pod.IsOwnedBy(seen.Target.Uid), seen.Options)
            .Select(problem => problem.Kind == ProblemKind.CrashLoop ? problem with { Tolerance = null } : problem);
}
