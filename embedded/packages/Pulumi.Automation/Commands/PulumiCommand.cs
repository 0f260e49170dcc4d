using Pulumi.Automation.Events;
using Semver;

namespace Pulumi.Automation.Commands;

/// <summary>An engine that takes the commands of the <c>pulumi</c> command line.</summary>
public abstract class PulumiCommand
{
    /// <summary>The version whose commands it takes; null if it is not known.</summary>
    public abstract SemVersion? Version { get; }

    /// <summary>Runs a command. It throws when the command fails.</summary>
    /// <param name="args">The command with its arguments.</param>
    /// <param name="workingDir">Where it runs.</param>
    /// <param name="additionalEnv">What is changed in the inherited environment; null takes a variable away.</param>
    /// <param name="onStandardOutput">Called for each line that it writes.</param>
    /// <param name="onStandardError">Called for each line that it writes as an error.</param>
    /// <param name="onEngineEvent">Called for each event.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public abstract Task<CommandResult> RunAsync(
        IList<string> args,
        string workingDir,
        IDictionary<string, string?> additionalEnv,
        Action<string>? onStandardOutput = null,
        Action<string>? onStandardError = null,
        Action<EngineEvent>? onEngineEvent = null,
        CancellationToken cancellationToken = default);

    /// <summary>Runs a command that reads an input. It throws when the command fails.</summary>
    /// <param name="args">The command with its arguments.</param>
    /// <param name="workingDir">Where it runs.</param>
    /// <param name="additionalEnv">What is changed in the inherited environment; null takes a variable away.</param>
    /// <param name="onStandardOutput">Called for each line that it writes.</param>
    /// <param name="onStandardError">Called for each line that it writes as an error.</param>
    /// <param name="stdIn">What it reads.</param>
    /// <param name="onEngineEvent">Called for each event.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public abstract Task<CommandResult> RunInputAsync(
        IList<string> args,
        string workingDir,
        IDictionary<string, string?> additionalEnv,
        Action<string>? onStandardOutput = null,
        Action<string>? onStandardError = null,
        string? stdIn = null,
        Action<EngineEvent>? onEngineEvent = null,
        CancellationToken cancellationToken = default);
}
