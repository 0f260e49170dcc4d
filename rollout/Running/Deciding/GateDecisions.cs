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

        var actions = gates.SelectMany(gate => Decide(run, gate, subjects, now)).ToImmutableArray();
        return (false, actions.OfType<RolloutAction.Record>().FirstOrDefault() is { } record ? [record] : actions);
    }

    // A gate that has failed for good stops the rollout before anybody asks here, unless it only reports.
    private static bool IsUndecided(RunState run, Gate gate) => run.Current!.Gates.GetValueOrDefault(gate.Name)?.Verdict switch
    {
        null or Verdict.Inconclusive => true,
        _ => false,
    };

    private static IEnumerable<RolloutAction> Decide(RunState run, Gate gate, ImmutableArray<GateSubject> subjects, DateTimeOffset now)
    {
        var (ring, known) = (run.CurrentPlan, run.Current!.Gates.GetValueOrDefault(gate.Name));
        if (known is not null && gate.Limit is { } limit && known.AskedAt + limit <= now)
        {
            return [new RolloutAction.Record(Overdue(run, gate, limit, known, now))];
        }

        var actions = gate switch
        {
            Gate.Soak soak => Soak(run, soak, now),
            Gate.Approval => known is null ? [new RolloutAction.Record(new RolloutEvent.ApprovalAsked(ring.Name, gate.Name))] : ImmutableArray<RolloutAction>.Empty,
            _ => Look(run, gate, known, subjects, now),
        };
        return known is not null && gate.Limit is { } end && actions is not [RolloutAction.Record] ? actions.Add(new RolloutAction.Wait(known.AskedAt + end)) : actions;
    }

    private static ImmutableArray<RolloutAction> Soak(RunState run, Gate.Soak soak, DateTimeOffset now)
    {
        var since = run.Current!.UpdatedAt;
        return since + soak.Duration > now ? [new RolloutAction.Wait(since + soak.Duration)] :
        [
            new RolloutAction.Record(new RolloutEvent.GateEvaluated(run.CurrentPlan.Name, soak.Name, Verdict.Passed,
            [
                new Evidence { Verdict = Verdict.Passed, Value = $"{(now - since):c} since the last update", Source = "the runner's clock", ObservedAt = now },
            ], since)),
        ];
    }

    private static ImmutableArray<RolloutAction> Look(RunState run, Gate gate, GateProgress? known, ImmutableArray<GateSubject> subjects, DateTimeOffset now) =>
        known?.LookedAt is { } looked && looked + gate.Interval > now
            ? [new RolloutAction.Wait(looked + gate.Interval)]
            : [new RolloutAction.Evaluate(new EvidenceRequest
            {
                Ring = run.CurrentPlan.Name,
                Gate = gate,
                Subjects = subjects,
                Since = SinceOf(run, gate),
            })];

    private static RolloutEvent.GateEvaluated Overdue(RunState run, Gate gate, TimeSpan limit, GateProgress known, DateTimeOffset now) =>
        new(run.CurrentPlan.Name, gate.Name, Verdict.Failed,
        [
            new Evidence
            {
                Verdict = Verdict.Failed,
                Value = $"undecided for {limit:c}{(known.Reason is { Length: > 0 } reason ? $", at last: {reason}" : "")}",
                Source = "the runner's clock",
                ObservedAt = now,
            },
        ], SinceOf(run, gate));

    private static DateTimeOffset SinceOf(RunState run, Gate gate) => gate.Moment == GateMoment.Before ? run.Current!.StartedAt : run.Current!.UpdatedAt;

    private static ImmutableArray<GateSubject> Waiting(RunState run) =>
        [.. run.Current!.Pending.Values.Concat(run.Current.Running.Values.Select(running => running.Stack)).Select(stack => Subject(run.Stacks[stack]))];

    private static ImmutableArray<GateSubject> Updated(RunState run) =>
        [.. run.CurrentPlan.Steps.Select(step => run.Stacks[step.Stack]).Where(stack => stack is { IsAsWanted: true, Generation: > 0, Step.Wanted: not null }).Select(Subject)];

    private static GateSubject Subject(StackProgress stack) => new(stack.Step, stack.Generation, stack.UpdatedAt, stack.Result?.Outputs);
}
