using System.Collections;
using System.Collections.Immutable;
using FogInfra.Clusters.Provider;
using FogInfra.Embedded.Engine;
using FogInfra.Embedded.Kubernetes;
using FogInfra.Embedded.Provider;
using Pulumi.Automation.Commands;
using Pulumi.Automation.Events;
using Pulumi.Automation.Serialization;
using Semver;

namespace FogInfra.Rollout.Engines;

/// <summary>The embedded engine in the place of the <c>pulumi</c> executable, for the Automation API.</summary>
internal sealed class EmbeddedPulumiCommand : PulumiCommand
{
    private readonly PulumiCommandLine _commandLine;
    private readonly LocalSerializer _serializer = new();

    private EmbeddedPulumiCommand(PulumiCommandLine commandLine) => _commandLine = commandLine;

    /// <inheritdoc/>
    public override SemVersion Version => SemVersion.Parse(_commandLine.Version.TrimStart('v'), SemVersionStyles.Strict);

    /// <summary>Makes the engine, with the providers that run in this process.</summary>
    public static EmbeddedPulumiCommand Create(TimeProvider time) => new(CommandLine(time));

    /// <summary>The engine's own command line.</summary>
    public static PulumiCommandLine CommandLine(TimeProvider time) => new(new PulumiCommandLineOptions
    {
        Clock = time,
        Providers = ImmutableDictionary<string, Func<IProviderHost, IResourceProvider>>.Empty
            .Add("kubernetes", host => new KubernetesProvider(host, new KubernetesProviderOptions { Time = time }))
            .Add("fog", host => new FogProvider(host, new FogProviderOptions { Time = time })),
    });

    /// <inheritdoc/>
    public override Task<CommandResult> RunAsync(
        IList<string> args,
        string workingDir,
        IDictionary<string, string?> additionalEnv,
        Action<string>? onStandardOutput = null,
        Action<string>? onStandardError = null,
        Action<EngineEvent>? onEngineEvent = null,
        CancellationToken cancellationToken = default) =>
        RunInputAsync(args, workingDir, additionalEnv, onStandardOutput, onStandardError, null, onEngineEvent, cancellationToken);

    /// <inheritdoc/>
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
        using var output = new LineWriter(onStandardOutput);
        using var error = new LineWriter(onStandardError);
        var exitCode = await _commandLine.RunAsync(
            new CommandInvocation
            {
                Arguments = NonInteractive(args),
                WorkingDirectory = workingDir,
                Environment = EnvironmentWith(additionalEnv),
                StandardInput = new StringReader(stdIn ?? ""),
                StandardOutput = output,
                StandardError = error,
                OnEngineEvent = onEngineEvent is null ? null : json => onEngineEvent(_serializer.DeserializeJson<EngineEvent>(json)),
            },
            cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return exitCode == 0
            ? new CommandResult(exitCode, output.Text, error.Text)
            : throw new EmbeddedCommandException(exitCode, error.Text.Trim() is { Length: > 0 } text ? text : output.Text.Trim());
    }

    // What stands behind "--" is not for the command line's own parser.
    private static ImmutableArray<string> NonInteractive(IList<string> args)
    {
        const string Flag = "--non-interactive";
        var options = args.TakeWhile(argument => argument != "--").ToList();
        return options.Contains(Flag) ? [.. args] : [.. options, Flag, .. args.Skip(options.Count)];
    }

    private static Dictionary<string, string> EnvironmentWith(IDictionary<string, string?> additional)
    {
        var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string)(entry.Value ?? ""), StringComparer.Ordinal);
        foreach (var (name, value) in additional)
        {
            if (value is null)
            {
                environment.Remove(name);
            }
            else
            {
                environment[name] = value;
            }
        }

        return environment;
    }
}
