using System.Diagnostics.Contracts;
using CliWrap.Builders;

namespace CliWrap;

/// <summary>A command line with all that it needs to run. It never changes: each With method gives a changed copy.</summary>
public partial class Command : ICommandConfiguration
{
    /// <summary>Makes a command from all its parts.</summary>
    public Command(
        string targetFilePath,
        string arguments,
        string workingDirPath,
        ResourcePolicy resourcePolicy,
        Credentials credentials,
        IReadOnlyDictionary<string, string?> environmentVariables,
        CommandResultValidation validation,
        PipeSource standardInputPipe,
        PipeTarget standardOutputPipe,
        PipeTarget standardErrorPipe)
    {
        TargetFilePath = targetFilePath;
        Arguments = arguments;
        WorkingDirPath = workingDirPath;
        ResourcePolicy = resourcePolicy;
        Credentials = credentials;
        EnvironmentVariables = environmentVariables;
        Validation = validation;
        StandardInputPipe = standardInputPipe;
        StandardOutputPipe = standardOutputPipe;
        StandardErrorPipe = standardErrorPipe;
    }

    /// <summary>Makes a command that runs a program without arguments in the current directory.</summary>
    public Command(string targetFilePath)
        : this(
            targetFilePath, "", Directory.GetCurrentDirectory(), ResourcePolicy.Default, Credentials.Default,
            new Dictionary<string, string?>(), CommandResultValidation.ZeroExitCode, PipeSource.Null, PipeTarget.Null, PipeTarget.Null)
    {
    }

    private Command(Command original)
        : this(
            original.TargetFilePath, original.Arguments, original.WorkingDirPath, original.ResourcePolicy, original.Credentials,
            original.EnvironmentVariables, original.Validation, original.StandardInputPipe, original.StandardOutputPipe,
            original.StandardErrorPipe)
    {
    }

    /// <inheritdoc/>
    public string TargetFilePath { get; private init; }

    /// <inheritdoc/>
    public string Arguments { get; private init; }

    /// <inheritdoc/>
    public string WorkingDirPath { get; private init; }

    /// <inheritdoc/>
    public ResourcePolicy ResourcePolicy { get; private init; }

    /// <inheritdoc/>
    public Credentials Credentials { get; private init; }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string?> EnvironmentVariables { get; private init; }

    /// <inheritdoc/>
    public CommandResultValidation Validation { get; private init; }

    /// <inheritdoc/>
    public PipeSource StandardInputPipe { get; private init; }

    /// <inheritdoc/>
    public PipeTarget StandardOutputPipe { get; private init; }

    /// <inheritdoc/>
    public PipeTarget StandardErrorPipe { get; private init; }

    /// <summary>The command with another program.</summary>
    [Pure]
    public Command WithTargetFile(string targetFilePath) => new(this) { TargetFilePath = targetFilePath };

    /// <summary>The command with a line of arguments that is quoted already (see <see cref="ArgumentsBuilder.Escape"/>).</summary>
    [Pure]
    public Command WithArguments(string arguments) => new(this) { Arguments = arguments };

    /// <summary>The command with the given arguments.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="escape">Whether they are still to be quoted; without it, spaces separate.</param>
    [Pure]
    public Command WithArguments(IEnumerable<string> arguments, bool escape) => WithArguments(builder => builder.Add(arguments, escape));

    /// <summary>The command with the given arguments, each passed as it is.</summary>
    [Pure]
    public Command WithArguments(IEnumerable<string> arguments) => WithArguments(arguments, escape: true);

    /// <summary>The command with the arguments that the builder is given.</summary>
    [Pure]
    public Command WithArguments(Action<ArgumentsBuilder> configure)
    {
        var builder = new ArgumentsBuilder();
        configure(builder);
        return WithArguments(builder.Build());
    }

    /// <summary>The command in another directory.</summary>
    [Pure]
    public Command WithWorkingDirectory(string workingDirPath) => new(this) { WorkingDirPath = workingDirPath };

    /// <summary>The command with other limits.</summary>
    [Pure]
    public Command WithResourcePolicy(ResourcePolicy resourcePolicy) => new(this) { ResourcePolicy = resourcePolicy };

    /// <summary>The command with the limits that the builder is given.</summary>
    [Pure]
    public Command WithResourcePolicy(Action<ResourcePolicyBuilder> configure)
    {
        var builder = new ResourcePolicyBuilder();
        configure(builder);
        return WithResourcePolicy(builder.Build());
    }

    /// <summary>The command as another user.</summary>
    [Pure]
    public Command WithCredentials(Credentials credentials) => new(this) { Credentials = credentials };

    /// <summary>The command as the user that the builder is given.</summary>
    [Pure]
    public Command WithCredentials(Action<CredentialsBuilder> configure)
    {
        var builder = new CredentialsBuilder();
        configure(builder);
        return WithCredentials(builder.Build());
    }

    /// <summary>The command with other changes to the inherited environment; null takes a variable away.</summary>
    [Pure]
    public Command WithEnvironmentVariables(IReadOnlyDictionary<string, string?> environmentVariables) =>
        new(this) { EnvironmentVariables = environmentVariables };

    /// <summary>The command with the changes to the environment that the builder is given.</summary>
    [Pure]
    public Command WithEnvironmentVariables(Action<EnvironmentVariablesBuilder> configure)
    {
        var builder = new EnvironmentVariablesBuilder();
        configure(builder);
        return WithEnvironmentVariables(builder.Build());
    }

    /// <summary>The command with another idea of failure.</summary>
    [Pure]
    public Command WithValidation(CommandResultValidation validation) => new(this) { Validation = validation };

    /// <summary>The command with another input.</summary>
    [Pure]
    public Command WithStandardInputPipe(PipeSource source) => new(this) { StandardInputPipe = source };

    /// <summary>The command with another place for its output.</summary>
    [Pure]
    public Command WithStandardOutputPipe(PipeTarget target) => new(this) { StandardOutputPipe = target };

    /// <summary>The command with another place for its error output.</summary>
    [Pure]
    public Command WithStandardErrorPipe(PipeTarget target) => new(this) { StandardErrorPipe = target };

    /// <summary>The program and its arguments.</summary>
    public override string ToString() => $"{TargetFilePath} {Arguments}";
}
