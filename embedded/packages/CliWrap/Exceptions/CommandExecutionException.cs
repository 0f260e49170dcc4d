namespace CliWrap.Exceptions;

/// <summary>A command ended in a way that its <see cref="CommandResultValidation"/> calls a failure.</summary>
public class CommandExecutionException : CliWrapException
{
    /// <summary>Makes an error.</summary>
    public CommandExecutionException(ICommandConfiguration command, int exitCode, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Command = command;
        ExitCode = exitCode;
    }

    /// <summary>Makes an error.</summary>
    public CommandExecutionException(ICommandConfiguration command, int exitCode, string message)
        : this(command, exitCode, message, null)
    {
    }

    /// <summary>What was run.</summary>
    public ICommandConfiguration Command { get; }

    /// <summary>What the process returned.</summary>
    public int ExitCode { get; }
}
