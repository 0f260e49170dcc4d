namespace Pulumi.Automation.Events;

/// <summary>A message.</summary>
public class DiagnosticEvent
{
    internal DiagnosticEvent()
    {
    }

    /// <summary>The resource that it is about, if any.</summary>
    public string? Urn { get; internal init; }

    /// <summary>What a terminal shows before it.</summary>
    public string? Prefix { get; internal init; }

    /// <summary>The text; it may hold marks for colours.</summary>
    public string Message { get; internal init; } = "";

    /// <summary>How marks for colours are to be understood.</summary>
    public string Color { get; internal init; } = "";

    /// <summary>How grave it is: debug, info, info#err, warning or error.</summary>
    public string Severity { get; internal init; } = "";

    /// <summary>What messages that belong together have in common.</summary>
    public string? StreamId { get; internal init; }

    /// <summary>Whether it is only for a display that changes, and is not kept.</summary>
    public bool? Ephemeral { get; internal init; }
}

/// <summary>A text for the terminal.</summary>
public class StandardOutputEngineEvent
{
    internal StandardOutputEngineEvent()
    {
    }

    /// <summary>The text; it may hold marks for colours.</summary>
    public string Message { get; internal init; } = "";

    /// <summary>How marks for colours are to be understood.</summary>
    public string Color { get; internal init; } = "";
}

/// <summary>A policy has something to say.</summary>
public class PolicyEvent
{
    internal PolicyEvent()
    {
    }

    /// <summary>The resource that it is about, if any.</summary>
    public string? ResourceUrn { get; internal init; }

    /// <summary>The text; it may hold marks for colours.</summary>
    public string Message { get; internal init; } = "";

    /// <summary>How marks for colours are to be understood.</summary>
    public string Color { get; internal init; } = "";

    /// <summary>The policy.</summary>
    public string PolicyName { get; internal init; } = "";

    /// <summary>The pack that it belongs to.</summary>
    public string PolicyPackName { get; internal init; } = "";

    /// <summary>The pack's version.</summary>
    public string PolicyPackVersion { get; internal init; } = "";

    /// <summary>The pack's version as its author calls it.</summary>
    public string PolicyPackVersionTag { get; internal init; } = "";

    /// <summary>What follows from it: warning or mandatory.</summary>
    public string EnforcementLevel { get; internal init; } = "";
}
