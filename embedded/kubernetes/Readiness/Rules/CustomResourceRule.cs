using System.Text.Json;
using FogInfra.Embedded.Kubernetes.Client;

namespace FogInfra.Embedded.Kubernetes.Readiness.Rules;

/// <summary>
/// The rule for kinds that nothing is known of, by what controllers commonly report: the generation that they have seen, and the conditions
/// Ready, Reconciling and Stalled (the conventions of Kubernetes' API and of kstatus). An object of which nothing is reported is ready.
/// </summary>
/// <param name="reports">The kind has a status of its own, so that a controller may be about to report.</param>
internal sealed class CustomResourceRule(bool reports) : IReadinessRule
{
    public Verdict Judge(Observation seen)
    {
        var target = seen.Target;
        if (target.At("status").ValueKind != JsonValueKind.Object)
        {
            var left = seen.Options.FirstReport - seen.Elapsed;
            return reports && seen.IsNew && left > TimeSpan.Zero
                ? Verdict.Waiting("waiting for its controller to report") with { LookAgainAfter = left }
                : Verdict.Ready();
        }

        if (target.ObservedGeneration < target.Generation)
        {
            return Verdict.Waiting("waiting for its controller to take it up");
        }

        if (target.Condition("Stalled") is { IsTrue: true } stalled)
        {
            return Verdict.Failed($"its controller has stalled: {Words(stalled)}");
        }

        if (target.Condition("Reconciling") is { IsTrue: true } reconciling)
        {
            return Verdict.Waiting($"its controller is at work: {Words(reconciling)}");
        }

        if (target.Condition("Ready") is not { } ready)
        {
            return Verdict.Ready();
        }

        return IsStale(target) ? Verdict.Waiting("waiting for its controller to take it up")
            : ready.IsTrue ? Verdict.Ready()
            : Verdict.Waiting($"Ready is {ready.Status}: {Words(ready)}");
    }

    // A condition may say itself of which generation it speaks.
    private static bool IsStale(KubeObject target) => target.Items("status", "conditions").Any(condition =>
        KubeObject.TextOf(condition, "type") == "Ready" && KubeObject.NumberOf(condition, "observedGeneration") < target.Generation);

    private static string Words(ObjectCondition condition) => (condition.Reason, condition.Message) switch
    {
        ("", "") => "no reason is given",
        (var reason, "") => reason,
        ("", var message) => message,
        var (reason, message) => $"{reason}: {message}",
    };
}
