using FogInfra.Embedded.Simulator.Errors;
using FogInfra.Embedded.Simulator.Selectors;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Rules;

/// <summary>What Deployments, ReplicaSets, StatefulSets and DaemonSets have in common: a selector that their template's labels must meet.</summary>
internal abstract class WorkloadRules : KindRules
{
    public override JsonMap Default(JsonMap value) => value.Edit("spec", spec => DefaultSpec(spec.Edit("template", PodDefaults.Template)));

    public override JsonMap PrepareForCreate(JsonMap value) => value.With("status", JsonMap.Empty);

    public override IEnumerable<FieldError> Validate(JsonMap value)
    {
        var spec = value.Map("spec");
        return [.. Selector(spec), .. Counts(spec), .. PodValidation.Template(TemplateToCheck(spec), "spec.template", "Always"), .. ValidateSpec(spec)];
    }

    public override IEnumerable<FieldError> ValidateUpdate(JsonMap next, JsonMap current) => Immutable(next, current, "spec.selector");

    /// <summary>The defaults besides those of the template.</summary>
    protected abstract JsonMap DefaultSpec(JsonMap spec);

    /// <summary>The template with all that its pods will have besides.</summary>
    protected virtual JsonMap TemplateToCheck(JsonMap spec) => spec.Map("template");

    /// <summary>The faults that only this kind can have.</summary>
    protected virtual IEnumerable<FieldError> ValidateSpec(JsonMap spec) => [];

    private static IEnumerable<FieldError> Selector(JsonMap spec)
    {
        if (spec["selector"] is not JsonMap given) yield break; // The schema demands it.
        var selector = LabelSelector.Read(given);
        if (selector.IsEmpty) yield return FieldError.Invalid("spec.selector", given, "empty selector is invalid for deployment");
        var labels = spec.Map("template", "metadata", "labels");
        if (!selector.Matches(labels)) yield return FieldError.Invalid("spec.template.metadata.labels", labels, "`selector` does not match template `labels`");
    }

    private static IEnumerable<FieldError> Counts(JsonMap spec)
    {
        foreach (var name in new[] { "replicas", "minReadySeconds", "revisionHistoryLimit" })
        {
            if (spec.Long(name) < 0) yield return FieldError.Invalid($"spec.{name}", spec[name], "must be greater than or equal to 0");
        }
    }
}

/// <summary>Rules of <c>apps/v1</c> Deployments.</summary>
internal sealed class DeploymentRules : WorkloadRules
{
    protected override JsonMap DefaultSpec(JsonMap spec)
    {
        var result = spec
            .Default(1, "replicas")
            .Default("RollingUpdate", "strategy", "type")
            .Default(10, "revisionHistoryLimit")
            .Default(600, "progressDeadlineSeconds");
        return result.Text("strategy", "type") == "RollingUpdate"
            ? result.Default("25%", "strategy", "rollingUpdate", "maxUnavailable").Default("25%", "strategy", "rollingUpdate", "maxSurge")
            : result;
    }

    protected override IEnumerable<FieldError> ValidateSpec(JsonMap spec)
    {
        var strategy = spec.Map("strategy");
        if (strategy.Text("type") == "Recreate" && strategy.ContainsKey("rollingUpdate"))
        {
            yield return FieldError.Forbidden("spec.strategy.rollingUpdate", "may not be specified when strategy `type` is 'Recreate'");
        }
        if (strategy["rollingUpdate"] is JsonMap rolling)
        {
            foreach (var name in new[] { "maxUnavailable", "maxSurge" })
            {
                if (!IntOrPercent.IsValid(rolling[name])) yield return FieldError.Invalid($"spec.strategy.rollingUpdate.{name}", rolling[name], "must be a non-negative integer or a percentage (e.g. '5' or '25%')");
            }
            if (IntOrPercent.IsZero(rolling["maxUnavailable"]) && IntOrPercent.IsZero(rolling["maxSurge"]))
            {
                yield return FieldError.Invalid("spec.strategy.rollingUpdate.maxUnavailable", rolling["maxUnavailable"], "may not be 0 when `maxSurge` is 0");
            }
        }
        if (spec.Long("progressDeadlineSeconds") is { } deadline && deadline <= (spec.Long("minReadySeconds") ?? 0))
        {
            yield return FieldError.Invalid("spec.progressDeadlineSeconds", deadline, "must be greater than minReadySeconds");
        }
    }
}

