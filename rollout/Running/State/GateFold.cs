using System.Collections.Immutable;
using FogInfra.Model;
using FogInfra.Rollout.Gates;

namespace FogInfra.Rollout.Running;

/// <summary>What the evaluation of gates, and the word of a person, mean for a plan. Pure.</summary>
internal static class GateFold
{
    /// <summary>Notes what a gate said. Stacks that fail it have failed; the gate is then asked again about the others.</summary>
    public static RunState Apply(RunState run, RolloutEvent.GateEvaluated evaluated, DateTimeOffset at)
    {
        if (run.Current is not { } current || !IsCurrent(run, evaluated))
        {
            return run;
        }

        var known = current.Gates.GetValueOrDefault(evaluated.Gate) ?? new GateProgress { AskedAt = at };
        if (known.ByPerson || known.Verdict == Verdict.Failed)
        {
            return run; // It is decided for good.
        }

        var failing = FailingStacks(run, evaluated);
        var progress = known with
        {
            AskedAt = known.Verdict == Verdict.Passed && evaluated.Verdict == Verdict.Inconclusive ? at : known.AskedAt, // It is asked anew.
            LookedAt = failing.IsEmpty ? at : null,
            Verdict = failing.IsEmpty ? evaluated.Verdict : Verdict.Inconclusive,
            Rounds = known.Rounds + 1,
            Reason = string.Join("; ", evaluated.Evidence.Where(found => found.Verdict == evaluated.Verdict).Select(found => found.Value).Take(3)),
        };
        run = run with { Current = current with { Gates = current.Gates.SetItem(evaluated.Gate, progress) } };
        return failing.Aggregate(run, (each, found) => RunFold.Fail(each, found.Stack!, found.Value));
    }

    /// <summary>Adds the failures that an evaluation means to those of the rollout.</summary>
    public static RolloutState WithFailures(RolloutState state, RolloutEvent.GateEvaluated evaluated)
    {
        var failing = FailingStacks(state.Active, evaluated).Where(found => state.Active.Stacks[found.Stack!].Phase == StackPhase.Failed);
        return failing.Aggregate(state, (each, found) => RolloutFold.WithFailure(each, found.Stack!, null, Text(evaluated.Gate, found)));
    }

    /// <summary>A person decides the gates that are asked and not decided.</summary>
    public static RunState Decide(RunState run, string? gate, Verdict verdict, string reason)
    {
        if (run.Current is not { } current)
        {
            return run;
        }

        var gates = current.Gates;
        foreach (var (name, progress) in current.Gates.Where(each => each.Value.Verdict == Verdict.Inconclusive && (gate is null || each.Key == gate)))
        {
            gates = gates.SetItem(name, progress with { Verdict = verdict, Reason = reason, ByPerson = true });
        }

        return run with { Current = current with { Gates = gates } };
    }

    /// <summary>The failure of a gate in words.</summary>
    public static string Text(string gate, Evidence found) => $"the check '{gate}' does not hold: {found.Value}";

    // Since a look began, a stack may have been updated once more, and the look says nothing about that.
    private static bool IsCurrent(RunState run, RolloutEvent.GateEvaluated evaluated) =>
        run.CurrentPlan.Name == evaluated.Ring
        && (run.CurrentPlan.Ring.GatesAt(GateMoment.Before).Any(gate => gate.Name == evaluated.Gate)
            || (run.Current!.UpdatedAt == evaluated.Since && run.Current.Wave is null));

    // When something that is about the ring as a whole fails, no stack can be left out for it; and before a ring none has been updated.
    private static ImmutableArray<Evidence> FailingStacks(RunState run, RolloutEvent.GateEvaluated evaluated)
    {
        var failing = evaluated.Evidence.Where(found => found.Verdict == Verdict.Failed).ToImmutableArray();
        var gate = run.CurrentPlan.Ring.GatesAt(GateMoment.After).FirstOrDefault(gate => gate.Name == evaluated.Gate);
        return evaluated.Verdict != Verdict.Failed || gate is null or { DryRun: true } || failing.Any(found => found.Stack is null || !run.Stacks.ContainsKey(found.Stack)) ? [] : failing;
    }
}
