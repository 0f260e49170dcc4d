using System.Collections.Immutable;
using System.Text.Json.Nodes;
using FogInfra.Model;
using FogInfra.Rollout.Planning;

namespace FogInfra.Rollout.Gates;

/// <summary>What a gate asks about.</summary>
public sealed record EvidenceRequest
{
    /// <summary>The ring, or the part of one, by name.</summary>
    public required string Ring { get; init; }

    /// <summary>The gate.</summary>
    public required Gate Gate { get; init; }

    /// <summary>The stacks that the rollout touched in it.</summary>
    public required ImmutableArray<GateSubject> Subjects { get; init; }

    /// <summary>When the last of them was updated; when the gate was first asked, for a gate before the ring. What is older says nothing.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>
    /// When it was asked, by the runner's clock. What is seen from then on is at least as fresh; what a source knows to be older, it
    /// counts back from here, so that no two clocks are ever compared.
    /// </summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>The clusters of the ring that a comparison is made with.</summary>
    public ImmutableArray<string> Baseline { get; init; } = [];
}

/// <summary>A stack that a gate asks about.</summary>
/// <param name="Step">What was done to it.</param>
/// <param name="Generation">The number of its last update in this rollout; evidence about an earlier one says nothing.</param>
/// <param name="UpdatedAt">When that update ended.</param>
/// <param name="Outputs">The outputs of its cluster after that update; null when there are none.</param>
public sealed record GateSubject(StackStep Step, int Generation, DateTimeOffset UpdatedAt, JsonObject? Outputs);

/// <summary>Looks at the world for gates. One for each kind of gate; whether what it brings is fresh, and what follows, is not for it to decide.</summary>
public interface IEvidenceSource
{
    /// <summary>Whether it knows where to look for a gate.</summary>
    bool Handles(Gate gate);

    /// <summary>Looks. Where it cannot, it brings evidence that is inconclusive, with the reason; an exception counts as that.</summary>
    Task<ImmutableArray<Evidence>> CollectAsync(EvidenceRequest request, CancellationToken cancellationToken);
}