/// <summary>Rules of <c>apps/v1</c> ReplicaSets.</summary>
internal sealed class ReplicaSetRules : WorkloadRules
{
    public override JsonMap PrepareForCreate(JsonMap value) => value.With("status", JsonMap.Of(("replicas", 0)));

    protected override JsonMap DefaultSpec(JsonMap spec) => spec.Default(1, "replicas");
}

/// <summary>Rules of <c>apps/v1</c> DaemonSets.</summary>
internal sealed class DaemonSetRules : WorkloadRules
{
    public override JsonMap PrepareForCreate(JsonMap value) => value.With("status", JsonMap.Of(
        ("currentNumberScheduled", 0), ("numberMisscheduled", 0), ("desiredNumberScheduled", 0), ("numberReady", 0)));

    protected override JsonMap DefaultSpec(JsonMap spec)
    {
        var result = spec.Default("RollingUpdate", "updateStrategy", "type").Default(10, "revisionHistoryLimit");
        return result.Text("updateStrategy", "type") == "RollingUpdate"
            ? result.Default(1, "updateStrategy", "rollingUpdate", "maxUnavailable").Default(0, "updateStrategy", "rollingUpdate", "maxSurge")
            : result;
    }
}

/// <summary>Rules of <c>apps/v1</c> StatefulSets.</summary>
internal sealed class StatefulSetRules : WorkloadRules
{
    private static readonly HashSet<string> Changeable = new(StringComparer.Ordinal)
    {
        "minReadySeconds", "ordinals", "persistentVolumeClaimRetentionPolicy", "replicas", "revisionHistoryLimit", "template", "updateStrategy",
    };

    public override JsonMap PrepareForCreate(JsonMap value) => value.With("status", JsonMap.Of(("replicas", 0), ("availableReplicas", 0)));

    public override IEnumerable<FieldError> ValidateUpdate(JsonMap next, JsonMap current)
    {
        var (after, before) = (next.Map("spec"), current.Map("spec"));
        if (after.Keys.Union(before.Keys).Any(name => !Changeable.Contains(name) && !Equals(after[name], before[name])))
        {
            yield return FieldError.Forbidden("spec", "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', "
                + "'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden");
        }
    }

    // Containers mount the claims as if they were volumes.
    protected override JsonMap TemplateToCheck(JsonMap spec)
    {
        var template = spec.Map("template");
        var volumes = template.List("spec", "volumes").Concat(spec.Maps("volumeClaimTemplates").Select(claim => JsonMap.Of(("name", claim.Name))));
        return template.Set(JsonList.From(volumes.DistinctBy(volume => volume.Text("name"))), "spec", "volumes");
    }

    protected override JsonMap DefaultSpec(JsonMap spec)
    {
        var result = spec
            .Default(1, "replicas")
            .Default("OrderedReady", "podManagementPolicy")
            .Default("RollingUpdate", "updateStrategy", "type")
            .Default(10, "revisionHistoryLimit")
            .Default("Retain", "persistentVolumeClaimRetentionPolicy", "whenDeleted")
            .Default("Retain", "persistentVolumeClaimRetentionPolicy", "whenScaled")
            .EditEach("volumeClaimTemplates", claim => claim
                .Default("v1", "apiVersion").Default("PersistentVolumeClaim", "kind")
                .Edit("spec", inner => inner.Default("Filesystem", "volumeMode"))
                .Default("Pending", "status", "phase"));
        return result.Text("updateStrategy", "type") == "RollingUpdate" ? result.Default(0, "updateStrategy", "rollingUpdate", "partition") : result;
    }
}
