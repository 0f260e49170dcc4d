using FogInfra.Embedded.Kubernetes.Objects;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Kubernetes.Ownership;

/// <summary>How an object is to be applied.</summary>
internal enum ApplyRoute
{
    /// <summary>As it is; a conflict is dealt with when it comes.</summary>
    Plain,

    /// <summary>Fields are taken from whoever has them, since the user says so.</summary>
    Force,

    /// <summary>
    /// With force, but only if the object is as it was seen last: then all conflicts are with our own earlier requests, and one request does
    /// where two were needed.
    /// </summary>
    ForceAtKnownVersion,

    /// <summary>Only after our earlier requests' fields are made those of our apply: fields are to be removed.</summary>
    MigrateFirst,
}

/// <summary>Chooses the way to apply an object that saves requests and hides no conflict. Pure.</summary>
internal static class ApplyPlan
{
    /// <summary>Chooses.</summary>
    /// <param name="type">The object's type.</param>
    /// <param name="manager">Who applies.</param>
    /// <param name="seen">The object as it was seen last.</param>
    /// <param name="oldInputs">What was applied last.</param>
    /// <param name="newInputs">What is to be applied.</param>
    /// <param name="force">The user wants force.</param>
    public static ApplyRoute Choose(
        ResourceType type, string manager, PropertyMap seen, PropertyMap oldInputs, PropertyMap newInputs, bool force)
    {
        var entries = ManagedFields.Of(seen);
        if (RemovedFields.Any(oldInputs, newInputs, type.Schema) && ManagedFields.Migrated(entries, manager, oldInputs) is not null)
        {
            return ApplyRoute.MigrateFirst;
        }

        if (force)
        {
            return ApplyRoute.Force;
        }

        // What stays as it is cannot be in conflict, unless somebody changes it behind our back: then the conflict is an honest one.
        var changed = ChangedFields.Of(oldInputs, newInputs);
        var overlapping = entries
            .Where(entry => !(entry.IsApply && entry.Manager == manager) && entry.Fields.Overlaps(changed))
            .ToList();
        return overlapping.Count > 0
            && overlapping.All(entry => FieldManager.MayBeTakenFrom(entry.Manager, manager))
            && seen.TextAt("metadata", "resourceVersion") is not null
            ? ApplyRoute.ForceAtKnownVersion
            : ApplyRoute.Plain;
    }

    /// <summary>
    /// Whether an object was seen before its controller had reported on it, so that its version is surely not the present one any more.
    /// </summary>
    public static bool HasMovedOn(PropertyMap seen) =>
        seen.At("metadata", "generation") is PropertyValue.Number { Value: var generation }
        && !(seen.At("status", "observedGeneration") is PropertyValue.Number { Value: var observed } && observed >= generation);
}
