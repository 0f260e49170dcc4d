using FogInfra.Embedded.Simulator.Errors;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Rules;

/// <summary>Rules of Pods, with what admission adds to each: an account with its token, and tolerations for a node that is away for a while.</summary>
internal sealed class PodRules(NameSuffixes suffixes) : KindRules
{
    private const string TokenVolume = "kube-api-access-";
    private const string TokenPath = "/var/run/secrets/kubernetes.io/serviceaccount";
    private const int SecondsAwayTolerated = 300;

    public override JsonMap Default(JsonMap value) => value.Edit("spec", spec => PodDefaults.Spec(spec)
        .EditEach("initContainers", RequestLimits)
        .EditEach("containers", RequestLimits)
        .Default(true, "enableServiceLinks"));

    public override JsonMap PrepareForCreate(JsonMap value) => value
        .Edit("spec", Admit)
        .With("status", JsonMap.Of(("phase", "Pending"), ("qosClass", QualityOfService(value.Map("spec")))));

    public override JsonMap PrepareForUpdate(JsonMap next, JsonMap current) => next;

    public override IEnumerable<FieldError> Validate(JsonMap value) => PodValidation.Spec(value.Map("spec"), "spec");

    public override IEnumerable<FieldError> ValidateUpdate(JsonMap next, JsonMap current)
    {
        if (ReferenceEquals(next["spec"], current["spec"]) || Equals(Fixed(next.Map("spec")), Fixed(current.Map("spec")))) yield break;
        yield return FieldError.Forbidden("spec", "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,"
            + "`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)");
    }

    /// <summary>How the pod is treated when its node runs short, from its requests and limits.</summary>
    private static string QualityOfService(JsonMap spec)
    {
        var containers = spec.Maps("containers").Concat(spec.Maps("initContainers")).Select(container => container.Map("resources")).ToList();
        if (containers.TrueForAll(resources => resources.Map("requests").Count == 0 && resources.Map("limits").Count == 0)) return "BestEffort";
        var guaranteed = containers.TrueForAll(resources => new[] { "cpu", "memory" }.All(name =>
            resources.Map("limits")[name] is { } limit && limit.Equals(resources.Map("requests")[name] ?? limit)));
        return guaranteed ? "Guaranteed" : "Burstable";
    }

    private static JsonMap Fixed(JsonMap spec)
    {
        static JsonMap WithoutImage(JsonMap container) => container.Without("image");
        return spec.EditEach("containers", WithoutImage).EditEach("initContainers", WithoutImage)
            .Without("activeDeadlineSeconds").Without("tolerations").Without("terminationGracePeriodSeconds").Without("ephemeralContainers").Without("schedulingGates");
    }

    // A container that only has a limit asks for as much.
    private static JsonMap RequestLimits(JsonMap container) => container.Edit("resources", resources => resources.Map("limits")
        .Aggregate(resources, (result, limit) => result.Default(limit.Value, "requests", limit.Key)));

    private JsonMap Admit(JsonMap spec)
    {
        var result = spec
            .Default("default", "serviceAccountName")
            .Default("default", "serviceAccount")
            .Default(0, "priority").Default("PreemptLowerPriority", "preemptionPolicy").With("tolerations", Tolerations(spec.List("tolerations")));
        if (spec["automountServiceAccountToken"]?.AsFlag == false || spec.Maps("volumes").Any(volume => volume.Text("name")?.StartsWith(TokenVolume, StringComparison.Ordinal) == true)) return result;

        var volume = TokenVolume + suffixes.Next();
        var mount = JsonMap.Of(("name", volume), ("readOnly", true), ("mountPath", TokenPath));
        JsonMap Mount(JsonMap container) => container.Maps("volumeMounts").Any(existing => existing.Text("mountPath") == TokenPath)
            ? container
            : container.With("volumeMounts", JsonList.From(container.List("volumeMounts").Append(mount)));
        return result
            .With("volumes", JsonList.From(spec.List("volumes").Append(TokenSource(volume))))
            .EditEach("initContainers", Mount)
            .EditEach("containers", Mount);
    }

    private static JsonList Tolerations(JsonList given)
    {
        var added = new[] { "node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable" }
            .Where(key => !given.Maps().Any(toleration => toleration.Text("key") == key && toleration.Text("effect") is "NoExecute" or null or ""))
            .Select(key => JsonMap.Of(("key", key), ("operator", "Exists"), ("effect", "NoExecute"), ("tolerationSeconds", SecondsAwayTolerated)));
        return JsonList.From(given.Concat(added));
    }

    private static JsonMap TokenSource(string name) => JsonMap.Of(("name", name), ("projected", JsonMap.Of(
        ("sources", JsonList.Of([
            JsonMap.Of(("serviceAccountToken", JsonMap.Of(("expirationSeconds", 3607), ("path", "token")))),
            JsonMap.Of(("configMap", JsonMap.Of(("name", "kube-root-ca.crt"), ("items", JsonList.Of([JsonMap.Of(("key", "ca.crt"), ("path", "ca.crt"))]))))),
            JsonMap.Of(("downwardAPI", JsonMap.Of(("items", JsonList.Of([
                JsonMap.Of(("path", "namespace"), ("fieldRef", JsonMap.Of(("apiVersion", "v1"), ("fieldPath", "metadata.namespace"))))]))))),
        ])),
        ("defaultMode", 420))));
}
