namespace Pulumi.Automation.Events;

/// <summary>Something that happens while the engine works. One of the events in it is not null; none for kinds that are not known here.</summary>
public class EngineEvent
{
    internal EngineEvent()
    {
    }

    /// <summary>Counts the events of an operation.</summary>
    public int Sequence { get; internal init; }

    /// <summary>When it happened, in seconds since 1970-01-01 UTC.</summary>
    public int Timestamp { get; internal init; }

    /// <summary>There are no more events: the mark at the end of each operation, cancelled or not.</summary>
    public CancelEvent? CancelEvent { get; internal init; }

    /// <summary>A text for the terminal.</summary>
    public StandardOutputEngineEvent? StandardOutputEvent { get; internal init; }

    /// <summary>A message.</summary>
    public DiagnosticEvent? DiagnosticEvent { get; internal init; }

    /// <summary>The operation starts.</summary>
    public PreludeEvent? PreludeEvent { get; internal init; }

    /// <summary>The operation has ended.</summary>
    public SummaryEvent? SummaryEvent { get; internal init; }

    /// <summary>A resource is about to be changed.</summary>
    public ResourcePreEvent? ResourcePreEvent { get; internal init; }

    /// <summary>A resource has been changed.</summary>
    public ResourceOutputsEvent? ResourceOutputsEvent { get; internal init; }

    /// <summary>A resource could not be changed.</summary>
    public ResourceOperationFailedEvent? ResourceOperationFailedEvent { get; internal init; }

    /// <summary>A policy has something to say.</summary>
    public PolicyEvent? PolicyEvent { get; internal init; }
}

/// <summary>There are no more events.</summary>
public class CancelEvent
{
    internal CancelEvent()
    {
    }
}
