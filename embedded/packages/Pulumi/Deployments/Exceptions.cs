namespace Pulumi;

/// <summary>A failure of a program whose message says all: it is shown without a stack trace.</summary>
public class RunException : Exception
{
    /// <summary>Makes a failure.</summary>
    /// <param name="message">What is wrong.</param>
    public RunException(string message)
        : base(message)
    {
    }

    /// <summary>Makes a failure.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">What caused it.</param>
    public RunException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Makes the failure of a class with properties that are marked as outputs but are none.</summary>
    /// <param name="outputAttributeNames">The outputs' names.</param>
    public static RunException OutputsHaveIncorrectType(IEnumerable<string> outputAttributeNames) =>
        new($"Properties marked with [Output] must be of type Output<T>; these are not: {string.Join(", ", outputAttributeNames)}.");
}

/// <summary>A failure of a resource.</summary>
public class ResourceException : Exception
{
    /// <summary>Makes a failure.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="resource">The resource.</param>
    /// <param name="hideStack">Whether the message says all, so that no stack trace is shown.</param>
    public ResourceException(string message, Resource? resource, bool hideStack = false)
        : base(message)
    {
        Resource = resource;
        HideStack = hideStack;
    }

    internal Resource? Resource { get; }

    internal bool HideStack { get; }
}

/// <summary>A message could not be given to the engine.</summary>
public class LogException : Exception
{
    /// <summary>Makes a failure.</summary>
    /// <param name="exception">What caused it.</param>
    public LogException(Exception exception)
        : base($"A message could not be given to the engine: {exception?.Message}", exception)
    {
    }
}
