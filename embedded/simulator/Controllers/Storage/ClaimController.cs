using FogInfra.Embedded.Simulator.Kinds;
using FogInfra.Embedded.Simulator.Scheduling;
using FogInfra.Embedded.Simulator.Storage;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Controllers.Storage;

/// <summary>Finds or makes a volume for each PersistentVolumeClaim, and keeps claims that pods still use.</summary>
internal sealed class ClaimController(ControllerApi api, TimeSpan delay, TimeProvider time) : Controller
{
    /// <summary>The finalizer of claims.</summary>
    public const string Protection = "kubernetes.io/pvc-protection";

    private readonly ControllerApi _api = api.As("kube-controller-manager");
    private readonly EventRecorder _events = new(api.As("persistentvolume-controller"), time);
    private readonly Dictionary<ObjectKey, DateTimeOffset> _due = [];

    public override void Observe(ObjectChange change)
    {
        var (resource, value) = (change.Object.Resource, change.Object.Value);
        if (resource == Resources.PersistentVolumeClaims)
        {
            Queue.Add(change.Object.Key);
        }
        else if (resource == Resources.PersistentVolumes || resource == Resources.StorageClasses)
        {
            foreach (var claim in _api.List(Resources.PersistentVolumeClaims).Where(claim => claim.Text("status", "phase") != "Bound")) Queue.Add(ControllerApi.KeyOf(claim));
        }
        else if (resource == Resources.Pods && (change.Type == ChangeType.Deleted || value.Text("status", "phase") is "Succeeded" or "Failed"))
        {
            foreach (var name in VolumeClaims.NamesOf(value)) Queue.Add(new ObjectKey(value.Namespace, name));
        }
    }

    public override void Reconcile(ObjectKey key)
    {
        if (_api.Find(Resources.PersistentVolumeClaims, key) is not { } claim)
        {
            _due.Remove(key);
            return;
        }
        if (claim.IsDeleting) Release(claim);
        else if (claim.Text("status", "phase") != "Bound") Bind(claim);
    }

    private void Bind(JsonMap claim)
    {
        if (VolumeMatching.Best(claim, _api.List(Resources.PersistentVolumes)) is { } found)
        {
            BindTo(claim, found);
            return;
        }
        if (claim.Text("spec", "storageClassName") is not { Length: > 0 } name)
        {
            _events.Normal(claim, "FailedBinding", "no persistent volumes available for this claim and no storage class is set");
            return;
        }
        if (_api.Find(Resources.StorageClasses, new ObjectKey("", name)) is not { } storageClass)
        {
            _events.Warning(claim, "ProvisioningFailed", $"storageclass.storage.k8s.io \"{name}\" not found");
            return;
        }
        if (storageClass.Text("volumeBindingMode") == "WaitForFirstConsumer" && !claim.Annotations.ContainsKey(VolumeClaims.SelectedNode))
        {
            _events.Normal(claim, "WaitForFirstConsumer", "waiting for first consumer to be created before binding");
            return;
        }
        Provision(claim, storageClass);
    }

    private void Provision(JsonMap claim, JsonMap storageClass)
    {
        var (key, now) = (ControllerApi.KeyOf(claim), time.GetUtcNow());
        if (!_due.TryGetValue(key, out var due))
        {
            _due[key] = due = now + delay;
            _events.Normal(claim, "ExternalProvisioning",
                $"Waiting for a volume to be created either by the external provisioner '{storageClass.Text("provisioner")}' or manually by the system administrator. "
                + "If volume creation is delayed, please verify that the provisioner is running and correctly registered.");
        }
        if (due > now)
        {
            Queue.AddAfter(key, due - now);
            return;
        }
        _due.Remove(key);
        var volume = _api.Create(Resources.PersistentVolumes, VolumeMatching.Provisioned(claim, storageClass));
        _events.Normal(claim, "ProvisioningSucceeded", $"Successfully provisioned volume {volume.Name}");
        BindTo(claim, volume);
    }

    private void BindTo(JsonMap claim, JsonMap volume)
    {
        var reference = VolumeMatching.ReferenceTo(claim);
        var bound = _api.Update(Resources.PersistentVolumes, ControllerApi.KeyOf(volume),
            current => current.Text("spec", "claimRef", "uid") == claim.Uid ? current : current.Set(reference, "spec", "claimRef").Set("yes", "metadata", "annotations", "pv.kubernetes.io/bound-by-controller"));
        _api.UpdateStatus(Resources.PersistentVolumes, bound, bound.Map("status").With("phase", "Bound"));
        var named = _api.Update(Resources.PersistentVolumeClaims, ControllerApi.KeyOf(claim), current => current
            .Set(volume.Name, "spec", "volumeName")
            .Set("yes", "metadata", "annotations", "pv.kubernetes.io/bind-completed")
            .Set("yes", "metadata", "annotations", "pv.kubernetes.io/bound-by-controller"));
        _api.UpdateStatus(Resources.PersistentVolumeClaims, named, JsonMap.Of(
            ("phase", "Bound"), ("accessModes", volume.At("spec", "accessModes")), ("capacity", volume.At("spec", "capacity"))));
    }

    private void Release(JsonMap claim)
    {
        if (!claim.Finalizers.Contains(Protection)) return;
        var isUsed = _api.List(Resources.Pods, claim.Namespace)
            .Any(pod => pod.Text("status", "phase") is not ("Succeeded" or "Failed") && VolumeClaims.NamesOf(pod).Contains(claim.Name));
        if (isUsed) return;
        _api.Update(Resources.PersistentVolumeClaims, ControllerApi.KeyOf(claim), current =>
        {
            var left = JsonList.FromTexts(current.Finalizers.Where(name => name != Protection));
            return current.Set(left.Count == 0 ? null : left, "metadata", "finalizers");
        });
    }
}
