namespace CliWrap;

/// <summary>How a command ended.</summary>
public class CommandResult
{
    /// <summary>Makes a result.</summary>
    public CommandResult(int exitCode, DateTimeOffset startTime, DateTimeOffset exitTime)
    {
        ExitCode = exitCode;
        StartTime = startTime;
        ExitTime = exitTime;
    }

    /// <summary>What the process returned.</summary>
    public int ExitCode { get; }

    /// <summary>Whether the exit code is zero.</summary>
    public bool IsSuccess => ExitCode == 0;

    /// <summary>When the process started.</summary>
    public DateTimeOffset StartTime { get; }

    /// <summary>When it had ended.</summary>
    public DateTimeOffset ExitTime { get; }

    /// <summary>How long it ran.</summary>
    public TimeSpan RunTime => ExitTime - StartTime;

    /// <summary>The exit code.</summary>
    public static implicit operator int(CommandResult result) => result.ExitCode;

    /// <summary>Whether the command succeeded.</summary>
    public static implicit operator bool(CommandResult result) => result.IsSuccess;
}
