using System.Collections.Immutable;
using FogInfra.Model;
using FogInfra.Rollout.Planning;

namespace FogInfra.Rollout.Running;

/// <summary>What each event means for the plan that runs. Pure.</summary>
internal static class RunFold
{
    public static RunState Apply(RunState run, RolloutEvent @event, DateTimeOffset at) => @event switch
    {
        RolloutEvent.RingStarted { Ring: var ring } => StartRing(run, ring, at),
        RolloutEvent.RingPassed => PassRing(run),
        RolloutEvent.PreStageStarted { Stack: var stack } => Stage(run, stack, false),
        RolloutEvent.PreStageFinished { Stack: var stack } => Stage(run, stack, true),
        RolloutEvent.StackStarted started => Start(run, started.Stack, started.Generation, at),
        RolloutEvent.StackFinished finished => UpdateFold.Finish(run, finished, at),
        RolloutEvent.StackTimedOut { Stack: var stack } => TimeOut(run, stack),
        RolloutEvent.StackDeferred deferred => Defer(run, deferred.Stack, deferred.Cause, deferred.Reason),
        RolloutEvent.StackGivenUp { Stack: var stack, Reason: var reason } => Fail(RemovePending(run, stack), stack, reason),
        RolloutEvent.StackResumed { Stack: var stack } => Resume(run, stack),
        RolloutEvent.GateEvaluated evaluated => GateFold.Apply(run, evaluated, at),
        RolloutEvent.ApprovalAsked { Gate: var gate } => Ask(run, gate, at),
        RolloutEvent.RingAdded added => Placement.Add(run, added.Ring, added.Before),
        RolloutEvent.ClusterReturned { Cluster: var cluster } => Return(run, cluster),
        RolloutEvent.ClusterLeft { Cluster: var cluster, Reason: var reason } => Leave(run, cluster, reason),
        RolloutEvent.ClusterMoved { Cluster: var cluster, Ring: var ring } => Placement.Move(run, cluster, ring),
        RolloutEvent.ClustersJoined { Steps: var steps } => Placement.Join(run, steps),
        RolloutEvent.TakenOver => UpdateFold.Interrupt(run),
        _ => run,
    };

    /// <summary>A stack has failed.</summary>
    public static RunState Fail(RunState run, StackId stack, string reason)
    {
        var progress = run.Stacks[stack];
        var ring = run.RingOf(progress.Ring);
        var clusters = run.Failed.GetValueOrDefault(ring) ?? ImmutableHashSet.Create<string>(StringComparer.Ordinal);
        return run.With(progress with { Phase = StackPhase.Failed, Reason = reason }) with
        {
            Failed = run.Failed.SetItem(ring, clusters.Add(stack.Cluster)),
            Deferred = run.Deferred.Remove(stack),
        };
    }

    /// <summary>What of a cluster is not done is not going to be.</summary>
    public static RunState Skip(RunState run, string cluster, StackPhase phase, string reason)
    {
        foreach (var progress in run.OfCluster(cluster))
        {
            run = progress.Phase switch
            {
                StackPhase.Pending or StackPhase.Deferred => SetAside(run, progress, phase, reason),
                StackPhase.Failed when phase == StackPhase.Skipped => Forgive(SetAside(run, progress, phase, reason), cluster),
                _ => run,
            };
        }

        return run;
    }

    /// <summary>What of a cluster that is gone has not been updated is not going to be; what runs ends by itself.</summary>
    public static RunState Leave(RunState run, string cluster, string reason) =>
        Skip(run, cluster, StackPhase.Left, reason) with { Left = run.Left.Add(cluster) };

    /// <summary>What has failed is tried again: in its ring while that runs, at the end otherwise.</summary>
    public static RunState Retry(RunState run, string? cluster)
    {
        foreach (var progress in (cluster is null ? run.Stacks.Values : run.OfCluster(cluster)).Where(each => each.Phase == StackPhase.Failed && !run.Left.Contains(each.Step.Cluster.Name)).ToList())
        {
            var stack = progress.Step.Stack;
            run = Forgive(run, stack.Cluster);
            run = run.Current?.Turns.ContainsKey(stack) == true
                ? AddPending(run.With(progress with { Phase = StackPhase.Pending, Attempts = 0, NotBefore = default, Reason = null }), stack)
                : run.With(progress with { Phase = StackPhase.Deferred, Cause = DeferralCause.Offline, Returned = true, Attempts = 0, Reason = "to be tried again" })
                    with { Deferred = run.Deferred.Add(stack) };
        }

        return run.Current is not { } current ? run : run with
        {
            Current = current with { Gates = current.Gates.RemoveRange(current.Gates.Where(gate => gate.Value.Verdict == Gates.Verdict.Failed).Select(gate => gate.Key)) },
        };
    }

    /// <summary>The state with another progress of a stack.</summary>
    public static RunState With(this RunState run, StackProgress progress) =>
        run with { Stacks = run.Stacks.SetItem(progress.Step.Stack, progress) };

    /// <summary>Puts a stack of the running ring among those that wait for their turn.</summary>
    public static RunState AddPending(RunState run, StackId stack) => run.Current is { } current && current.Turns.TryGetValue(stack, out var turn)
        ? run with { Current = current with { Pending = current.Pending.SetItem(turn, stack) } }
        : run;

