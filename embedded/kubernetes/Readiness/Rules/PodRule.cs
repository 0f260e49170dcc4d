namespace FogInfra.Embedded.Kubernetes.Readiness.Rules;

/// <summary>A Pod is ready when it says so, or when it has done its work. One that failed and is not to be restarted never will be.</summary>
internal sealed class PodRule : IReadinessRule
{
    public Verdict Judge(Observation seen)
    {
        var target = seen.Target;
        var problems = PodProblems.Of(target, seen.Options);
        return (target.Text("status", "phase"), target.Condition("Ready")) switch
        {
            ("Succeeded", _) or (_, { IsTrue: true }) => Verdict.Ready(),
            ("Failed", _) => Verdict.Failed("the pod has failed", problems),
            (null or "Pending", _) when target.Condition("PodScheduled")?.IsTrue != true => Verdict.Waiting("waiting for a node", problems),
            (null or "Pending", _) => Verdict.Waiting("waiting for its containers to start", problems),
            _ => Verdict.Waiting("waiting for its containers to be ready", problems),
        };
    }
}
