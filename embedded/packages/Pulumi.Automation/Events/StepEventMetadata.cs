using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pulumi.Automation.Events;

/// <summary>What is done to which resource.</summary>
public class StepEventMetadata
{
    internal StepEventMetadata()
    {
    }

    /// <summary>What is done.</summary>
    public OperationType Op { get; internal init; }

    /// <summary>The resource.</summary>
    public string Urn { get; internal init; } = "";

    /// <summary>The resource's type.</summary>
    public string Type { get; internal init; } = "";

    /// <summary>Its state before, if there was one.</summary>
    public StepEventStateMetadata? Old { get; internal init; }

    /// <summary>Its state afterwards, if there will be one.</summary>
    public StepEventStateMetadata? New { get; internal init; }

    /// <summary>The properties for which it must be replaced.</summary>
    public ImmutableArray<string>? Keys { get; internal init; }

    /// <summary>The properties that change.</summary>
    public ImmutableArray<string>? Diffs { get; internal init; }

    /// <summary>How they change, by their paths.</summary>
    public IImmutableDictionary<string, PropertyDiff>? DetailedDiff { get; internal init; }

    /// <summary>Whether it is a step of its own, not a half of a replacement.</summary>
    public bool? Logical { get; internal init; }

    /// <summary>The provider that does it.</summary>
    public string Provider { get; internal init; } = "";
}

/// <summary>A resource's state.</summary>
public class StepEventStateMetadata
{
    internal StepEventStateMetadata()
    {
    }

    /// <summary>The resource.</summary>
    public string Urn { get; internal init; } = "";

    /// <summary>Its type.</summary>
    public string Type { get; internal init; } = "";

    /// <summary>Whether a provider manages it.</summary>
    public bool? Custom { get; internal init; }

    /// <summary>Whether it has been replaced and is still to be deleted.</summary>
    public bool? Delete { get; internal init; }

    /// <summary>The provider's name for it.</summary>
    public string Id { get; internal init; } = "";

    /// <summary>The resource that it is a part of.</summary>
    public string Parent { get; internal init; } = "";

    /// <summary>Whether it must not be deleted.</summary>
    public bool? Protect { get; internal init; }

    /// <summary>What the program gave it; secrets are masked. An event without it cannot be read.</summary>
    [JsonRequired]
    public IImmutableDictionary<string, object> Inputs
    {
        get;
        internal init => field = value ?? throw new JsonException("A state's 'inputs' must be an object.");
    } = ImmutableDictionary<string, object>.Empty;

    /// <summary>What the provider gave it; secrets are masked. An event without it cannot be read.</summary>
    [JsonRequired]
    public IImmutableDictionary<string, object> Outputs
    {
        get;
        internal init => field = value ?? throw new JsonException("A state's 'outputs' must be an object.");
    } = ImmutableDictionary<string, object>.Empty;

    /// <summary>The provider that manages it.</summary>
    public string Provider { get; internal init; } = "";

    /// <summary>What failed after it was made.</summary>
    public ImmutableArray<string>? InitErrors { get; internal init; }
}

/// <summary>How a property changes.</summary>
public class PropertyDiff
{
    internal PropertyDiff()
    {
    }

    /// <summary>The kind of change.</summary>
    public DiffKind Kind { get; internal init; }

    /// <summary>Whether the new input was compared with the old input, not with the old output.</summary>
    public bool InputDiff { get; internal init; }
}

/// <summary>The kind of a property's change.</summary>
public enum DiffKind
{
    /// <summary>It is new.</summary>
    Add = 0,

    /// <summary>It is new, and the resource must be replaced.</summary>
    AddReplace = 1,

    /// <summary>It goes.</summary>
    Delete = 2,

    /// <summary>It goes, and the resource must be replaced.</summary>
    DeleteReplace = 3,

    /// <summary>It gets another value.</summary>
    Update = 4,

    /// <summary>It gets another value, and the resource must be replaced.</summary>
    UpdateReplace = 5,
}
