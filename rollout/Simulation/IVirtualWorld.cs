using System.Collections.Immutable;
using FogInfra.Rollout.Gates;
using FogInfra.Rollout.Planning;
using FogInfra.Rollout.Running;

namespace FogInfra.Rollout.Simulation;

/// <summary>The world of a simulated rollout. Each answer says how something ends, and after how long; nothing really happens.</summary>
public interface IVirtualWorld
{
    /// <summary>The update of a stack that begins now.</summary>
    (StackResult Result, TimeSpan Duration) Update(StackStep step, int generation, Direction direction, DateTimeOffset now);

    /// <summary>An update that is ended because it takes too long, or because its runner was killed.</summary>
    /// <param name="step">The step.</param>
    /// <param name="killed">Whether nobody is told how it ends.</param>
    StackResult Interrupt(StackStep step, bool killed);

    /// <summary>The preparation of a stack.</summary>
    TimeSpan PreStage(StackStep step, DateTimeOffset now);

    /// <summary>Evidence for a gate, as it will be found after a while.</summary>
    (Func<DateTimeOffset, ImmutableArray<Evidence>> Evidence, TimeSpan Duration) Look(EvidenceRequest request, DateTimeOffset now);

    /// <summary>What is observed besides what is on record.</summary>
    Observations Observe(RolloutState state, DateTimeOffset now);
}
