using FogInfra.Embedded.Simulator.Controllers;
using FogInfra.Embedded.Simulator.Kinds;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Scheduling;

/// <summary>What the volume claims of a pod mean for where it can go.</summary>
internal static class VolumeClaims
{
    /// <summary>The annotation by which the scheduler tells where a claim's volume is needed.</summary>
    public const string SelectedNode = "volume.kubernetes.io/selected-node";

    /// <summary>Why a pod must wait for its claims, in the scheduler's words; null when it need not.</summary>
    public static string? Missing(ControllerApi api, JsonMap pod)
    {
        foreach (var name in NamesOf(pod))
        {
            if (api.Find(Resources.PersistentVolumeClaims, new ObjectKey(pod.Namespace, name)) is not { } claim) return $"persistentvolumeclaim \"{name}\" not found";
            if (claim.IsDeleting) return $"persistentvolumeclaim \"{name}\" is being deleted";
            if (claim.Text("status", "phase") != "Bound" && !WaitsForConsumer(api, claim)) return "pod has unbound immediate PersistentVolumeClaims";
        }
        return null;
    }

    /// <summary>Tells the claims of a pod that wait for it on which node it will be; false while their volumes are not there yet.</summary>
    public static bool Prepare(ControllerApi api, JsonMap pod, string node)
    {
        var isReady = true;
        foreach (var claim in NamesOf(pod).Select(name => api.Find(Resources.PersistentVolumeClaims, new ObjectKey(pod.Namespace, name))).OfType<JsonMap>())
        {
            if (claim.Text("status", "phase") == "Bound") continue;
            isReady = false;
            api.Update(Resources.PersistentVolumeClaims, ControllerApi.KeyOf(claim), current => current.Annotations.ContainsKey(SelectedNode) ? current : current.Set(node, "metadata", "annotations", SelectedNode));
        }
        return isReady;
    }

    /// <summary>Whether the volumes of a pod can be reached from a node.</summary>
    public static bool Reach(ControllerApi api, JsonMap pod, JsonMap node) => NamesOf(pod).All(name =>
    {
        if (api.Find(Resources.PersistentVolumeClaims, new ObjectKey(pod.Namespace, name)) is not { } claim) return true;
        if (claim.Annotations.Text(SelectedNode) is { } selected && claim.Text("status", "phase") != "Bound") return selected == node.Name;
        var volume = claim.Text("spec", "volumeName") is { Length: > 0 } volumeName ? api.Find(Resources.PersistentVolumes, new ObjectKey("", volumeName)) : null;
        return volume?.At("spec", "nodeAffinity", "required") is not { } required || required.Maps("nodeSelectorTerms").Any(term => NodeFit.MatchesTerm(term, node));
    });

    /// <summary>Whether a claim's volume is made only when a pod needs it.</summary>
    public static bool WaitsForConsumer(ControllerApi api, JsonMap claim) =>
        claim.Text("spec", "storageClassName") is { Length: > 0 } name
        && api.Find(Resources.StorageClasses, new ObjectKey("", name))?.Text("volumeBindingMode") == "WaitForFirstConsumer";

    /// <summary>The names of a pod's claims.</summary>
    public static IEnumerable<string> NamesOf(JsonMap pod) => pod.Maps("spec", "volumes")
        .Select(volume => volume.Text("persistentVolumeClaim", "claimName") ?? (volume.ContainsKey("ephemeral") ? $"{pod.Name}-{volume.Text("name")}" : null)).OfType<string>();
}
