namespace CliWrap;

/// <summary>What makes an ended process a failure.</summary>
[Flags]
public enum CommandResultValidation
{
    /// <summary>Nothing: every end is a result.</summary>
    None = 0,

    /// <summary>An exit code other than zero.</summary>
    ZeroExitCode = 1,
}
