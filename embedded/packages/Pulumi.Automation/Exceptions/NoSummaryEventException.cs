using Pulumi.Automation.Events;

namespace Pulumi.Automation.Exceptions;

/// <summary>A preview succeeded without an event that says what would change.</summary>
public sealed class NoSummaryEventException : MissingExpectedEventException
{
    internal NoSummaryEventException(string? message)
        : base(nameof(SummaryEvent), message)
    {
    }
}
