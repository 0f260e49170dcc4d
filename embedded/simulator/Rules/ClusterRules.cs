using FogInfra.Embedded.Simulator.Errors;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Rules;

/// <summary>Rules of HorizontalPodAutoscalers, in <c>autoscaling/v2</c>.</summary>
internal sealed class AutoscalerRules : KindRules
{
    private const int TargetPercentOfCpu = 80;

    public override JsonMap Default(JsonMap value) => value.Edit("spec", spec => spec.Default(1, "minReplicas").Default(JsonList.Of([
        JsonMap.Of(("type", "Resource"), ("resource", JsonMap.Of(("name", "cpu"), ("target", JsonMap.Of(("type", "Utilization"), ("averageUtilization", TargetPercentOfCpu)))))),
    ]), "metrics"));

    public override JsonMap PrepareForCreate(JsonMap value) => value.With("status", JsonMap.Of(("desiredReplicas", 0)));

    public override IEnumerable<FieldError> Validate(JsonMap value)
    {
        var spec = value.Map("spec");
        if (spec.Long("maxReplicas") < 1) yield return FieldError.Invalid("spec.maxReplicas", spec["maxReplicas"], "must be greater than 0");
        if (spec.Long("maxReplicas") < spec.Long("minReplicas")) yield return FieldError.Invalid("spec.maxReplicas", spec["maxReplicas"], "must be greater than or equal to `minReplicas`");
    }
}

/// <summary>Rules of PodDisruptionBudgets.</summary>
internal sealed class DisruptionBudgetRules : KindRules
{
    public override JsonMap PrepareForCreate(JsonMap value) => value.With("status", JsonMap.Of(
        ("disruptionsAllowed", 0), ("currentHealthy", 0), ("desiredHealthy", 0), ("expectedPods", 0)));

    public override IEnumerable<FieldError> Validate(JsonMap value)
    {
        var spec = value.Map("spec");
        if (spec.ContainsKey("minAvailable") && spec.ContainsKey("maxUnavailable")) yield return FieldError.Invalid("spec", spec, "minAvailable and maxUnavailable cannot be both set");
    }
}

/// <summary>Rules of PriorityClasses.</summary>
internal sealed class PriorityClassRules : KindRules
{
    public override JsonMap Default(JsonMap value) => value.Default("PreemptLowerPriority", "preemptionPolicy");

    public override IEnumerable<FieldError> ValidateUpdate(JsonMap next, JsonMap current)
    {
        if (!Equals(next["value"], current["value"])) yield return FieldError.Forbidden("value", "may not be changed in an update.");
        foreach (var error in Immutable(next, current, "preemptionPolicy")) yield return error;
    }
}

/// <summary>Rules of webhook configurations. The webhooks themselves are not called.</summary>
internal sealed class WebhookRules(bool mutating) : KindRules
{
    private const int HttpsPort = 443;

    public override JsonMap Default(JsonMap value) => value.EditEach("webhooks", webhook =>
    {
        var result = webhook
            .Default("Fail", "failurePolicy")
            .Default("Equivalent", "matchPolicy")
            .Default(JsonMap.Empty, "namespaceSelector")
            .Default(JsonMap.Empty, "objectSelector")
            .Default(10, "timeoutSeconds")
            .EditEach("rules", rule => rule.Default("*", "scope"))
            .Edit("clientConfig", config => config.Edit("service", service => service.Default(HttpsPort, "port")));
        return mutating ? result.Default("Never", "reinvocationPolicy") : result;
    });
}

/// <summary>Rules of CSIDrivers.</summary>
internal sealed class CsiDriverRules : KindRules
{
    public override JsonMap Default(JsonMap value) => value.Edit("spec", spec => spec
        .Default(true, "attachRequired")
        .Default("ReadWriteOnceWithFSType", "fsGroupPolicy")
        .Default(false, "podInfoOnMount")
        .Default(false, "requiresRepublish")
        .Default(false, "seLinuxMount")
        .Default(false, "storageCapacity")
        .Default(JsonList.FromTexts(["Persistent"]), "volumeLifecycleModes"));
}
