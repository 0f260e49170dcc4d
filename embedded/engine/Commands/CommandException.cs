using FogInfra.Embedded.Engine.Backend;
using FogInfra.Embedded.Engine.Projects;
using FogInfra.Embedded.Engine.Secrets;
using FogInfra.Embedded.Engine.State;

namespace FogInfra.Embedded.Engine.Commands;

/// <summary>A command that cannot go on; the message is for the user.</summary>
internal sealed class CommandException(string message, int exitCode = ExitCode.Failure) : Exception(message)
{
    /// <summary>The exit code of the command.</summary>
    public int ExitCode { get; } = exitCode;
}

/// <summary>What a command that failed says.</summary>
/// <param name="Message">The text.</param>
/// <param name="ExitCode">The exit code.</param>
internal sealed record CommandFailure(string Message, int ExitCode)
{
    /// <summary>What to say of an exception; null when it is not of a kind that users can act on.</summary>
    public static CommandFailure? TryExplain(Exception exception, CancellationToken canceled) => exception switch
    {
        CommandException failure => new CommandFailure(failure.Message, failure.ExitCode),
        BackendException { Problem: BackendProblem.StackNotFound } => new CommandFailure(exception.Message, Commands.ExitCode.StackNotFound),
        BackendException or ProjectException or SecretsException or SnapshotException => new CommandFailure(exception.Message, Commands.ExitCode.Failure),
        IOException or UnauthorizedAccessException => new CommandFailure(exception.Message, Commands.ExitCode.Failure),
        OperationCanceledException when canceled.IsCancellationRequested => new CommandFailure("the command was cancelled", Commands.ExitCode.Canceled),
        _ => null,
    };
}
