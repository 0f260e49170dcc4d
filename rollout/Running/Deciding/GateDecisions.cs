using System.Collections.Immutable;
using FogInfra.Model;
using FogInfra.Rollout.Gates;
using FogInfra.Rollout.Planning;

namespace FogInfra.Rollout.Running;

/// <summary>Whether the gates before or after a ring are open, and what to do where they are not.</summary>
internal static class GateDecisions
{
    /// <summary>Decides about the gates of a moment.</summary>
    /// <param name="run">The state.</param>
    /// <param name="moment">The moment.</param>
    /// <param name="now">The present.</param>
    /// <returns>Whether all are open; if not, what to do about them.</returns>
    public static (bool Open, ImmutableArray<RolloutAction> Actions) Decide(RunState run, GateMoment moment, DateTimeOffset now)
    {
        var ring = run.CurrentPlan;
        var gates = ring.Ring.GatesAt(moment).Where(gate => IsUndecided(run, gate)).ToList();
        if (gates.Count == 0)
        {
            return (true, []);
        }

        var subjects = moment == GateMoment.Before ? Waiting(run) : Updated(run);
        if (subjects.IsEmpty)
        {
            return (true, []); // Nothing was done, or is going to be, that could be asked about.
        }

        var actions = gates.Concat(Watched(run, moment, gates)).SelectMany(gate => Decide(run, gate, subjects, now)).ToImmutableArray();
        return (false, actions.OfType<RolloutAction.Record>().FirstOrDefault() is { } record ? [record] : actions);
    }

    /// <summary>When updates may begin again in a ring that has begun; null when they may now.</summary>
    public static DateTimeOffset? ClosedUntil(RunState run, DateTimeOffset now)
    {
        var closed = run.CurrentPlan.Ring.GatesAt(GateMoment.Before).OfType<Gate.Window>()
            .Where(window => !window.DryRun && !window.IsOpen(now) && run.Current!.Gates.GetValueOrDefault(window.Name)?.ByPerson != true)
            .Select(window => window.OpensAt(now)).ToList();
        return closed.Count == 0 ? null : closed.Max();
    }

    // A gate that has failed for good stops the rollout before anybody asks here, unless it only reports; and then it is asked once.
    private static bool IsUndecided(RunState run, Gate gate) => run.Current!.Gates.GetValueOrDefault(gate.Name) switch
    {
        null => true,
        { Verdict: Verdict.Inconclusive } known => !gate.DryRun || known.LookedAt is null,
        _ => false,
    };

    // While a ring soaks, what has passed is looked at again: that is what it soaks for.
    private static IEnumerable<Gate> Watched(RunState run, GateMoment moment, List<Gate> undecided) =>
        moment == GateMoment.After && undecided.Exists(gate => gate is Gate.Soak)
            ? run.CurrentPlan.Ring.GatesAt(moment).Where(gate => gate.IsWatched && !gate.DryRun && run.Current!.Gates.GetValueOrDefault(gate.Name) is { Verdict: Verdict.Passed, ByPerson: false })
            : [];

    private static IEnumerable<RolloutAction> Decide(RunState run, Gate gate, ImmutableArray<GateSubject> subjects, DateTimeOffset now)
    {
        var (ring, known) = (run.CurrentPlan, run.Current!.Gates.GetValueOrDefault(gate.Name));
        if (gate.DryRun && WouldWait(gate, run, now) is { } reason)
        {
            return [new RolloutAction.Record(Told(run, gate, Verdict.Inconclusive, $"it would wait {reason}", now))];
        }

        if (known is { Verdict: Verdict.Inconclusive } && gate.Limit is { } limit && known.AskedAt + limit <= now)
        {
            return [new RolloutAction.Record(Overdue(run, gate, limit, known, now))];
        }

        var actions = gate switch
        {
            Gate.Soak soak => Soak(run, soak, now),
            Gate.Window window => Window(run, window, now),
            Gate.Approval => known is null ? [new RolloutAction.Record(new RolloutEvent.ApprovalAsked(ring.Name, gate.Name))] : ImmutableArray<RolloutAction>.Empty,
            _ => Look(run, gate, known, subjects, now),
        };
        return known is { Verdict: Verdict.Inconclusive } && gate.Limit is { } end && actions is not [RolloutAction.Record] ? actions.Add(new RolloutAction.Wait(known.AskedAt + end)) : actions;
    }

