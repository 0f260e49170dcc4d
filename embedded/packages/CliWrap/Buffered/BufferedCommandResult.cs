namespace CliWrap.Buffered;

/// <summary>How a command ended, with all that it wrote.</summary>
public class BufferedCommandResult : CommandResult
{
    /// <summary>Makes a result.</summary>
    public BufferedCommandResult(
        int exitCode, DateTimeOffset startTime, DateTimeOffset exitTime, string standardOutput, string standardError)
        : base(exitCode, startTime, exitTime)
    {
        StandardOutput = standardOutput;
        StandardError = standardError;
    }

    /// <summary>The output.</summary>
    public string StandardOutput { get; }

    /// <summary>The error output.</summary>
    public string StandardError { get; }

    /// <summary>The output.</summary>
    public static implicit operator string(BufferedCommandResult result) => result.StandardOutput;

    /// <summary>Takes the result apart.</summary>
    public void Deconstruct(out int exitCode, out string standardOutput, out string standardError)
    {
        exitCode = ExitCode;
        standardOutput = StandardOutput;
        standardError = StandardError;
    }
}
