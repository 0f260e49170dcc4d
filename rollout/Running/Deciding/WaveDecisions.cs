using System.Collections.Immutable;
using FogInfra.Model;
using FogInfra.Rollout.Planning;

namespace FogInfra.Rollout.Running;

/// <summary>Which stacks of the running wave are updated next.</summary>
internal static class WaveDecisions
{
    private static readonly TimeSpan LookElsewhere = TimeSpan.FromSeconds(15);

    public static ImmutableArray<RolloutAction> Decide(RolloutState state, Observations observations, DateTimeOffset now)
    {
        var (run, current) = (state.Active, state.Active.Current!);
        if (Resumable(state, now) is { } resumable)
        {
            return [new RolloutAction.Record(new RolloutEvent.StackResumed(resumable))];
        }

        var batch = new Batch(run, observations);
        var wave = current.Wave!.Value;
        foreach (var (turn, stack) in current.Pending)
        {
            if (turn.Wave != wave || batch.IsFull)
            {
                break;
            }

            if (SetAside(state, run.Stacks[stack], now) is { } record)
            {
                return [new RolloutAction.Record(record)];
            }

            if (ReadyAt(state, run.Stacks[stack], now) is { } ready)
            {
                batch.Offer(run.Stacks[stack], ready, now);
            }
        }

        foreach (var stack in run.Deferred.Where(current.Turns.ContainsKey))
        {
            if (run.Stacks[stack].Cause == DeferralCause.Held && state.Holds.TryGetValue(stack.Cluster, out var hold) && hold.Until > now)
            {
                batch.WaitUntil(hold.Until);
            }
        }

        return batch.Actions;
    }

    // While the ring is being updated, what was deferred in it takes its turn again as soon as it can.
    private static StackId? Resumable(RolloutState state, DateTimeOffset now)
    {
        var run = state.Active;
        return run.Deferred.IsEmpty ? null : run.Deferred
            .Where(stack => run.Current!.Turns.ContainsKey(stack) && ResumeRules.IsReady(state, run.Stacks[stack], now))
            .MinBy(stack => run.Current!.Turns[stack]);
    }

    // What cannot be updated now is left for later if the ring can do without it.
    private static RolloutEvent? SetAside(RolloutState state, StackProgress stack, DateTimeOffset now)
    {
        var run = state.Active;
        var isForward = run.Plan.Direction == Direction.Forward;
        if (isForward && stack.Step.After.FirstOrDefault(parent => Blocks(run, parent)) is { } blocking)
        {
            return Defer(run, stack, DeferralCause.Parent, $"{blocking.Cluster}, which it hangs on, {Word(run.Stacks[blocking].Phase)}");
        }

        if (isForward && state.Holds.TryGetValue(stack.Step.Cluster.Name, out var hold) && hold.Until > now)
        {
            return run.MayDefer(run.CurrentPlan.Ring, stack.Step.Cluster.Name)
                ? new RolloutEvent.StackDeferred(stack.Step.Stack, DeferralCause.Held, $"held by the cluster until {hold.Until:u}: {hold.Reason}")
                : null;
        }

        return stack.Attempts >= run.Plan.Policy.Retry.Attempts
            ? Defer(run, stack, DeferralCause.Offline, stack.Reason ?? "it cannot be reached")
            : null;
    }

    private static RolloutEvent Defer(RunState run, StackProgress stack, DeferralCause cause, string reason) =>
        run.Plan.Direction == Direction.Back || run.MayDefer(run.CurrentPlan.Ring, stack.Step.Cluster.Name)
            ? new RolloutEvent.StackDeferred(stack.Step.Stack, cause, reason)
            : new RolloutEvent.StackGivenUp(stack.Step.Stack, $"{reason}; the ring's quorum leaves no room to defer it");

    private static bool Blocks(RunState run, StackId parent) =>
        run.Stacks.TryGetValue(parent, out var other) && other.Phase is StackPhase.Failed or StackPhase.Deferred or StackPhase.Skipped;

    private static string Word(StackPhase phase) => phase switch
    {
        StackPhase.Failed => "has failed",
        StackPhase.Deferred => "is deferred",
        _ => "is skipped",
    };

    // Null while it waits for another stack, the end of which will be told.
    private static DateTimeOffset? ReadyAt(RolloutState state, StackProgress stack, DateTimeOffset now)
    {
        if (!ResumeRules.ParentsAllow(state.Active, stack.Step))
        {
            return null;
        }

        var hold = state.Active.Plan.Direction == Direction.Forward && state.Holds.TryGetValue(stack.Step.Cluster.Name, out var held) ? held.Until : now;
        return hold > stack.NotBefore ? hold : stack.NotBefore;
    }

    /// <summary>Stacks that are begun together, as far as places, failure domains and exposure allow.</summary>
    private sealed class Batch(RunState run, Observations observations)
    {
        private readonly ImmutableArray<RolloutAction>.Builder _updates = ImmutableArray.CreateBuilder<RolloutAction>();
        private readonly HashSet<string> _domains = new(StringComparer.Ordinal);
        private readonly HashSet<string> _exposed = new(StringComparer.Ordinal);
        private readonly int _exposureRoom = (run.Plan.Policy.ExposureBudget?.Of(run.Plan.FleetSize) ?? int.MaxValue) - run.Exposed.Count - observations.ExposedElsewhere;
        private readonly int _places = run.CurrentPlan.Waves[run.Current!.Wave!.Value].MaxConcurrent - run.Current.Running.Count;
        private DateTimeOffset? _waitUntil;

        public bool IsFull => _updates.Count >= _places;

        public ImmutableArray<RolloutAction> Actions => _waitUntil is { } until ? [.. _updates, new RolloutAction.Wait(until)] : _updates.ToImmutable();

        public void Offer(StackProgress stack, DateTimeOffset ready, DateTimeOffset now)
        {
            if (ready > now)
            {
                WaitUntil(ready);
            }
            else if (HasExposureRoom(stack.Step, now) && DomainIsFree(stack.Step))
            {
                _updates.Add(new RolloutAction.Update(stack.Step, stack.Generation + 1));
                if (stack.Step.Exposes && !run.Exposed.Contains(stack.Step.Cluster.Name))
                {
                    _exposed.Add(stack.Step.Cluster.Name);
                }
            }
        }

        private bool DomainIsFree(StackStep step) =>
            step.FailureDomain is not { } domain || (!run.Current!.BusyDomains.Contains(domain) && _domains.Add(domain));

        // Other rollouts do not tell when they prove a version, so that they are looked at again after a while.
        private bool HasExposureRoom(StackStep step, DateTimeOffset now)
        {
            var cluster = step.Cluster.Name;
            if (!step.Exposes || run.Plan.Direction == Direction.Back || run.Exposed.Contains(cluster) || _exposed.Contains(cluster) || _exposed.Count < _exposureRoom)
            {
                return true;
            }

            WaitUntil(now + LookElsewhere);
            return false;
        }

        public void WaitUntil(DateTimeOffset time) => _waitUntil = _waitUntil is { } earlier && earlier < time ? earlier : time;
    }
}
