using System.Collections.Immutable;

namespace FogInfra.Rollout.Running;

/// <summary>The record of a rollout that runs, and the state that follows from it. Only the runner's own loop adds to it.</summary>
internal sealed class RolloutRecord(RolloutSurroundings surroundings, RolloutState? state, ImmutableArray<RolloutEvent.GateEvaluated> evidence)
{
    private readonly RolloutClock _clock = new(surroundings.Time, state?.LastAt ?? DateTimeOffset.MinValue);
    private readonly List<RolloutEvent.GateEvaluated> _evidence = [.. evidence];
    private RolloutState? _state = state;

    /// <summary>Where the rollout is.</summary>
    public RolloutState State => Volatile.Read(ref _state) ?? throw new InvalidOperationException("The rollout has not begun.");

    /// <summary>What its gates saw.</summary>
    public IReadOnlyList<RolloutEvent.GateEvaluated> Evidence => _evidence;

    /// <summary>The present.</summary>
    public DateTimeOffset Now => _clock.Now;

    /// <summary>Puts an event on record, then takes it into the state, then shows it.</summary>
    public async ValueTask AddAsync(RolloutEvent @event, CancellationToken cancellationToken)
    {
        var entry = new RolloutEntry(Now, @event);
        if (surroundings.Journal is { } journal)
        {
            await journal.AppendAsync(entry, cancellationToken).ConfigureAwait(false);
        }

        if (@event is RolloutEvent.GateEvaluated gate)
        {
            _evidence.Add(gate);
        }

        var state = _state is null ? RolloutState.Begin(entry) : _state.After(entry);
        Volatile.Write(ref _state, state);
        if (surroundings.Observer is { } observer)
        {
            await observer.OnAsync(state, @event, cancellationToken).ConfigureAwait(false);
        }
    }
}
