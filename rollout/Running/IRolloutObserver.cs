using System.Collections.Immutable;
using FogInfra.Rollout.Planning;

namespace FogInfra.Rollout.Running;

/// <summary>Keeps a rollout on record.</summary>
public interface IRolloutJournal
{
    /// <summary>
    /// Writes an entry, and returns when it would survive the end of this process: the runner takes the step that it announces only then.
    /// </summary>
    /// <exception cref="IOException">It cannot be written, or the rollout belongs to another runner by now: the runner stops at once.</exception>
    ValueTask AppendAsync(RolloutEntry entry, CancellationToken cancellationToken);
}

/// <summary>Shows a rollout. It is told of each event in its order, after it was put on record.</summary>
public interface IRolloutObserver
{
    /// <summary>Takes an event. The runner waits for it.</summary>
    ValueTask OnAsync(RolloutState state, RolloutEvent @event, CancellationToken cancellationToken);

    /// <summary>Takes a word of what a stack is doing or waiting for, for people who watch. Must not block.</summary>
    void OnActivity(StackId stack, string activity);
}

/// <summary>Tells a running rollout what comes from outside: the commands of a person, clusters that come back, hold, join, leave or move.</summary>
public interface IRolloutInbox
{
    /// <summary>The events, as they come; ends when nothing more can come. It is told of the state each time that changes.</summary>
    IAsyncEnumerable<RolloutEvent> ReadAsync(Func<RolloutState> state, CancellationToken cancellationToken);
}

/// <summary>What other rollouts do.</summary>
public interface IOtherRollouts
{
    /// <summary>How many clusters of the fleet they expose, those of this rollout left out.</summary>
    int ExposedOutside(ImmutableHashSet<string> exposedHere);
}
