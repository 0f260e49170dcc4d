using System.Collections.Immutable;
using System.Text.Json.Serialization;
using FogInfra.Model;

namespace FogInfra.Rollout.Planning;

/// <summary>What happens to a stack.</summary>
public enum StepAction
{
    /// <summary>It is as it should be.</summary>
    Keep,

    /// <summary>It is made.</summary>
    Create,

    /// <summary>It is changed.</summary>
    Update,

    /// <summary>It is taken away.</summary>
    Remove,
}

/// <summary>One stack of a wave.</summary>
/// <param name="Stack">The stack.</param>
/// <param name="Cluster">Its cluster.</param>
/// <param name="Wanted">What it is to bring to the cluster; null when it is to go.</param>
/// <param name="Deployed">What it brought to the cluster last; null when there is nothing.</param>
public sealed record StackStep(StackId Stack, Cluster Cluster, ClusterWorkload? Wanted, ClusterWorkload? Deployed)
{
    /// <summary>What happens to it.</summary>
    [JsonIgnore]
    public StepAction Action { get; } = ActionOf(Wanted, Deployed);

    /// <summary>The last workload that passed its ring's gates in this cluster. Null: what was deployed counts as that.</summary>
    public ClusterWorkload? Proven { get; init; }

    /// <summary>What a rollback takes it back to; null when there was nothing.</summary>
    [JsonIgnore]
    public ClusterWorkload? Fallback => Proven ?? Deployed;

    /// <summary>Whether its inputs are those of its last good update, so that it need not even be looked at.</summary>
    public bool Settled { get; init; }

    /// <summary>Whether there is nothing to do and nothing to look at.</summary>
    [JsonIgnore]
    public bool IsSkipped => Settled && Action == StepAction.Keep;

    /// <summary>Whether it brings to the cluster what is not proven there.</summary>
    [JsonIgnore]
    public bool Exposes => Action is StepAction.Create or StepAction.Update;

    /// <summary>The stacks that it waits for: those of its parent when the plan goes forward, those of its children when it goes back.</summary>
    public ImmutableArray<StackId> After { get; init; } = [];

    /// <summary>What fails together with it; of those that share it never two are updated at once. Null: nothing.</summary>
    public string? FailureDomain { get; init; }

    /// <summary>The services whose version changes, in the order of their names.</summary>
    public ImmutableArray<VersionChange> VersionChanges()
    {
        var (before, after) = (Deployed?.Versions(), Wanted?.Versions());
        return
        [
            .. from name in (before?.Keys ?? []).Union(after?.Keys ?? []).Order(StringComparer.Ordinal)
               let change = new VersionChange(name, before?.GetValueOrDefault(name), after?.GetValueOrDefault(name))
               where change.Before != change.After
               select change,
        ];
    }

    private static bool HaveOtherVersions(ClusterWorkload one, ClusterWorkload other) =>
        one.Services.Length != other.Services.Length || one.Services.Zip(other.Services).Any(pair => pair.First.Version != pair.Second.Version);

    private static StepAction ActionOf(ClusterWorkload? wanted, ClusterWorkload? deployed) => (wanted, deployed) switch
    {
        (null, _) => StepAction.Remove,
        (_, null) => StepAction.Create,
        _ when ReferenceEquals(wanted, deployed) => StepAction.Keep,
        _ when HaveOtherVersions(wanted, deployed) => StepAction.Update, // Seen at once; the whole of both takes longer to compare.
        _ => WorkloadJson.Write(wanted) == WorkloadJson.Write(deployed) ? StepAction.Keep : StepAction.Update,
    };
}

/// <summary>A service that changes its version in a cluster.</summary>
/// <param name="Service">The service.</param>
/// <param name="Before">The version before; null when there was none.</param>
/// <param name="After">The version after; null when there will be none.</param>
public sealed record VersionChange(string Service, string? Before, string? After)
{
    /// <summary><c>web 1.0.0 → 2.0.0</c>.</summary>
    public override string ToString() => (Before, After) switch
    {
        (null, _) => $"{Service} {After}",
        (_, null) => $"{Service} {Before} → none",
        _ => $"{Service} {Before} → {After}",
    };
}
