namespace Pulumi.Automation.Events;

/// <summary>A resource is about to be changed.</summary>
public class ResourcePreEvent
{
    internal ResourcePreEvent()
    {
    }

    /// <summary>What is done to which resource.</summary>
    public StepEventMetadata Metadata { get; internal init; } = new();

    /// <summary>Whether it is only a preview.</summary>
    public bool? Planning { get; internal init; }
}

/// <summary>A resource has been changed.</summary>
public class ResourceOutputsEvent
{
    internal ResourceOutputsEvent()
    {
    }

    /// <summary>What was done to which resource.</summary>
    public StepEventMetadata Metadata { get; internal init; } = new();

    /// <summary>Whether it is only a preview.</summary>
    public bool? Planning { get; internal init; }
}

/// <summary>A resource could not be changed.</summary>
public class ResourceOperationFailedEvent
{
    internal ResourceOperationFailedEvent()
    {
    }

    /// <summary>What was to be done to which resource.</summary>
    public StepEventMetadata Metadata { get; internal init; } = new();

    /// <summary>What is known of the resource: 0 its state is as before, 1 it was changed in part, 2 nothing.</summary>
    public int Status { get; internal init; }

    /// <summary>How many steps had been done.</summary>
    public int Steps { get; internal init; }
}
