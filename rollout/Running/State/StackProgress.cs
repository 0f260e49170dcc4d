using System.Collections.Immutable;
using FogInfra.Rollout.Planning;

namespace FogInfra.Rollout.Running;

/// <summary>Where a stack is in a plan.</summary>
public enum StackPhase
{
    /// <summary>Its turn has not come, or it is tried again.</summary>
    Pending,

    /// <summary>It is being updated.</summary>
    Running,

    /// <summary>It was as wanted.</summary>
    Unchanged,

    /// <summary>It was brought to what is wanted.</summary>
    Changed,

    /// <summary>It failed.</summary>
    Failed,

    /// <summary>It is left for later.</summary>
    Deferred,

    /// <summary>A person left it out.</summary>
    Skipped,

    /// <summary>Its cluster is not of the fleet any more.</summary>
    Left,
}

/// <summary>What is known of a stack in a running plan.</summary>
public sealed record StackProgress
{
    /// <summary>What is to be done.</summary>
    public required StackStep Step { get; init; }

    /// <summary>The name of the ring plan that it belongs to.</summary>
    public required string Ring { get; init; }

    /// <summary>Where it is.</summary>
    public StackPhase Phase { get; init; }

    /// <summary>How often its update was begun.</summary>
    public int Generation { get; init; }

    /// <summary>How often in a row its cluster could not be reached.</summary>
    public int Attempts { get; init; }

    /// <summary>Before when it is not tried again.</summary>
    public DateTimeOffset NotBefore { get; init; }

    /// <summary>Whether the plan changed it, or may have.</summary>
    public bool Touched { get; init; }

    /// <summary>Why it is deferred; of no meaning otherwise.</summary>
    public DeferralCause Cause { get; init; }

    /// <summary>Whether what it was deferred for is over.</summary>
    public bool Returned { get; init; }

    /// <summary>Why it is where it is, in one line; null where that is plain.</summary>
    public string? Reason { get; init; }

    /// <summary>How its last update ended; null when none has.</summary>
    public StackResult? Result { get; init; }

    /// <summary>When its last update ended.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>How long its updates took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Whether nothing more happens to it by itself in the ring that it belongs to.</summary>
    public bool IsDone => Phase is not (StackPhase.Pending or StackPhase.Running);

    /// <summary>Whether it is as wanted.</summary>
    public bool IsAsWanted => Phase is StackPhase.Changed or StackPhase.Unchanged;
}

/// <summary>A stack that is being updated.</summary>
/// <param name="Stack">The stack.</param>
/// <param name="StartedAt">Since when.</param>
/// <param name="TimedOut">Whether it has been told to end, because it takes too long.</param>
public sealed record RunningStack(StackId Stack, DateTimeOffset StartedAt, bool TimedOut);
