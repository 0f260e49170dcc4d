using System.Collections.Immutable;
using FogInfra.Rollout.Gates;
using FogInfra.Rollout.Planning;

namespace FogInfra.Rollout.Running;

/// <summary>How a rollout ended.</summary>
public enum RolloutOutcome
{
    /// <summary>Every cluster is as it was wanted already.</summary>
    NoChanges,

    /// <summary>Every cluster is on the wanted versions.</summary>
    Succeeded,

    /// <summary>It failed, and all that it had changed is as before.</summary>
    RolledBack,

    /// <summary>It failed, and some of what it had changed could not be put back.</summary>
    RollbackFailed,

    /// <summary>It failed, and waits for a person, as the policy says.</summary>
    Held,

    /// <summary>It was cancelled; what was done stays.</summary>
    Cancelled,
}

/// <summary>A rollout at its end.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Stacks">Every stack of the plan, in its order.</param>
/// <param name="Failures">Why it failed; empty when it did not.</param>
/// <param name="Duration">How long it took.</param>
public sealed record RolloutReport(
    RolloutOutcome Outcome, ImmutableArray<StackReport> Stacks, ImmutableArray<RolloutFailure> Failures, TimeSpan Duration)
{
    /// <summary>Whether every cluster is on the wanted versions.</summary>
    public bool Succeeded => Outcome is RolloutOutcome.NoChanges or RolloutOutcome.Succeeded;
}

/// <summary>What became of a stack.</summary>
public enum StackOutcome
{
    /// <summary>The rollout did not get to it.</summary>
    NotReached,

    /// <summary>It was as wanted.</summary>
    Unchanged,

    /// <summary>It was brought to what is wanted.</summary>
    Changed,

    /// <summary>It failed.</summary>
    Failed,

    /// <summary>It was changed, or failed, and put back.</summary>
    RolledBack,

    /// <summary>It was changed, or failed, and could not be put back.</summary>
    RollbackFailed,
}

/// <summary>A stack at the end of a rollout.</summary>
public sealed record StackReport
{
    /// <summary>The ring.</summary>
    public required string Ring { get; init; }

    /// <summary>What was planned.</summary>
    public required StackStep Step { get; init; }

    /// <summary>What became of it.</summary>
    public StackOutcome Outcome { get; init; } = StackOutcome.NotReached;

    /// <summary>How the last operation on it ended; null when there was none.</summary>
    public StackResult? Result { get; init; }

    /// <summary>What its checks found.</summary>
    public ImmutableArray<CheckResult> Checks { get; init; } = [];

    /// <summary>How long the operations on it took.</summary>
    public TimeSpan Duration { get; init; }
}