    /// <summary>Takes a stack of the running ring from those that wait for their turn.</summary>
    public static RunState RemovePending(RunState run, StackId stack) => run.Current is { } current && current.Turns.TryGetValue(stack, out var turn)
        ? run with { Current = current with { Pending = current.Pending.Remove(turn) } }
        : run;

    private static RunState StartRing(RunState run, string name, DateTimeOffset at)
    {
        var number = run.Ring + 1;
        var ring = run.Plan.Rings[number];
        if (ring.Name != name)
        {
            throw new InvalidOperationException($"Ring {ring.Name} is next, not {name}.");
        }

        var turns = ring.Waves.SelectMany((wave, index) => wave.Steps.Select((step, place) => (step.Stack, Turn: new Turn(index, place)))).ToList();
        return run with
        {
            Ring = number,
            Current = new RingProgress
            {
                StartedAt = at,
                UpdatedAt = at,
                Turns = turns.ToImmutableDictionary(each => each.Stack, each => each.Turn),
                Pending = turns.Where(each => run.Stacks[each.Stack].Phase == StackPhase.Pending)
                    .ToImmutableSortedDictionary(each => each.Turn, each => each.Stack),
            },
        };
    }

    private static RunState PassRing(RunState run) => run with
    {
        Current = null,
        Exposed = run.Exposed.Except(run.CurrentPlan.Steps.Select(step => step.Cluster.Name)),
    };

    private static RunState Stage(RunState run, StackId stack, bool done) => run.Current is { } current
        ? run with { Current = current with { Staged = current.Staged.SetItem(stack, done) } }
        : run;

    private static RunState Start(RunState run, StackId stack, int generation, DateTimeOffset at)
    {
        var current = run.Current ?? throw new InvalidOperationException($"{stack} starts outside of a ring.");
        var progress = run.Stacks[stack];
        var turn = current.Turns[stack];
        return run.With(progress with { Phase = StackPhase.Running, Generation = generation }) with
        {
            Exposed = progress.Step.Exposes ? run.Exposed.Add(stack.Cluster) : run.Exposed,
            Current = current with
            {
                Pending = current.Pending.Remove(turn),
                Running = current.Running.SetItem(turn, new RunningStack(stack, at, TimedOut: false)),
                Deadlines = current.Deadlines.Add((at, turn)),
                BusyDomains = progress.Step.FailureDomain is { } domain ? current.BusyDomains.Add(domain) : current.BusyDomains,
                Gates = WithoutDecided(run, current),
            },
        };
    }

    // What was decided after the ring says nothing about a stack that is updated after that, so that it is asked again.
    private static ImmutableDictionary<string, GateProgress> WithoutDecided(RunState run, RingProgress current) => current.Gates.RemoveRange(
        run.CurrentPlan.Ring.GatesAt(GateMoment.After).Select(gate => gate.Name)
            .Where(gate => current.Gates.GetValueOrDefault(gate) is { Verdict: not Gates.Verdict.Inconclusive }));

    private static RunState TimeOut(RunState run, StackId stack)
    {
        var current = run.Current!;
        var turn = current.Turns[stack];
        var running = current.Running[turn];
        return run with
        {
            Current = current with
            {
                Running = current.Running.SetItem(turn, running with { TimedOut = true }),
                Deadlines = current.Deadlines.Remove((running.StartedAt, turn)),
            },
        };
    }

    private static RunState Defer(RunState run, StackId stack, DeferralCause cause, string reason)
    {
        run = RemovePending(run, stack);
        return run.With(run.Stacks[stack] with { Phase = StackPhase.Deferred, Cause = cause, Reason = reason, Returned = false }) with
        {
            Deferred = run.Deferred.Add(stack),
        };
    }

    private static RunState Resume(RunState run, StackId stack)
    {
        run = run.With(run.Stacks[stack] with { Phase = StackPhase.Pending, Attempts = 0, NotBefore = default, Reason = null });
        return AddPending(run with { Deferred = run.Deferred.Remove(stack) }, stack);
    }

    private static RunState Return(RunState run, string cluster) => run.OfCluster(cluster)
        .Where(progress => progress is { Phase: StackPhase.Deferred, Cause: DeferralCause.Offline })
        .Aggregate(run, (each, progress) => each.With(progress with { Returned = true }));

    private static RunState Ask(RunState run, string gate, DateTimeOffset at) => run.Current is { } current
        ? run with { Current = current with { Gates = current.Gates.SetItem(gate, new GateProgress { AskedAt = at }) } }
        : run;

    private static RunState SetAside(RunState run, StackProgress progress, StackPhase phase, string reason)
    {
        var stack = progress.Step.Stack;
        return RemovePending(run, stack).With(progress with { Phase = phase, Reason = reason }) with { Deferred = run.Deferred.Remove(stack) };
    }

    private static RunState Forgive(RunState run, string cluster) => run with
    {
        Failed = run.Failed.ToImmutableDictionary(ring => ring.Key, ring => ring.Value.Remove(cluster)),
    };
}
