using System.Collections.Immutable;

namespace Pulumi.Automation;

/// <summary>An entry of a stack's history.</summary>
public sealed class UpdateSummary
{
    internal UpdateSummary()
    {
    }

    /// <summary>What was done.</summary>
    public UpdateKind Kind { get; internal init; }

    /// <summary>When it began.</summary>
    public DateTimeOffset StartTime { get; internal init; }

    /// <summary>What the user said about it.</summary>
    public string Message { get; internal init; } = "";

    /// <summary>Where it was done from.</summary>
    public IImmutableDictionary<string, string> Environment { get; internal init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The stack's configuration at that time.</summary>
    public IImmutableDictionary<string, ConfigValue> Config { get; internal init; } = ImmutableDictionary<string, ConfigValue>.Empty;

    /// <summary>How it ended.</summary>
    public UpdateState Result { get; internal init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset EndTime { get; internal init; }

    /// <summary>Its number.</summary>
    public int? Version { get; internal init; }

    /// <summary>The state that it left, if it was asked for.</summary>
    public string? Deployment { get; internal init; }

    /// <summary>How many resources were changed in which way.</summary>
    public IImmutableDictionary<OperationType, int>? ResourceChanges { get; internal init; }
}

/// <summary>What was done to a stack.</summary>
public enum UpdateKind
{
    /// <summary>Its resources were brought to what the program says.</summary>
    Update = 0,

    /// <summary>It was looked at what an update would do.</summary>
    Preview = 1,

    /// <summary>Its state was put right.</summary>
    Refresh = 2,

    /// <summary>It got another name.</summary>
    Rename = 3,

    /// <summary>Its resources were deleted.</summary>
    Destroy = 4,

    /// <summary>Its state was given to it.</summary>
    Import = 5,

    /// <summary>Resources that exist were taken into it.</summary>
    ResourceImport = 6,
}

/// <summary>How far an update has come.</summary>
public enum UpdateState
{
    /// <summary>It has not started.</summary>
    NotStarted = 0,

    /// <summary>It is under way.</summary>
    InProgress = 1,

    /// <summary>It has succeeded.</summary>
    Succeeded = 2,

    /// <summary>It has failed.</summary>
    Failed = 3,
}
