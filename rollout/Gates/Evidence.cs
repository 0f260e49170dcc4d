using FogInfra.Rollout.Planning;

namespace FogInfra.Rollout.Gates;

/// <summary>What evidence, or a gate, says.</summary>
public enum Verdict
{
    /// <summary>It cannot be said yet. This never passes: it waits for more evidence, for a person, or for the gate's limit.</summary>
    Inconclusive,

    /// <summary>It is as it should be.</summary>
    Passed,

    /// <summary>It is not as it should be.</summary>
    Failed,
}

/// <summary>One observation on which a gate decides. It is kept in the history.</summary>
public sealed record Evidence
{
    /// <summary>The stack that it is about; null when it is about the ring as a whole.</summary>
    public StackId? Stack { get; init; }

    /// <summary>What it says about the gate's condition.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>What was seen, for example <c>services.web.readyReplicas = 1</c>, or why nothing was.</summary>
    public required string Value { get; init; }

    /// <summary>Where it was seen, for example <c>stack outputs</c> or the address of a service.</summary>
    public required string Source { get; init; }

    /// <summary>When it was so, by the runner's clock: the moment that the observation was made, not that it was fetched.</summary>
    public required DateTimeOffset ObservedAt { get; init; }

    /// <summary>The update of the stack that it belongs to, as the request named it; null when it is about the ring as a whole.</summary>
    public int? Generation { get; init; }
}
