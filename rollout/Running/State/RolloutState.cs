using System.Collections.Immutable;
using FogInfra.Rollout.Planning;

namespace FogInfra.Rollout.Running;

/// <summary>Why a rollout does not go on.</summary>
public enum StopCause
{
    /// <summary>It goes on.</summary>
    None,

    /// <summary>More failed than may, or a gate did.</summary>
    Failed,

    /// <summary>A person wants it to end as it is.</summary>
    Aborted,

    /// <summary>A person wants it to be put back.</summary>
    RollbackAsked,
}

/// <summary>Where a rollout is: folded from its events, and from nothing else.</summary>
public sealed record RolloutState
{
    /// <summary>The way to what is wanted.</summary>
    public required RunState Forward { get; init; }

    /// <summary>The way back; null while there is none.</summary>
    public RunState? Back { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The time of its last event.</summary>
    public required DateTimeOffset LastAt { get; init; }

    /// <summary>Who has paused it; null while it is not paused.</summary>
    public string? PausedBy { get; init; }

    /// <summary>Why it does not go on.</summary>
    public StopCause Stop { get; init; }

    /// <summary>Why it fails; also what failed and was allowed to.</summary>
    public ImmutableArray<RolloutFailure> Failures { get; init; } = [];

    /// <summary>Clusters that asked not to be updated.</summary>
    public ImmutableDictionary<string, ConsentHold> Holds { get; init; } = ImmutableDictionary<string, ConsentHold>.Empty;

    /// <summary>The messages of people that were taken, by their names.</summary>
    public ImmutableHashSet<string> Commands { get; init; } = ImmutableHashSet.Create<string>(StringComparer.Ordinal);

    /// <summary>How it ended; null while it has not.</summary>
    public RolloutOutcome? Outcome { get; init; }

    /// <summary>The plan that runs.</summary>
    public RunState Active => Back ?? Forward;

    /// <summary>How many clusters run a version of this rollout that is not proven in their ring.</summary>
    public int Exposed => Forward.Exposed.Count;

    /// <summary>What is deferred and still owed to its cluster, with the workload that is approved for it; null for none at all.</summary>
    public IEnumerable<(StackStep Step, Model.ClusterWorkload? Approved)> Owed() =>
        Active.Deferred.Select(stack => Active.Stacks[stack].Step).Select(step => (step, step.Wanted));

    /// <summary>The state after some entries; null when they do not begin with the start of a rollout.</summary>
    public static RolloutState? Fold(IEnumerable<RolloutEntry> entries)
    {
        RolloutState? state = null;
        foreach (var entry in entries)
        {
            state = state is null ? Begin(entry) : state.After(entry);
        }

        return state;
    }

    /// <summary>The state after one more event.</summary>
    public RolloutState After(RolloutEntry entry) => RolloutFold.Apply(this, entry);

    /// <summary>The state after the start.</summary>
    /// <exception cref="InvalidOperationException">The entry is not the start of a rollout.</exception>
    public static RolloutState Begin(RolloutEntry entry) => entry.Event is RolloutEvent.Started { Plan: var plan }
        ? new RolloutState { Forward = RunState.Of(plan), StartedAt = entry.At, LastAt = entry.At }
        : throw new InvalidOperationException($"A rollout begins with its start, not with {entry.Event.GetType().Name}.");
}

/// <summary>A cluster's wish not to be updated.</summary>
/// <param name="Until">When it ends by itself.</param>
/// <param name="Reason">Why.</param>
public sealed record ConsentHold(DateTimeOffset Until, string Reason);
