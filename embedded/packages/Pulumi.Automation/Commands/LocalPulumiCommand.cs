using System.Text;
using CliWrap;
using Pulumi.Automation.Commands.Exceptions;
using Pulumi.Automation.Events;
using Semver;

namespace Pulumi.Automation.Commands;

/// <summary>The <c>pulumi</c> that is found on PATH.</summary>
public class LocalPulumiCommand : PulumiCommand
{
    /// <summary>The environment variable that, whatever it holds, says that any version will do.</summary>
    public const string SkipVersionCheckVar = "PULUMI_AUTOMATION_API_SKIP_VERSION_CHECK";

    private const string Executable = "pulumi";

    private LocalPulumiCommand(SemVersion? version) => Version = version;

    /// <inheritdoc/>
    public override SemVersion? Version { get; }

    /// <summary>Looks for <c>pulumi</c> and asks its version.</summary>
    /// <param name="options">Which version is wanted.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">There is no <c>pulumi</c> on PATH.</exception>
    /// <exception cref="InvalidOperationException">Its version will not do.</exception>
    public static async Task<LocalPulumiCommand> CreateAsync(
        LocalPulumiCommandOptions? options = null, CancellationToken cancellationToken = default)
    {
        var isAnyVersionFine = options?.SkipVersionCheck ?? Environment.GetEnvironmentVariable(SkipVersionCheckVar) is not null;
        var output = new StringBuilder();
        var result = await Cli.Wrap(Executable)
            .WithArguments("version")
            .WithEnvironmentVariables(variables => variables.Set("PULUMI_SKIP_UPDATE_CHECK", "true"))
            .WithStandardOutputPipe(PipeTarget.ToStringBuilder(output))
            .WithStandardErrorPipe(PipeTarget.ToStream(Stream.Null))
            .WithValidation(CommandResultValidation.None)
            .ExecuteAsync(cancellationToken)
            .ConfigureAwait(false);
        return result.IsSuccess
            ? new LocalPulumiCommand(VersionCheck.Check(output.ToString(), options?.Version, isAnyVersionFine))
            : throw new InvalidOperationException($"'{Executable} version' ended with the exit code {result.ExitCode}: {output}");
    }

    /// <inheritdoc/>
    public override Task<CommandResult> RunAsync(
        IList<string> args,
        string workingDir,
        IDictionary<string, string?> additionalEnv,
        Action<string>? onStandardOutput = null,
        Action<string>? onStandardError = null,
        Action<EngineEvent>? onEngineEvent = null,
        CancellationToken cancellationToken = default) =>
        RunInputAsync(
            args, workingDir, additionalEnv, onStandardOutput, onStandardError, stdIn: null, onEngineEvent, cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="CommandException">The exit code is not zero; which kind of exception it is, the error output decides.</exception>
    public override async Task<CommandResult> RunInputAsync(
        IList<string> args,
        string workingDir,
        IDictionary<string, string?> additionalEnv,
        Action<string>? onStandardOutput = null,
        Action<string>? onStandardError = null,
        string? stdIn = null,
        Action<EngineEvent>? onEngineEvent = null,
        CancellationToken cancellationToken = default)
    {
        if (onEngineEvent is null)
        {
            return await ExecuteAsync(eventLog: null).ConfigureAwait(false);
        }

        var sink = new EventSink(onEngineEvent);
        var receiver = await EventReceiver.StartAsync(Version, sink, cancellationToken).ConfigureAwait(false);
        await using (receiver.ConfigureAwait(false))
        {
            try
            {
                return await ExecuteAsync(receiver.Location).ConfigureAwait(false);
            }
            finally
            {
                // Also after a failure: the events tell why.
                await receiver.CompleteAsync().ConfigureAwait(false);
                sink.ThrowIfFailed();
            }
        }

        async Task<CommandResult> ExecuteAsync(string? eventLog)
        {
            var (output, error) = (new StringBuilder(), new StringBuilder());
            var ended = await Cli.Wrap(Executable)
                .WithArguments(PulumiArguments.Complete(args, eventLog))
                .WithWorkingDirectory(workingDir)
                .WithEnvironmentVariables(PulumiArguments.CompleteEnvironment(additionalEnv, eventLog))
                .WithStandardInputPipe(stdIn is null ? PipeSource.Null : PipeSource.FromString(stdIn))
                .WithStandardOutputPipe(Keep(output, onStandardOutput))
                .WithStandardErrorPipe(Keep(error, onStandardError))
                .WithValidation(CommandResultValidation.None)
                .ExecuteAsync(cancellationToken)
                .ConfigureAwait(false);
            var result = new CommandResult(ended.ExitCode, output.ToString(), error.ToString());
            return ended.IsSuccess ? result : throw CommandException.Create(result);
        }
    }

    private static PipeTarget Keep(StringBuilder text, Action<string>? onLine) => onLine is null
        ? PipeTarget.ToStringBuilder(text)
        : PipeTarget.Merge(PipeTarget.ToStringBuilder(text), PipeTarget.ToDelegate(onLine));
}
