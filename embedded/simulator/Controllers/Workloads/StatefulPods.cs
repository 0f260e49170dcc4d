using System.Globalization;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Controllers.Workloads;

/// <summary>The pods and claims of a StatefulSet, each with a number that it keeps: pure functions.</summary>
internal static class StatefulPods
{
    /// <summary>The number of a pod; null when its name has none.</summary>
    public static long? Ordinal(JsonMap set, JsonMap pod) =>
        pod.Name.StartsWith(set.Name + "-", StringComparison.Ordinal) && long.TryParse(pod.Name[(set.Name.Length + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var ordinal) ? ordinal : null;

    /// <summary>The pod of a number.</summary>
    /// <param name="set">The StatefulSet.</param>
    /// <param name="template">The template of its revision.</param>
    /// <param name="revision">The name of the revision.</param>
    /// <param name="ordinal">The number.</param>
    public static JsonMap Pod(JsonMap set, JsonMap template, string revision, long ordinal)
    {
        var name = $"{set.Name}-{ordinal}";
        var pod = PodTemplates.ToPod(set, template, name);
        var labels = pod.Labels
            .With("apps.kubernetes.io/pod-index", ordinal.ToString(CultureInfo.InvariantCulture))
            .With(TemplateHistory.Label, revision)
            .With("statefulset.kubernetes.io/pod-name", name);
        var claims = set.Maps("spec", "volumeClaimTemplates").Select(claim => claim.Name).ToList();
        var volumes = pod.Maps("spec", "volumes").Where(volume => !claims.Contains(volume.Text("name") ?? "")).Concat(claims.Select(claim => JsonMap.Of(
            ("name", claim), ("persistentVolumeClaim", JsonMap.Of(("claimName", ClaimName(set, claim, ordinal)))))));
        return pod
            .Set(labels, "metadata", "labels")
            .Edit("spec", spec => spec
                .With("hostname", name)
                .With("subdomain", set.At("spec", "serviceName"))
                .With("volumes", JsonList.From(volumes) is { Count: > 0 } list ? list : null));
    }

    /// <summary>The claims of a number.</summary>
    public static IEnumerable<JsonMap> Claims(JsonMap set, long ordinal) => set.Maps("spec", "volumeClaimTemplates").Select(template => JsonMap.Of(
        ("apiVersion", "v1"),
        ("kind", "PersistentVolumeClaim"),
        ("metadata", JsonMap.Of(
            ("name", ClaimName(set, template.Name, ordinal)),
            ("namespace", set.Namespace),
            ("labels", template.Labels.WithAll(set.Map("spec", "selector", "matchLabels"))),
            ("annotations", template.Metadata["annotations"]))),
        ("spec", template["spec"])));

    private static string ClaimName(JsonMap set, string claim, long ordinal) => $"{claim}-{set.Name}-{ordinal}";
}
