using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Objects;

/// <summary>When an object goes.</summary>
internal static class DeletionRules
{
    /// <summary>Dependents go first.</summary>
    public const string Foreground = "foregroundDeletion";

    /// <summary>Dependents stay.</summary>
    public const string Orphan = "orphan";

    /// <summary>Whether an object whose deletion has begun has nothing left that holds it.</summary>
    public static bool MayBeRemoved(JsonMap value) =>
        value.IsDeleting && !IsHeld(value) && (value.Long("metadata", "deletionGracePeriodSeconds") ?? 0) == 0;

    /// <summary>Whether something must still let go of the object.</summary>
    public static bool IsHeld(JsonMap value) =>
        value.Finalizers.Any() || (value.Text("kind") == "Namespace" && value.Text("apiVersion") == "v1" && value.List("spec", "finalizers").Count > 0);
}
