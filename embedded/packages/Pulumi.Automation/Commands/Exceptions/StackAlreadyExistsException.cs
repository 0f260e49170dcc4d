namespace Pulumi.Automation.Commands.Exceptions;

/// <summary>A stack of that name exists already.</summary>
public class StackAlreadyExistsException : CommandException
{
    internal StackAlreadyExistsException(CommandResult result)
        : base(nameof(StackAlreadyExistsException), result)
    {
    }
}
