using System.Collections.Immutable;
using FogInfra.Model;

namespace FogInfra.Rollout.Planning;

/// <summary>The stack of an application in a cluster: the application is the Pulumi project, the cluster the stack.</summary>
/// <param name="Application">The application.</param>
/// <param name="Cluster">The cluster.</param>
public sealed record StackId(string Application, string Cluster)
{
    /// <summary><c>APPLICATION/CLUSTER</c>.</summary>
    public override string ToString() => $"{Application}/{Cluster}";
}

/// <summary>What a rollout does, and in which order.</summary>
/// <param name="Rings">The rings, one after the other; those without a stack are left out.</param>
public sealed record RolloutPlan(ImmutableArray<RingPlan> Rings)
{
    /// <summary>All steps in their order.</summary>
    public IEnumerable<StackStep> Steps => Rings.SelectMany(ring => ring.Waves).SelectMany(wave => wave.Steps);

    /// <summary>Whether any stack is to change.</summary>
    public bool HasChanges => Steps.Any(step => step.Action != StepAction.Keep);
}

/// <summary>One ring of a rollout.</summary>
/// <param name="Ring">The ring, with the checks that follow its last wave.</param>
/// <param name="Waves">Its waves, one after the other.</param>
public sealed record RingPlan(Ring Ring, ImmutableArray<WavePlan> Waves);

/// <summary>The clusters of one layer of a ring.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="MaxConcurrent">How many stacks are updated at a time.</param>
/// <param name="Steps">The stacks.</param>
public sealed record WavePlan(Layer Layer, int MaxConcurrent, ImmutableArray<StackStep> Steps);

/// <summary>What happens to a stack.</summary>
public enum StepAction
{
    /// <summary>It is as it should be; it is only looked at.</summary>
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
    public StepAction Action => (Wanted, Deployed) switch
    {
        (null, _) => StepAction.Remove,
        (_, null) => StepAction.Create,
        var (wanted, deployed) => WorkloadJson.Write(wanted) == WorkloadJson.Write(deployed) ? StepAction.Keep : StepAction.Update,
    };

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
