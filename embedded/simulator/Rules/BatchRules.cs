using FogInfra.Embedded.Simulator.Errors;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Rules;

/// <summary>Rules of Jobs, whose selector is made from their unique id.</summary>
internal sealed class JobRules : KindRules
{
    private const string UidLabel = "batch.kubernetes.io/controller-uid";
    private const string NameLabel = "batch.kubernetes.io/job-name";

    public override JsonMap Default(JsonMap value) => value.Edit("spec", Spec);

    /// <summary>The defaults of a job's spec, in a Job as in a CronJob.</summary>
    public static JsonMap Spec(JsonMap spec)
    {
        var result = spec
            .Edit("template", PodDefaults.Template)
            .Default(6, "backoffLimit")
            .Default("NonIndexed", "completionMode")
            .Default(false, "suspend")
            .Default(spec.ContainsKey("podFailurePolicy") ? "Failed" : "TerminatingOrFailed", "podReplacementPolicy");
        return result.At("completions") is null && result.At("parallelism") is null
            ? result.With("completions", 1).With("parallelism", 1)
            : result.Default(1, "parallelism");
    }

    public override JsonMap PrepareForCreate(JsonMap value)
    {
        var result = value.With("status", JsonMap.Empty);
        if (value.Flag("spec", "manualSelector")) return result;
        var labels = JsonMap.Of((UidLabel, value.Uid), (NameLabel, value.Name), ("controller-uid", value.Uid), ("job-name", value.Name));
        return result
            .Set(value.Map("spec", "template", "metadata", "labels").WithAll(labels), "spec", "template", "metadata", "labels")
            .Set(JsonMap.Of(("matchLabels", JsonMap.Of((UidLabel, value.Uid)))), "spec", "selector");
    }

    // Appliers do not name what was made for them.
    public override JsonMap PrepareForUpdate(JsonMap next, JsonMap current)
    {
        if (current.Flag("spec", "manualSelector")) return next;
        var made = current.Map("spec", "template", "metadata", "labels").Change((name, label) => name is UidLabel or NameLabel or "controller-uid" or "job-name" ? label : null);
        var result = next.At("spec", "selector") is null ? next.Set(current.At("spec", "selector"), "spec", "selector") : next;
        return made.Aggregate(result, (value, label) => value.Default(label.Value, "spec", "template", "metadata", "labels", label.Key));
    }

    public override IEnumerable<FieldError> Validate(JsonMap value)
    {
        foreach (var name in new[] { "parallelism", "completions", "activeDeadlineSeconds", "backoffLimit", "ttlSecondsAfterFinished" })
        {
            if (value.Long("spec", name) < 0) yield return FieldError.Invalid($"spec.{name}", value.At("spec", name), "must be greater than or equal to 0");
        }
        foreach (var error in PodValidation.Template(value.Map("spec", "template"), "spec.template", "OnFailure", "Never")) yield return error;
    }

    public override IEnumerable<FieldError> ValidateUpdate(JsonMap next, JsonMap current) =>
        Immutable(next, current, "spec.completions", "spec.selector", "spec.template", "spec.completionMode");
}

/// <summary>Rules of CronJobs.</summary>
internal sealed class CronJobRules : KindRules
{
    public override JsonMap Default(JsonMap value) => value.Edit("spec", spec => spec
        .Default("Allow", "concurrencyPolicy")
        .Default(false, "suspend")
        .Default(3, "successfulJobsHistoryLimit")
        .Default(1, "failedJobsHistoryLimit")
        .Edit("jobTemplate", template => template.Edit("spec", inner => inner.Edit("template", PodDefaults.Template))));

    public override JsonMap PrepareForCreate(JsonMap value) => value.With("status", JsonMap.Empty);

    public override IEnumerable<FieldError> Validate(JsonMap value) =>
    [
        .. value.Text("spec", "schedule") is { } schedule && schedule.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length != 5 && !schedule.StartsWith('@')
            ? [FieldError.Invalid("spec.schedule", schedule, "expected exactly 5 fields, found " + schedule.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length)]
            : Array.Empty<FieldError>(),
        .. PodValidation.Template(value.Map("spec", "jobTemplate", "spec", "template"), "spec.jobTemplate.spec.template", "OnFailure", "Never"),
    ];

    // The name of a job that it makes has eleven more characters.
    public override string? NameFault(string name) => name.Length > 52 ? "must be no more than 52 characters" : base.NameFault(name);
}
