using System.Collections.Immutable;
using FogInfra.Rollout.Gates;
using FogInfra.Rollout.Planning;
using FogInfra.Rollout.Running;

namespace FogInfra.Rollout.Simulation;

/// <summary>
/// Runs a rollout on virtual time. It asks the same decisions as the runner and folds the same state; only what takes time in the world
/// is jumped over. Runs on one thread, without a clock, so that the same world gives the same rollout to the last event.
/// </summary>
public sealed class VirtualRollout
{
    private readonly IVirtualWorld _world;
    private readonly PriorityQueue<Happening, (DateTimeOffset At, int Number)> _future = new();
    private readonly HashSet<(string Ring, string Gate)> _looking = [];
    private readonly Dictionary<StackId, int> _updates = [];
    private readonly List<RolloutEntry> _entries = [];
    private int _number;
    private int _life;

    /// <summary>Begins a rollout.</summary>
    public VirtualRollout(RolloutPlan plan, IVirtualWorld world, DateTimeOffset start)
    {
        _world = world;
        Now = start;
        var entry = new RolloutEntry(start, new RolloutEvent.Started(plan));
        _entries.Add(entry);
        State = RolloutState.Begin(entry);
    }

    /// <summary>Where the rollout is.</summary>
    public RolloutState State { get; private set; }

    /// <summary>The virtual present.</summary>
    public DateTimeOffset Now { get; private set; }

    /// <summary>All that has happened.</summary>
    public IReadOnlyList<RolloutEntry> Entries => _entries;

    /// <summary>Is told of each event, with the state before it. The state after it is <see cref="State"/>.</summary>
    public Action<RolloutState, RolloutEntry>? Recorded { get; set; }

    /// <summary>Lets something happen at a time, if the rollout lasts until then.</summary>
    public void Schedule(DateTimeOffset at, RolloutEvent @event) => Schedule(at, new Happening.Told(@event));

    /// <summary>Kills the runner at a time. Another one takes over from the record; what ran is not told.</summary>
    public void ScheduleKill(DateTimeOffset at) => Schedule(at, new Happening.Killed());

    /// <summary>Runs to the end.</summary>
    /// <param name="mostEvents">A number of events that no sound rollout of this size comes to.</param>
    /// <exception cref="InvalidOperationException">The rollout waits for something that never comes, or does not end.</exception>
    public RolloutReport Run(int mostEvents)
    {
        while (State.Outcome is null)
        {
            if (_entries.Count > mostEvents)
            {
                throw new InvalidOperationException($"The rollout does not end: {_entries.Count} events.");
            }

            if (Advance() is { } until)
            {
                Sleep(until);
            }
        }

        return RolloutReport.Of(State, [.. _entries.Select(entry => entry.Event).OfType<RolloutEvent.GateEvaluated>()]);
    }

    // Does what is decided. Null when something was put on record, so that there is more to decide.
    private DateTimeOffset? Advance()
    {
        var actions = RolloutDecisions.Decide(State, _world.Observe(State, Now), Now);
        if (actions is [RolloutAction.Record { Event: var @event }])
        {
            Record(@event);
            if (@event is RolloutEvent.StackTimedOut { Stack: var late })
            {
                End(late, _world.Interrupt(State.Active.Stacks[late].Step, killed: false), TimeSpan.FromSeconds(1));
            }

            return null;
        }

        foreach (var action in actions)
        {
            Do(action);
        }

        // What was begun has time limits of its own, which the decision could not know yet.
        return actions.Any(action => action is RolloutAction.Update or RolloutAction.PreStage)
            ? null
            : actions.OfType<RolloutAction.Wait>().Select(wait => (DateTimeOffset?)wait.Until).FirstOrDefault() ?? DateTimeOffset.MaxValue;
    }

    private void Do(RolloutAction action)
    {
        switch (action)
        {
            case RolloutAction.Update { Step: var step, Generation: var generation }:
                Record(new RolloutEvent.StackStarted(step.Stack, generation));
                var (result, duration) = _world.Update(step, generation, State.Active.Plan.Direction, Now);
                End(step.Stack, result, duration);
                break;
            case RolloutAction.PreStage { Step: var step }:
                Record(new RolloutEvent.PreStageStarted(step.Stack));
                Schedule(Now + _world.PreStage(step, Now), new Happening.Staged(_life, new RolloutEvent.PreStageFinished(step.Stack, [])));
                break;
            case RolloutAction.Evaluate { Request: var request } when _looking.Add((request.Ring, request.Gate.Name)):
                var (evidence, after) = _world.Look(request, Now);
                Schedule(Now + after, new Happening.Looked(_life, request, evidence));
                break;
        }
    }

    private void Sleep(DateTimeOffset until)
    {
        if (!_future.TryPeek(out _, out var next) || next.At > until)
        {
            Now = until < DateTimeOffset.MaxValue ? until : throw new InvalidOperationException("The rollout waits for something that never comes.");
            return;
        }

        while (_future.TryPeek(out var happening, out next) && (next.At <= Now || next.At <= until))
        {
            _future.Dequeue();
            Now = next.At > Now ? next.At : Now;
            until = Now;
            Take(happening);
        }
    }

    private void Take(Happening happening)
    {
        switch (happening)
        {
            case Happening.Told { Event: var @event }:
                Record(@event);
                break;
            case Happening.Ended { Number: var number, Event: var ended } when _updates.GetValueOrDefault(ended.Stack) == number:
                _updates.Remove(ended.Stack);
                Record(ended);
                break;
            case Happening.Staged { Life: var life, Event: var staged } when life == _life:
                Record(staged);
                break;
            case Happening.Looked { Life: var life, Request: var request, Evidence: var evidence } when life == _life:
                _looking.Remove((request.Ring, request.Gate.Name));
                var (verdict, judged) = GateRules.Judge(request, evidence(Now), Now);
                Record(new RolloutEvent.GateEvaluated(request.Ring, request.Gate.Name, verdict, judged, request.Since));
                break;
            case Happening.Killed:
                TakeOver();
                break;
        }
    }

    private void TakeOver()
    {
        foreach (var stack in _updates.Keys)
        {
            _world.Interrupt(State.Active.Stacks[stack].Step, killed: true);
        }

        _life++; // What the runner that is gone had begun is told to nobody.
        _updates.Clear();
        _looking.Clear();
        State = RolloutState.Fold(_entries)!;
        Record(new RolloutEvent.TakenOver("another runner"));
    }

    private void End(StackId stack, StackResult result, TimeSpan duration)
    {
        var number = _updates[stack] = ++_number;
        Schedule(Now + duration, new Happening.Ended(number, new RolloutEvent.StackFinished(stack, result, duration)));
    }

    private void Schedule(DateTimeOffset at, Happening happening) => _future.Enqueue(happening, (at, ++_number));

    private void Record(RolloutEvent @event)
    {
        var before = State;
        var entry = new RolloutEntry(Now, @event);
        _entries.Add(entry);
        State = State.After(entry);
        Recorded?.Invoke(before, entry);
    }

    private abstract record Happening
    {
        public sealed record Told(RolloutEvent Event) : Happening;

        public sealed record Ended(int Number, RolloutEvent.StackFinished Event) : Happening;

        public sealed record Staged(int Life, RolloutEvent.PreStageFinished Event) : Happening;

        public sealed record Looked(int Life, EvidenceRequest Request, Func<DateTimeOffset, ImmutableArray<Evidence>> Evidence) : Happening;

        public sealed record Killed : Happening;
    }
}
