using System.Collections.Immutable;
using FogInfra.Rollout.Gates;
using FogInfra.Rollout.Planning;

namespace FogInfra.Rollout.Running;

/// <summary>How a rollout ended.</summary>
public enum RolloutOutcome
{
    /// <summary>Every cluster is as it was wanted already.</summary>
    NoChanges,

    /// <summary>Every cluster is on the wanted versions, save those that failed within the budget, are deferred or were left out.</summary>
    Succeeded,

    /// <summary>It failed, and all that it had changed is as before.</summary>
    RolledBack,

    /// <summary>It failed, and some of what it had changed could not be put back.</summary>
    RollbackFailed,

    /// <summary>It failed, and waits for a person, as the policy says.</summary>
    Held,

    /// <summary>A person ended it; what was done stays.</summary>
    Aborted,

    /// <summary>It was cancelled; what was done stays.</summary>
    Cancelled,
}

/// <summary>A rollout at its end.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Stacks">Every stack of the plan, in its order.</param>
/// <param name="Failures">What failed; empty when nothing did.</param>
/// <param name="Duration">How long it took.</param>
public sealed record RolloutReport(
    RolloutOutcome Outcome, ImmutableArray<StackReport> Stacks, ImmutableArray<RolloutFailure> Failures, TimeSpan Duration)
{
    /// <summary>Whether the wanted versions are where they can be.</summary>
    public bool Succeeded => Outcome is RolloutOutcome.NoChanges or RolloutOutcome.Succeeded;

    /// <summary>Tells a rollout that has ended, or that is left as it is.</summary>
    /// <param name="state">Where it is.</param>
    /// <param name="evidence">What its gates saw.</param>
    public static RolloutReport Of(RolloutState state, IReadOnlyList<RolloutEvent.GateEvaluated> evidence)
    {
        var seen = evidence
            .SelectMany(gate => gate.Evidence.Where(found => found.Stack is not null).Select(found => new StackCheck(gate.Gate, found)))
            .ToLookup(check => check.Evidence.Stack!);
        var stacks =
            from step in state.Forward.Plan.Steps
            select StackReport.Of(state, state.Forward.Stacks[step.Stack], [.. seen[step.Stack].GroupBy(check => check.Gate).Select(gate => gate.Last())]);
        return new RolloutReport(state.Outcome ?? RolloutOutcome.Cancelled, [.. stacks], state.Failures, state.LastAt - state.StartedAt);
    }
}

/// <summary>What became of a stack.</summary>
public enum StackOutcome
{
    /// <summary>The rollout did not get to it.</summary>
    NotReached,

    /// <summary>Its update was ended before it was done; what it had done stays.</summary>
    Interrupted,

    /// <summary>It was as wanted.</summary>
    Unchanged,

    /// <summary>It was brought to what is wanted.</summary>
    Changed,

    /// <summary>It failed.</summary>
    Failed,

    /// <summary>Its cluster was offline or asked to wait, or it hangs on one that was: it catches up when it can.</summary>
    Deferred,

    /// <summary>It was left out, or its cluster has left the fleet.</summary>
    Skipped,

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
    public ImmutableArray<StackCheck> Checks { get; init; } = [];

    /// <summary>Why it is as it is, in one line; null where that is plain.</summary>
    public string? Reason { get; init; }

    /// <summary>How long the operations on it took.</summary>
    public TimeSpan Duration { get; init; }

    internal static StackReport Of(RolloutState state, StackProgress stack, ImmutableArray<StackCheck> checks)
    {
        var back = state.Back?.Stacks.GetValueOrDefault(stack.Step.Stack);
        return new StackReport
        {
            Ring = state.Forward.Plan.Rings.First(ring => ring.Name == stack.Ring).Ring.Name,
            Step = stack.Step,
            Outcome = OutcomeOf(state, stack, back),
            Result = back?.Result ?? stack.Result,
            Checks = checks,
            Duration = stack.Duration + (back?.Duration ?? TimeSpan.Zero),
            Reason = back?.Reason ?? stack.Reason,
        };
    }

    private static StackOutcome OutcomeOf(RolloutState state, StackProgress stack, StackProgress? back) => (back, stack.Phase) switch
    {
        ({ IsAsWanted: true }, _) => StackOutcome.RolledBack,
        ({ Phase: StackPhase.Left }, _) => StackOutcome.Skipped,
        (not null, _) => StackOutcome.RollbackFailed,
        (_, StackPhase.Changed) => StackOutcome.Changed,
        (_, StackPhase.Unchanged) => StackOutcome.Unchanged,
        (_, StackPhase.Failed) => StackOutcome.Failed,
        (_, StackPhase.Skipped or StackPhase.Left) => StackOutcome.Skipped,
        (_, StackPhase.Deferred) when state.Back is null => StackOutcome.Deferred,
        (_, StackPhase.Running) => StackOutcome.Interrupted,
        _ => StackOutcome.NotReached,
    };
}

/// <summary>What a gate last said about a stack.</summary>
/// <param name="Gate">The gate.</param>
/// <param name="Evidence">What it saw.</param>
public sealed record StackCheck(string Gate, Evidence Evidence)
{
    /// <summary>Whether it holds.</summary>
    public bool Passed => Evidence.Verdict == Verdict.Passed;
}