    private static ImmutableArray<RolloutAction> Soak(RunState run, Gate.Soak soak, DateTimeOffset now)
    {
        var since = run.Current!.UpdatedAt;
        return since + soak.Duration > now
            ? [new RolloutAction.Wait(since + soak.Duration)]
            : [new RolloutAction.Record(Told(run, soak, Verdict.Passed, $"{(now - since):c} since the last update", now))];
    }

    // It is asked from when the ring begins, so that its limit counts from then.
    private static ImmutableArray<RolloutAction> Window(RunState run, Gate.Window window, DateTimeOffset now) =>
        window.IsOpen(now) ? [new RolloutAction.Record(Told(run, window, Verdict.Passed, $"open at {now.UtcDateTime:u}", now))]
        : run.Current!.Gates.ContainsKey(window.Name) ? [new RolloutAction.Wait(window.OpensAt(now))]
        : [new RolloutAction.Record(Told(run, window, Verdict.Inconclusive, $"closed at {now.UtcDateTime:u}, opens at {window.OpensAt(now).UtcDateTime:u}", now))];

    private static string? WouldWait(Gate gate, RunState run, DateTimeOffset now) => gate switch
    {
        Gate.Approval => "for a person",
        Gate.Soak soak when run.Current!.UpdatedAt + soak.Duration > now => $"until {(run.Current.UpdatedAt + soak.Duration).UtcDateTime:u}",
        Gate.Window window when !window.IsOpen(now) => $"until {window.OpensAt(now).UtcDateTime:u}",
        _ => null,
    };

    private static RolloutEvent.GateEvaluated Told(RunState run, Gate gate, Verdict verdict, string value, DateTimeOffset now) =>
        new(run.CurrentPlan.Name, gate.Name, verdict, [new Evidence { Verdict = verdict, Value = value, Source = "the runner's clock", ObservedAt = now }], SinceOf(run, gate));

    private static ImmutableArray<RolloutAction> Look(RunState run, Gate gate, GateProgress? known, ImmutableArray<GateSubject> subjects, DateTimeOffset now) =>
        known?.LookedAt is { } looked && looked + gate.Interval > now
            ? [new RolloutAction.Wait(looked + gate.Interval)]
            : [new RolloutAction.Evaluate(new EvidenceRequest
            {
                Ring = run.CurrentPlan.Name,
                Gate = gate,
                Subjects = subjects,
                Since = SinceOf(run, gate),
                AskedAt = now,
                Baseline = gate is Gate.Metric { Baseline: { } baseline } ? ClustersOf(run, baseline) : [],
            })];

    private static ImmutableArray<string> ClustersOf(RunState run, string ring) =>
        [.. run.Plan.Rings.Where(each => each.Ring.Name == ring).SelectMany(each => each.Steps).Select(step => step.Cluster.Name).Distinct(StringComparer.Ordinal)];

    private static RolloutEvent.GateEvaluated Overdue(RunState run, Gate gate, TimeSpan limit, GateProgress known, DateTimeOffset now) =>
        Told(run, gate, Verdict.Failed, $"undecided for {limit:c}{(known.Reason is { Length: > 0 } reason ? $", at last: {reason}" : "")}", now);

    private static DateTimeOffset SinceOf(RunState run, Gate gate) => gate.Moment == GateMoment.Before ? run.Current!.StartedAt : run.Current!.UpdatedAt;

    private static ImmutableArray<GateSubject> Waiting(RunState run) =>
        [.. run.Current!.Pending.Values.Concat(run.Current.Running.Values.Select(running => running.Stack)).Select(stack => Subject(run.Stacks[stack]))];

    private static ImmutableArray<GateSubject> Updated(RunState run) =>
        [.. run.CurrentPlan.Steps.Select(step => run.Stacks[step.Stack]).Where(stack => stack is { IsAsWanted: true, Generation: > 0, Step.Wanted: not null }).Select(Subject)];

    private static GateSubject Subject(StackProgress stack) => new(stack.Step, stack.Generation, stack.UpdatedAt, stack.Result?.Outputs);
}
