using FogInfra.Rollout.Gates;
using FogInfra.Rollout.Planning;

namespace FogInfra.Rollout.Running;

/// <summary>What is to be done next in a rollout.</summary>
public abstract record RolloutAction
{
    private RolloutAction()
    {
    }

    /// <summary>Put an event on record; then decide again.</summary>
    public sealed record Record(RolloutEvent Event) : RolloutAction;

    /// <summary>Update a stack: put <see cref="RolloutEvent.StackStarted"/> on record, bring the step's workload about, then put its end on record.</summary>
    public sealed record Update(StackStep Step, int Generation) : RolloutAction;

    /// <summary>Pull the images of a stack and try its manifests.</summary>
    public sealed record PreStage(StackStep Step) : RolloutAction;

    /// <summary>Collect evidence for a gate, judge it, put that on record. The same may be asked again while it is under way.</summary>
    public sealed record Evaluate(EvidenceRequest Request) : RolloutAction;

    /// <summary>Decide again at a time, or when something happens before.</summary>
    public sealed record Wait(DateTimeOffset Until) : RolloutAction;
}

/// <summary>What is seen of the world around a rollout that is not on its record.</summary>
public sealed record Observations
{
    /// <summary>Nothing in particular.</summary>
    public static Observations None { get; } = new();

    /// <summary>How many clusters of the fleet run unproven versions of other rollouts, and are not among those of this one.</summary>
    public int ExposedElsewhere { get; init; }
}
