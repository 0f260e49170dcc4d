using System.Collections.Immutable;
using FogInfra.Embedded.Engine.State;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;

namespace FogInfra.Embedded.Engine.Steps;

/// <summary>One step of a run: what is done to one resource. Says what to do; doing it is the executor's part.</summary>
internal sealed record Step
{
    /// <summary>What is done.</summary>
    public required StepOp Op { get; init; }

    /// <summary>The entry of the state before that the step is about; null for what is new.</summary>
    public ResourceEntry? OldEntry { get; init; }

    /// <summary>The resource before; null for what is new.</summary>
    public ResourceState? Old { get; init; }

    /// <summary>The resource after, as far as it is known beforehand; null for a delete.</summary>
    public ResourceState? New { get; init; }

    /// <summary>What changes and replaces.</summary>
    public ResourceDiff Diff { get; init; } = ResourceDiff.None;

    /// <summary>Paths of inputs whose changes do not count.</summary>
    public ImmutableArray<string> IgnoreChanges { get; init; } = [];

    /// <summary>A resource that is new but not a target: it is left out, and the program goes on as if it were to come.</summary>
    public bool IsSkippedCreate { get; init; }

    /// <summary>An earlier run began this create and did not live to see its end, so what it creates may be there.</summary>
    public bool MayExist { get; init; }

    /// <summary>A delete that comes before its resource is created anew.</summary>
    public bool IsDeleteBeforeReplace { get; init; }

    /// <summary>The resource.</summary>
    public Urn Urn => Resource.Urn;

    /// <summary>The resource after, or for a delete before.</summary>
    public ResourceState Resource => New ?? Old ?? throw new InvalidOperationException("A step needs a resource.");

    /// <summary>A step that users are not shown: that of a default provider, or mere tidying.</summary>
    public bool IsInternal => Op == StepOp.RemovePendingReplace || DefaultProviderName.Is(Urn);
}

/// <summary>How a resource's new inputs differ from its state.</summary>
internal sealed record ResourceDiff
{
    /// <summary>Nothing differs.</summary>
    public static ResourceDiff None { get; } = new();

    /// <summary>Whether anything differs.</summary>
    public bool HasChanges { get; init; }

    /// <summary>The properties on whose account the resource is replaced.</summary>
    public ImmutableArray<string> ReplaceKeys { get; init; } = [];

    /// <summary>The properties that change.</summary>
    public ImmutableArray<string> ChangedKeys { get; init; } = [];

    /// <summary>The changes by path; null when they are not known in detail.</summary>
    public ImmutableSortedDictionary<string, PropertyDiff>? Detailed { get; init; }

    /// <summary>The old resource must go before the new one comes.</summary>
    public bool DeleteBeforeReplace { get; init; }

    /// <summary>The resource must be replaced.</summary>
    public bool IsReplace => HasChanges && (!ReplaceKeys.IsEmpty || (Detailed?.Values.Any(diff => diff.IsReplace) ?? false));

    /// <summary>A replacement on account of one property.</summary>
    public static ResourceDiff ReplaceFor(string key) => new() { HasChanges = true, ReplaceKeys = [key] };
}
