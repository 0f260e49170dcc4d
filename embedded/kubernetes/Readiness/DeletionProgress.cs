using FogInfra.Embedded.Kubernetes.Client;

namespace FogInfra.Embedded.Kubernetes.Readiness;

/// <summary>Says what holds back an object that is being deleted. Pure.</summary>
internal static class DeletionProgress
{
    /// <summary>What holds it back, in one line.</summary>
    public static string Describe(KubeObject target)
    {
        var parts = target.Kind == "Namespace" || target.At("spec", "finalizers").ValueKind != System.Text.Json.JsonValueKind.Undefined
            ? NamespaceContent(target).ToList()
            : [];
        var finalizers = target.Items("metadata", "finalizers").Select(item => item.GetString()).ToList();
        if (finalizers.Count > 0)
        {
            parts.Add(finalizers is ["foregroundDeletion"] ? "waiting for the objects that it owns" : $"held by the finalizers {string.Join(", ", finalizers)}");
        }

        return parts.Count > 0 ? string.Join("; ", parts)
            : target.Number("metadata", "deletionGracePeriodSeconds") is > 0 and var seconds ? $"ending, with {seconds}s to do so"
            : "waiting until it is gone";
    }

    // The namespace controller keeps a list of what is left, and of the finalizers that hold it.
    private static IEnumerable<string> NamespaceContent(KubeObject target) => target.Conditions
        .Where(condition => condition.IsTrue && condition.Message != "" && condition.Type is
            "NamespaceContentRemaining" or "NamespaceFinalizersRemaining" or "NamespaceDeletionContentFailure" or "NamespaceDeletionDiscoveryFailure")
        .Select(condition => condition.Message);
}
