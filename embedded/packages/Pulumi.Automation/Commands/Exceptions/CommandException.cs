using System.Text.RegularExpressions;

namespace Pulumi.Automation.Commands.Exceptions;

/// <summary>A command of the engine failed.</summary>
public partial class CommandException : Exception
{
    internal CommandException(CommandResult result)
        : this(nameof(CommandException), result)
    {
    }

    internal CommandException(string name, CommandResult result)
        : base(result.ToString()) => Name = name;

    /// <summary>The kind of failure: the name of the exception's class.</summary>
    public string Name { get; }

    /// <summary>The exception that a failed command's error output stands for.</summary>
    internal static CommandException Create(CommandResult result) => result.StandardError switch
    {
        var error when StackNotFound().IsMatch(error) => new StackNotFoundException(result),
        var error when StackAlreadyExists().IsMatch(error) => new StackAlreadyExistsException(result),
        var error when ConcurrentUpdate().IsMatch(error) => new ConcurrentUpdateException(result),
        _ => new CommandException(result),
    };

    [GeneratedRegex("no stack named.*found")]
    private static partial Regex StackNotFound();

    [GeneratedRegex("stack.*already exists")]
    private static partial Regex StackAlreadyExists();

    // What Pulumi's service says, and what a backend that is a folder or a bucket says.
    [GeneratedRegex(@"\[409\] Conflict: Another update is currently in progress\.|the stack is currently locked by")]
    private static partial Regex ConcurrentUpdate();
}
