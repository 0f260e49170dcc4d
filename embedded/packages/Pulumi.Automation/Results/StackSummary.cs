namespace Pulumi.Automation;

/// <summary>A stack of a workspace.</summary>
public class StackSummary
{
    internal StackSummary()
    {
    }

    /// <summary>Its name.</summary>
    public string Name { get; internal init; } = "";

    /// <summary>Whether it is the one that commands without a stack mean.</summary>
    public bool IsCurrent { get; internal init; }

    /// <summary>When it was updated last.</summary>
    public DateTimeOffset? LastUpdate { get; internal init; }

    /// <summary>Whether it is being updated now.</summary>
    public bool IsUpdateInProgress { get; internal init; }

    /// <summary>How many resources it has.</summary>
    public int? ResourceCount { get; internal init; }

    /// <summary>Where to look at it with a browser.</summary>
    public string? Url { get; internal init; }
}
