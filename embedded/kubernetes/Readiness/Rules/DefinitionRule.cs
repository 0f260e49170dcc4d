namespace FogInfra.Embedded.Kubernetes.Readiness.Rules;

/// <summary>A CustomResourceDefinition is ready when the API server serves its kind.</summary>
internal sealed class DefinitionRule : IReadinessRule
{
    public Verdict Judge(Observation seen)
    {
        var target = seen.Target;
        if (target.Condition("Established")?.IsTrue == true)
        {
            return Verdict.Ready();
        }

        return target.Condition("NamesAccepted") is { IsFalse: true } refused
            ? Verdict.Failed($"its names are not accepted: {refused.Reason}: {refused.Message}")
            : Verdict.Waiting("waiting for the API server to serve the kind");
    }
}
