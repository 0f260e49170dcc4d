using System.Collections.Immutable;
using FogInfra.Embedded.Engine.State;
using FogInfra.Embedded.Engine.Steps;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Engine.Deploying;

/// <summary>What is to be done for one registration.</summary>
/// <param name="Steps">The steps, in order; none when there is nothing left to do.</param>
internal sealed record StepPlan(ImmutableArray<Step> Steps)
{
    /// <summary>Entries of other resources that the steps delete before their turn.</summary>
    public ImmutableArray<CondemnedDependent> Condemned { get; init; } = [];

    /// <summary>A plan of some steps.</summary>
    public static StepPlan Of(params ReadOnlySpan<Step> steps) => new([.. steps]);
}

/// <summary>An entry that is deleted because of a replacement, with the promise of its end.</summary>
internal sealed record CondemnedDependent(ResourceEntry Entry, ImmutableArray<string> ReplaceKeys)
{
    private readonly TaskCompletionSource<bool> _deleted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What others see of it.</summary>
    public CondemnedEntry Condemnation => new(ReplaceKeys, _deleted.Task);

    /// <summary>Tells those who wait whether it is deleted.</summary>
    public void Settle() => _deleted.TrySetResult(Entry.IsRemoved || Entry.State.PendingReplacement);
}

/// <summary>A registration that is to be planned.</summary>
internal sealed record PlanRequest
{
    /// <summary>The registration.</summary>
    public required Registration Registration { get; init; }

    /// <summary>What the program wants.</summary>
    public required Goal Goal { get; init; }

    /// <summary>The state that it leads to, so far.</summary>
    public required ResourceState New { get; init; }

    /// <summary>The entry of the state before; null for a new resource.</summary>
    public ResourceEntry? OldEntry { get; init; }

    /// <summary>The resource before; null for a new one.</summary>
    public ResourceState? Old { get; init; }

    /// <summary>That the entry was deleted before its turn; null when it was not.</summary>
    public CondemnedEntry? Condemned { get; init; }

    /// <summary>The old state has just been read in.</summary>
    public bool IsImported { get; init; }

    /// <summary>The resource.</summary>
    public Urn Urn => New.Urn;
}
