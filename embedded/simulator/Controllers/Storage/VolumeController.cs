using FogInfra.Embedded.Simulator.Kinds;
using FogInfra.Embedded.Simulator.Storage;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Controllers.Storage;

/// <summary>Keeps the phases of PersistentVolumes, and deletes those whose claim is gone and that nobody wants to keep.</summary>
internal sealed class VolumeController(ControllerApi api) : Controller
{
    /// <summary>The finalizer of volumes.</summary>
    public const string Protection = "kubernetes.io/pv-protection";

    private readonly ControllerApi _api = api.As("kube-controller-manager");

    public override void Observe(ObjectChange change)
    {
        if (change.Object.Resource == Resources.PersistentVolumes) Queue.Add(change.Object.Key);
        else if (change.Object.Resource == Resources.PersistentVolumeClaims && change.Object.Value.Text("spec", "volumeName") is { Length: > 0 } name) Queue.Add(new ObjectKey("", name));
    }

    public override void Reconcile(ObjectKey key)
    {
        if (_api.Find(Resources.PersistentVolumes, key) is not { } volume) return;
        var reference = volume.At("spec", "claimRef");
        var claim = reference is null ? null : _api.Find(Resources.PersistentVolumeClaims, new ObjectKey(reference.Text("namespace") ?? "", reference.Text("name") ?? ""));
        var owner = reference?.Text("uid") ?? "";
        var isClaimed = claim is not null && (owner.Length == 0 || owner == claim.Uid);
        if (volume.IsDeleting)
        {
            if (!isClaimed) RemoveProtection(volume);
            return;
        }
        if (isClaimed) return; // Its claim binds it.
        if (owner.Length == 0)
        {
            SetPhase(volume, "Available");
        }
        else
        {
            SetPhase(volume, "Released");
            if (volume.Text("spec", "persistentVolumeReclaimPolicy") == "Delete") _api.Delete(Resources.PersistentVolumes, volume);
        }
    }

    private void SetPhase(JsonMap volume, string phase) => _api.UpdateStatus(Resources.PersistentVolumes, volume, volume.Map("status").With("phase", phase));

    private void RemoveProtection(JsonMap volume) => _api.Update(Resources.PersistentVolumes, ControllerApi.KeyOf(volume), current =>
    {
        var left = JsonList.FromTexts(current.Finalizers.Where(name => name != Protection));
        return current.Set(left.Count == 0 ? null : left, "metadata", "finalizers");
    });
}
