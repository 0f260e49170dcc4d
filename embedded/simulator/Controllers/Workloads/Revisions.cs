using System.Globalization;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Controllers.Workloads;

/// <summary>The bookkeeping of Deployments in annotations: revisions, and how many pods were wanted when a ReplicaSet was last scaled.</summary>
internal static class Revisions
{
    /// <summary>The number of a rollout.</summary>
    public const string Revision = "deployment.kubernetes.io/revision";

    private const string History = "deployment.kubernetes.io/revision-history";
    private const string Desired = "deployment.kubernetes.io/desired-replicas";
    private const string Most = "deployment.kubernetes.io/max-replicas";

    // What belongs to the Deployment alone.
    private static readonly HashSet<string> NotCopied = new(StringComparer.Ordinal)
    {
        "kubectl.kubernetes.io/last-applied-configuration", Revision, History, Desired, Most, "deprecated.deployment.rollback.to",
    };

    /// <summary>The number of the rollout that an object belongs to; 0 when it has none.</summary>
    public static long Of(JsonMap value) => Number(value, Revision);

    /// <summary>The pods that the Deployment wanted when the ReplicaSet was last scaled; null when that is not known.</summary>
    public static long? DesiredOf(JsonMap set) => set.Annotations.ContainsKey(Desired) ? Number(set, Desired) : null;

    /// <summary>The most pods that the Deployment could have when the ReplicaSet was last scaled; 0 when that is not known.</summary>
    public static long MostOf(JsonMap set) => Number(set, Most);

    /// <summary>The annotations of a ReplicaSet with the sizes of its Deployment.</summary>
    public static JsonMap WithSizes(JsonMap annotations, RollingUpdate sizes) => annotations
        .With(Desired, Text(sizes.Replicas))
        .With(Most, Text(sizes.Replicas + sizes.MaxSurge));

    /// <summary>The annotations of the new ReplicaSet: those of its Deployment, and the number of the rollout.</summary>
    public static JsonMap OfNew(JsonMap annotations, JsonMap deployment, long revision)
    {
        var result = deployment.Annotations.Change((name, value) => NotCopied.Contains(name) ? null : value).Aggregate(annotations, (all, one) => all.With(one.Key, one.Value));
        var former = annotations.Text(Revision);
        if (former == Text(revision)) return result;
        result = result.With(Revision, Text(revision));
        if (former is null) return result;
        var history = annotations.Text(History);
        return result.With(History, history is null ? former : $"{history},{former}"); // A version rolled out again has had other numbers.
    }

    private static long Number(JsonMap value, string annotation) =>
        long.TryParse(value.Annotations.Text(annotation), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
