using System.Collections.Immutable;
using FogInfra.Rollout.Gates;
using FogInfra.Rollout.Planning;

namespace FogInfra.Rollout.Running;

/// <summary>Something that happens in a rollout. Displays and the journal are told of each, in order.</summary>
public abstract record RolloutEvent
{
    private RolloutEvent()
    {
    }

    /// <summary>A rollout begins.</summary>
    /// <param name="Plan">What it is going to do.</param>
    public sealed record Started(RolloutPlan Plan) : RolloutEvent;

    /// <summary>A ring begins.</summary>
    public sealed record RingStarted(RingPlan Ring) : RolloutEvent;

    /// <summary>A stack is about to be touched. Told before it is.</summary>
    public sealed record StackStarted(StackStep Step) : RolloutEvent;

    /// <summary>A stack is done.</summary>
    public sealed record StackFinished(StackStep Step, StackResult Result, TimeSpan Duration) : RolloutEvent;

    /// <summary>A check was evaluated for a stack.</summary>
    public sealed record Checked(RingPlan Ring, StackStep Step, CheckResult Result) : RolloutEvent;

    /// <summary>All of a ring is done, and its checks hold.</summary>
    public sealed record RingPassed(RingPlan Ring) : RolloutEvent;

    /// <summary>The rollout does not go on.</summary>
    /// <param name="Failures">Why: one or more reasons.</param>
    public sealed record Stopped(ImmutableArray<RolloutFailure> Failures) : RolloutEvent;

    /// <summary>What the rollout changed is going to be put back.</summary>
    /// <param name="Steps">The stacks, in the order in which they are put back.</param>
    public sealed record RollbackStarted(ImmutableArray<StackStep> Steps) : RolloutEvent;

    /// <summary>A stack is about to be put back. Told before it is.</summary>
    public sealed record RollbackStackStarted(StackStep Step) : RolloutEvent;

    /// <summary>A stack is back at what it was before the rollout, or could not be put back.</summary>
    public sealed record RollbackStackFinished(StackStep Step, StackResult Result, TimeSpan Duration) : RolloutEvent;

    /// <summary>The rollout has ended.</summary>
    public sealed record Finished(RolloutReport Report) : RolloutEvent;
}

/// <summary>Where and why a rollout failed.</summary>
/// <param name="Ring">The ring.</param>
/// <param name="Cluster">The cluster.</param>
/// <param name="Service">The service; null when it concerns the whole stack.</param>
/// <param name="Reason">The reason, in one line.</param>
public sealed record RolloutFailure(string Ring, string Cluster, string? Service, string Reason)
{
    /// <summary><c>ring pilot, cluster edge-1, service web: REASON</c>.</summary>
    public override string ToString() =>
        $"ring {Ring}, cluster {Cluster}{(Service is null ? "" : $", service {Service}")}: {Reason}";
}

/// <summary>Is told what happens in a rollout.</summary>
public interface IRolloutObserver
{
    /// <summary>Takes an event. The runner waits for it, so that a journal is written before the step that it announces.</summary>
    ValueTask OnAsync(RolloutEvent @event, CancellationToken cancellationToken);

    /// <summary>Takes a word of what a stack is doing or waiting for, for people who watch. Must not block.</summary>
    void OnActivity(StackId stack, string activity);
}
