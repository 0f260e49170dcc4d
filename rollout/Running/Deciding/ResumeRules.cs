using FogInfra.Rollout.Planning;

namespace FogInfra.Rollout.Running;

/// <summary>When a deferred stack can be taken up again.</summary>
internal static class ResumeRules
{
    /// <summary>Whether what it was deferred for is over, and nothing else stands in its way.</summary>
    public static bool IsReady(RolloutState state, StackProgress stack, DateTimeOffset now) =>
        ParentsAllow(state.Active, stack.Step)
        && (!state.Holds.TryGetValue(stack.Step.Cluster.Name, out var hold) || hold.Until <= now)
        && stack.Cause switch
        {
            DeferralCause.Offline => stack.Returned,
            _ => true,
        };

    /// <summary>Whether the stacks that it waits for let it go ahead.</summary>
    public static bool ParentsAllow(RunState run, StackStep step) => step.After.All(stack => !run.Stacks.TryGetValue(stack, out var other)
        || (run.Plan.Direction == Direction.Back ? other.IsDone : other.IsAsWanted || other.Phase == StackPhase.Left));
}
