using System.Collections.Immutable;
using Pulumi.Automation.Commands;
using Pulumi.Automation.Events;

namespace Pulumi.Automation;

/// <summary>A project with its stacks, and the engine that works on them.</summary>
public abstract partial class Workspace : IDisposable
{
    internal Workspace(PulumiCommand command) => Command = command;

    /// <summary>The project's folder.</summary>
    public abstract string WorkDir { get; }

    /// <summary>The folder in which <c>pulumi</c> keeps what belongs to the user; null for its usual place.</summary>
    public abstract string? PulumiHome { get; }

    /// <summary>The engine's version.</summary>
    public abstract string PulumiVersion { get; }

    /// <summary>What encrypts the secrets of new stacks; null for the backend's choice.</summary>
    public abstract string? SecretsProvider { get; }

    /// <summary>The program, if it runs in this process.</summary>
    public abstract PulumiFn? Program { get; set; }

    /// <summary>What is changed in the environment that the engine inherits; null takes a variable away.</summary>
    public abstract IDictionary<string, string?>? EnvironmentVariables { get; set; }

    internal PulumiCommand Command { get; }

    /// <summary>The arguments that each command on a stack gets in addition.</summary>
    public abstract Task<ImmutableList<string>> SerializeArgsForOpAsync(string stackName, CancellationToken cancellationToken = default);

    /// <summary>Called when a command on a stack has succeeded.</summary>
    public abstract Task PostCommandCallbackAsync(string stackName, CancellationToken cancellationToken = default);

    /// <summary>Who uses the backend.</summary>
    public abstract Task<WhoAmIResult> WhoAmIAsync(CancellationToken cancellationToken = default);

    /// <summary>Lets go of what the workspace holds.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>What is changed in the environment that the engine inherits, all told.</summary>
    internal Dictionary<string, string?> BuildEnvironment()
    {
        var variables = new Dictionary<string, string?>();
        if (!string.IsNullOrWhiteSpace(PulumiHome))
        {
            variables["PULUMI_HOME"] = PulumiHome;
        }

        foreach (var (name, value) in EnvironmentVariables ?? ImmutableDictionary<string, string?>.Empty)
        {
            variables[name] = value;
        }

        return variables;
    }

    internal Task<CommandResult> RunCommandAsync(IList<string> arguments, CancellationToken cancellationToken, string? input = null) =>
        Command.RunInputAsync(
            arguments, WorkDir, BuildEnvironment(), null, null, stdIn: input, onEngineEvent: null, cancellationToken);

    internal async Task<CommandResult> RunStackCommandAsync(
        string stackName,
        IList<string> arguments,
        Action<string>? onStandardOutput,
        Action<string>? onStandardError,
        Action<EngineEvent>? onEvent,
        CancellationToken cancellationToken)
    {
        var added = await SerializeArgsForOpAsync(stackName, cancellationToken).ConfigureAwait(false);
        var result = await Command.RunInputAsync(
                [.. arguments, .. added],
                WorkDir,
                BuildEnvironment(),
                onStandardOutput,
                onStandardError,
                stdIn: null,
                onEvent,
                cancellationToken)
            .ConfigureAwait(false);
        await PostCommandCallbackAsync(stackName, cancellationToken).ConfigureAwait(false);
        return result;
    }

    /// <summary>Lets go of what the workspace holds.</summary>
    /// <param name="disposing">Whether it is not the garbage collector that asks.</param>
    protected virtual void Dispose(bool disposing)
    {
    }
}
