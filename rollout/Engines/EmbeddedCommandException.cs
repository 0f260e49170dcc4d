namespace FogInfra.Rollout.Engines;

/// <summary>A command of the embedded engine that failed. The Automation API's own exceptions cannot be made outside of it.</summary>
/// <param name="exitCode">The command's exit code.</param>
/// <param name="message">What it said on standard error.</param>
internal sealed class EmbeddedCommandException(int exitCode, string message) : Exception(message)
{
    /// <summary>The command's exit code.</summary>
    public int ExitCode { get; } = exitCode;
}
