using System.Collections.Immutable;
using FogInfra.Model;
using FogInfra.Rollout.Planning;

namespace FogInfra.Rollout.Preview;

/// <summary>What a rollout would do, resource by resource, to every stack that it touches. Nothing has been touched to find out.</summary>
public sealed record FleetPreview
{
    /// <summary>The fleet's name.</summary>
    public required string Fleet { get; init; }

    /// <summary>The rings, in the order in which they are taken.</summary>
    public required ImmutableArray<PreviewedRing> Rings { get; init; }

    /// <summary>The stacks, in the order in which they are taken.</summary>
    public required ImmutableArray<StackPreview> Stacks { get; init; }

    /// <summary>How long the rollout is expected to take; null when nothing is known of it.</summary>
    public string? ExpectedDuration { get; init; }

    /// <summary>The options by which the same change is rolled out, for the commands to go on with.</summary>
    public ImmutableArray<string> Arguments { get; init; } = [];

    /// <summary>The stacks that would change.</summary>
    public IEnumerable<StackPreview> Changed => Stacks.Where(stack => !stack.Changes.IsEmpty);

    /// <summary>The stacks whose preview failed.</summary>
    public IEnumerable<StackPreview> Failed => Stacks.Where(stack => !stack.Failures.IsEmpty);
}

/// <summary>A ring of a preview.</summary>
/// <param name="Name">The name.</param>
/// <param name="Gates">What must hold before the next ring is touched, in words.</param>
public sealed record PreviewedRing(string Name, ImmutableArray<string> Gates);

/// <summary>What a rollout would do to one stack.</summary>
public sealed record StackPreview
{
    /// <summary>The stack.</summary>
    public required StackId Stack { get; init; }

    /// <summary>The ring of its cluster.</summary>
    public required string Ring { get; init; }

    /// <summary>The layer of its cluster.</summary>
    public required Layer Layer { get; init; }

    /// <summary>The cluster that its own hangs on, or null.</summary>
    public string? Parent { get; init; }

    /// <summary>The resources that change, those first that deserve most attention.</summary>
    public ImmutableArray<ResourceChange> Changes { get; init; } = [];

    /// <summary>How many resources stay as they are; null when the stack was not looked into, because nothing about it changes.</summary>
    public int? Unchanged { get; init; }

    /// <summary>Why the preview failed; empty when it did not.</summary>
    public ImmutableArray<string> Failures { get; init; } = [];

    /// <summary>How many resources an operation concerns.</summary>
    public int Count(ResourceOperation operation) => Changes.Count(change => change.Operation == operation);
}
