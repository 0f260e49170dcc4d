namespace Pulumi.Automation.Exceptions;

/// <summary>A command succeeded, but an event that it must send did not come.</summary>
public class MissingExpectedEventException : Exception
{
    internal MissingExpectedEventException(string name, string? message)
        : base(message) => Name = name;

    /// <summary>The kind of event.</summary>
    public string Name { get; }
}
