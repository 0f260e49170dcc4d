namespace Pulumi.Automation.Commands.Exceptions;

/// <summary>Another update of the stack is under way.</summary>
public sealed class ConcurrentUpdateException : CommandException
{
    internal ConcurrentUpdateException(CommandResult result)
        : base(nameof(ConcurrentUpdateException), result)
    {
    }
}
