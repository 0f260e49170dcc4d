using FogInfra.Embedded.Simulator.Errors;
using FogInfra.Embedded.Simulator.Kinds;
using FogInfra.Embedded.Simulator.Storage;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Rules;

/// <summary>Rules of PersistentVolumeClaims, which get the default storage class when they name none.</summary>
internal sealed class PersistentVolumeClaimRules(ObjectStore store) : KindRules
{
    public override JsonMap Default(JsonMap value) => value.Edit("spec", spec => spec.Default("Filesystem", "volumeMode"));

    public override JsonMap PrepareForCreate(JsonMap value)
    {
        var result = Protected(value, "kubernetes.io/pvc-protection").With("status", JsonMap.Of(("phase", "Pending")));
        return value.At("spec", "storageClassName") is null && DefaultClass() is { } name ? result.Set(name, "spec", "storageClassName") : result;
    }

    public override JsonMap PrepareForUpdate(JsonMap next, JsonMap current) =>
        current.At("spec", "storageClassName") is { } name ? next.Default(name, "spec", "storageClassName") : next;

    public override IEnumerable<FieldError> Validate(JsonMap value)
    {
        if (value.List("spec", "accessModes").Count == 0) yield return FieldError.Required("spec.accessModes", "at least 1 access mode is required");
        if (value.At("spec", "resources", "requests", "storage") is not { } storage) yield return FieldError.Required("spec.resources[storage]");
        else if (!(Quantity.Read(storage) > Quantity.Zero)) yield return FieldError.Invalid("spec.resources[storage]", storage, "must be greater than zero");
    }

    public override IEnumerable<FieldError> ValidateUpdate(JsonMap next, JsonMap current)
    {
        static JsonMap Fixed(JsonMap value) => value.Map("spec").Without("resources").Without("volumeAttributesClassName");
        var bindsNow = current.Text("spec", "volumeName") is null;
        var (after, before) = (Fixed(next), Fixed(current));
        if (bindsNow) (after, before) = (after.Without("volumeName"), before.Without("volumeName"));
        if (!after.Equals(before))
        {
            yield return FieldError.Forbidden("spec", "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims");
        }
        var (wanted, had) = (Quantity.Read(next.At("spec", "resources", "requests", "storage")), Quantity.Read(current.At("spec", "resources", "requests", "storage")));
        if (wanted < had) yield return FieldError.Forbidden("spec.resources.requests.storage", "field can not be less than previous value");
    }

    private string? DefaultClass() => store.Read(Resources.StorageClasses).Objects.All
        .FirstOrDefault(stored => stored.Value.Annotations.Text("storageclass.kubernetes.io/is-default-class") == "true")?.Key.Name;
}

/// <summary>Rules of PersistentVolumes.</summary>
internal sealed class PersistentVolumeRules : KindRules
{
    public override JsonMap Default(JsonMap value) => value.Edit("spec", spec => spec.Default("Retain", "persistentVolumeReclaimPolicy").Default("Filesystem", "volumeMode"));

    public override JsonMap PrepareForCreate(JsonMap value) => Protected(value, "kubernetes.io/pv-protection").With("status", JsonMap.Of(("phase", "Pending")));

    public override IEnumerable<FieldError> Validate(JsonMap value)
    {
        if (value.List("spec", "accessModes").Count == 0) yield return FieldError.Required("spec.accessModes");
        if (value.At("spec", "capacity", "storage") is null) yield return FieldError.Required("spec.capacity");
    }
}

/// <summary>Rules of StorageClasses.</summary>
internal sealed class StorageClassRules : KindRules
{
    public override JsonMap Default(JsonMap value) => value.Default("Delete", "reclaimPolicy").Default("Immediate", "volumeBindingMode");

    public override IEnumerable<FieldError> ValidateUpdate(JsonMap next, JsonMap current)
    {
        if (!Equals(next["parameters"], current["parameters"])) yield return FieldError.Forbidden("parameters", "updates to parameters are forbidden.");
        if (!Equals(next["provisioner"], current["provisioner"])) yield return FieldError.Forbidden("provisioner", "updates to provisioner are forbidden.");
        if (!Equals(next["reclaimPolicy"], current["reclaimPolicy"])) yield return FieldError.Forbidden("reclaimPolicy", "updates to reclaimPolicy are forbidden.");
        foreach (var error in Immutable(next, current, "volumeBindingMode")) yield return error;
    }
}
