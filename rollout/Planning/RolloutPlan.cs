using System.Collections.Immutable;
using System.Text.Json.Serialization;
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

/// <summary>Which way a plan goes.</summary>
public enum Direction
{
    /// <summary>To what is wanted: a cluster after its parent.</summary>
    Forward,

    /// <summary>Back to what was proven: a cluster before its parent.</summary>
    Back,
}

/// <summary>What a rollout does, and in which order. It is pinned when the rollout starts.</summary>
/// <param name="Rings">The rings, one after the other, each in one part or several; those without a stack are left out.</param>
public sealed record RolloutPlan(ImmutableArray<RingPlan> Rings)
{
    /// <summary>Which way it goes.</summary>
    public Direction Direction { get; init; }

    /// <summary>How the rollout goes about it.</summary>
    public RolloutPolicy Policy { get; init; } = new();

    /// <summary>How many clusters the fleet has: what shares of the fleet are shares of.</summary>
    public int FleetSize { get; init; }

    /// <summary>All steps in their order.</summary>
    [JsonIgnore]
    public IEnumerable<StackStep> Steps => Rings.SelectMany(ring => ring.Steps);

    /// <summary>Whether any stack is to change.</summary>
    [JsonIgnore]
    public bool HasChanges => Steps.Any(step => step.Action != StepAction.Keep);
}

/// <summary>One ring of a rollout, or a part of one: its canaries, or as many clusters as may be exposed at a time.</summary>
/// <param name="Ring">The ring, with the checks that follow its last wave.</param>
/// <param name="Waves">Its waves, one after the other.</param>
public sealed record RingPlan(Ring Ring, ImmutableArray<WavePlan> Waves)
{
    /// <summary>The part of canaries.</summary>
    public const string Canaries = "canaries";

    /// <summary>Which part of the ring it is, for example <c>canaries</c> or <c>2</c>; null when the ring has one part only.</summary>
    public string? Part { get; init; }

    /// <summary>The ring and the part; no two ring plans of a rollout have the same.</summary>
    [JsonIgnore]
    public string Name => Part is null ? Ring.Name : $"{Ring.Name}/{Part}";

    /// <summary>All steps in their order.</summary>
    [JsonIgnore]
    public IEnumerable<StackStep> Steps => Waves.SelectMany(wave => wave.Steps);
}

/// <summary>The clusters of one layer of a ring.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="MaxConcurrent">How many stacks are updated at a time.</param>
/// <param name="Steps">The stacks, in the order in which they are taken.</param>
public sealed record WavePlan(Layer Layer, int MaxConcurrent, ImmutableArray<StackStep> Steps);
