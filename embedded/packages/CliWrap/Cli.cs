namespace CliWrap;

/// <summary>Where a command starts.</summary>
public static class Cli
{
    /// <summary>A command that runs the given program without arguments.</summary>
    /// <param name="targetFilePath">The program: a path, or a name that is looked for on PATH.</param>
    public static Command Wrap(string targetFilePath) => new(targetFilePath);
}
