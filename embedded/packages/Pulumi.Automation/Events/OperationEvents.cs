using System.Collections.Immutable;

namespace Pulumi.Automation.Events;

/// <summary>An operation starts.</summary>
public class PreludeEvent
{
    internal PreludeEvent()
    {
    }

    /// <summary>The stack's configuration; secrets are masked.</summary>
    public IImmutableDictionary<string, string> Config { get; internal init; } = ImmutableDictionary<string, string>.Empty;
}

/// <summary>An operation has ended.</summary>
public class SummaryEvent
{
    internal SummaryEvent()
    {
    }

    /// <summary>Whether the state may not say what really is.</summary>
    public bool MaybeCorrupt { get; internal init; }

    /// <summary>How long it took, in seconds.</summary>
    public int DurationSeconds { get; internal init; }

    /// <summary>How many resources were changed in which way.</summary>
    public IImmutableDictionary<OperationType, int> ResourceChanges { get; internal init; } = ImmutableDictionary<OperationType, int>.Empty;

    /// <summary>The policy packs that were run, with their versions.</summary>
    public IImmutableDictionary<string, string> PolicyPacks { get; internal init; } = ImmutableDictionary<string, string>.Empty;
}
