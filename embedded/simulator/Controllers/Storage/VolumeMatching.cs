using FogInfra.Embedded.Simulator.Scheduling;
using FogInfra.Embedded.Simulator.Selectors;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Controllers.Storage;

/// <summary>Which volume serves which claim: pure functions over both.</summary>
internal static class VolumeMatching
{
    /// <summary>The volume for a claim: the one that is kept for it, else the smallest that is free and large enough; null when there is none.</summary>
    public static JsonMap? Best(JsonMap claim, IEnumerable<JsonMap> volumes)
    {
        var wanted = claim.Text("spec", "volumeName");
        var candidates = volumes.Where(volume => !volume.IsDeleting && Serves(volume, claim) && (wanted is null or "" || volume.Name == wanted)).ToList();
        return candidates.Find(volume => volume.Text("spec", "claimRef", "name") == claim.Name && volume.Text("spec", "claimRef", "namespace") == claim.Namespace)
            ?? candidates.Where(volume => volume.At("spec", "claimRef") is null).OrderBy(Capacity).ThenBy(volume => volume.Name, StringComparer.Ordinal).FirstOrDefault();
    }

    /// <summary>The volume that a storage class makes for a claim.</summary>
    public static JsonMap Provisioned(JsonMap claim, JsonMap storageClass)
    {
        var name = "pvc-" + claim.Uid;
        var node = claim.Annotations.Text(VolumeClaims.SelectedNode);
        return JsonMap.Of(
            ("apiVersion", "v1"),
            ("kind", "PersistentVolume"),
            ("metadata", JsonMap.Of(("name", name), ("annotations", JsonMap.Of(("pv.kubernetes.io/provisioned-by", storageClass["provisioner"]))))),
            ("spec", JsonMap.Of(
                ("accessModes", claim.At("spec", "accessModes")),
                ("capacity", JsonMap.Of(("storage", claim.At("spec", "resources", "requests", "storage")))),
                ("claimRef", ReferenceTo(claim)),
                ("hostPath", JsonMap.Of(("path", $"/var/local-path-provisioner/{name}_{claim.Namespace}_{claim.Name}"), ("type", "DirectoryOrCreate"))),
                ("nodeAffinity", node is null ? null : OnNode(node)),
                ("persistentVolumeReclaimPolicy", storageClass["reclaimPolicy"]),
                ("storageClassName", storageClass.Name),
                ("volumeMode", claim.At("spec", "volumeMode")))));
    }

    /// <summary>A reference to a claim.</summary>
    public static JsonMap ReferenceTo(JsonMap claim) => JsonMap.Of(
        ("apiVersion", "v1"), ("kind", "PersistentVolumeClaim"), ("namespace", claim.Namespace), ("name", claim.Name), ("uid", claim.Uid),
        ("resourceVersion", claim.Metadata["resourceVersion"]));

    private static bool Serves(JsonMap volume, JsonMap claim)
    {
        if (volume.At("spec", "claimRef") is { } reference
            && (reference.Text("name") != claim.Name || reference.Text("namespace") != claim.Namespace || (reference.Text("uid") is { Length: > 0 } uid && uid != claim.Uid)))
        {
            return false;
        }
        var modes = volume.List("spec", "accessModes").Texts().ToList();
        return (volume.Text("spec", "storageClassName") ?? "") == (claim.Text("spec", "storageClassName") ?? "")
            && claim.List("spec", "accessModes").Texts().All(modes.Contains)
            && (volume.Text("spec", "volumeMode") ?? "Filesystem") == (claim.Text("spec", "volumeMode") ?? "Filesystem")
            && !(Capacity(volume) < (Quantity.Read(claim.At("spec", "resources", "requests", "storage")) ?? Quantity.Zero))
            && LabelSelector.Read(claim.At("spec", "selector")).Matches(volume.Labels);
    }

    private static Quantity Capacity(JsonMap volume) => Quantity.Read(volume.At("spec", "capacity", "storage")) ?? Quantity.Zero;

    private static JsonMap OnNode(string node) => JsonMap.Of(("required", JsonMap.Of(("nodeSelectorTerms", JsonList.Of([JsonMap.Of(("matchExpressions", JsonList.Of([
        JsonMap.Of(("key", "kubernetes.io/hostname"), ("operator", "In"), ("values", JsonList.FromTexts([node])))])))])))));
}
