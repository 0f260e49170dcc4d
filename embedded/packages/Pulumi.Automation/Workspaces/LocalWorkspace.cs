using System.Collections.Immutable;
using Pulumi.Automation.Commands;
using Pulumi.Automation.Exceptions;
using Pulumi.Automation.Serialization;
using Semver;

namespace Pulumi.Automation;

/// <summary>A project in a folder of this machine.</summary>
public sealed partial class LocalWorkspace : Workspace
{
    private readonly LocalSerializer _serializer = new();
    private readonly bool _ownsWorkDir;

    private LocalWorkspace(PulumiCommand command, LocalWorkspaceOptions options)
        : base(command)
    {
        _ownsWorkDir = string.IsNullOrWhiteSpace(options.WorkDir);
        WorkDir = _ownsWorkDir ? Directory.CreateTempSubdirectory("automation-").FullName : options.WorkDir!;
        PulumiHome = options.PulumiHome;
        SecretsProvider = options.SecretsProvider;
        Program = options.Program;
        EnvironmentVariables = options.EnvironmentVariables is null ? null : new Dictionary<string, string?>(options.EnvironmentVariables);
    }

    /// <inheritdoc/>
    public override string WorkDir { get; }

    /// <inheritdoc/>
    public override string? PulumiHome { get; }

    /// <inheritdoc/>
    public override string PulumiVersion =>
        Command.Version?.ToString() ?? throw new InvalidOperationException("The engine does not say its version.");

    /// <inheritdoc/>
    public override string? SecretsProvider { get; }

    /// <inheritdoc/>
    public override PulumiFn? Program { get; set; }

    /// <inheritdoc/>
    public override IDictionary<string, string?>? EnvironmentVariables { get; set; }

    /// <summary>Makes a workspace, and writes the settings that the options have into its folder.</summary>
    /// <exception cref="ProjectSettingsConflictException">The folder has another project.</exception>
    public static async Task<LocalWorkspace> CreateAsync(
        LocalWorkspaceOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new LocalWorkspaceOptions();
        var command = options.PulumiCommand
            ?? await FindPulumiAsync(options.EnvironmentVariables, cancellationToken).ConfigureAwait(false);
        return await OpenAsync(command, options, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override Task<ImmutableList<string>> SerializeArgsForOpAsync(string stackName, CancellationToken cancellationToken = default) =>
        Task.FromResult(ImmutableList<string>.Empty);

    /// <inheritdoc/>
    public override Task PostCommandCallbackAsync(string stackName, CancellationToken cancellationToken = default) => Task.CompletedTask;

    /// <inheritdoc/>
    public override async Task<WhoAmIResult> WhoAmIAsync(CancellationToken cancellationToken = default)
    {
        if (Supports(new SemVersion(3, 58)))
        {
            return await ReadAsync<WhoAmIResult>(["whoami", "--json"], cancellationToken).ConfigureAwait(false);
        }

        var result = await RunCommandAsync(["whoami"], cancellationToken).ConfigureAwait(false);
        return new WhoAmIResult(result.StandardOutput.Trim(), url: null, organizations: []);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (!disposing || !_ownsWorkDir || !Directory.Exists(WorkDir))
        {
            return;
        }

        try
        {
            Directory.Delete(WorkDir, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It is in the system's temporary folder, and will be cleaned up there.
        }
    }

    private static async Task<LocalWorkspace> OpenAsync(
        PulumiCommand command, LocalWorkspaceOptions options, CancellationToken cancellationToken)
    {
        var workspace = new LocalWorkspace(command, options);
        try
        {
            if (options.ProjectSettings is { } project)
            {
                await workspace.InitializeProjectAsync(project, cancellationToken).ConfigureAwait(false);
            }

            foreach (var (name, settings) in options.StackSettings ?? ImmutableDictionary<string, StackSettings>.Empty)
            {
                await workspace.SaveStackSettingsAsync(name, settings, cancellationToken).ConfigureAwait(false);
            }

            return workspace;
        }
        catch
        {
            workspace.Dispose();
            throw;
        }
    }

    private static Task<LocalPulumiCommand> FindPulumiAsync(IDictionary<string, string?>? variables, CancellationToken cancellationToken)
    {
        const string name = LocalPulumiCommand.SkipVersionCheckVar;
        var skip = variables?.ContainsKey(name) == true || Environment.GetEnvironmentVariable(name) is not null;
        return LocalPulumiCommand.CreateAsync(new LocalPulumiCommandOptions { SkipVersionCheck = skip }, cancellationToken);
    }

    private bool Supports(SemVersion version) => (Command.Version ?? new SemVersion(3)).ComparePrecedenceTo(version) >= 0;

    private void Require(SemVersion version, string what)
    {
        if (!Supports(version))
        {
            throw new InvalidOperationException($"{what} needs pulumi {version} or newer; this one is {Command.Version}.");
        }
    }

    private async Task<T> ReadAsync<T>(IList<string> arguments, CancellationToken cancellationToken)
    {
        var result = await RunCommandAsync(arguments, cancellationToken).ConfigureAwait(false);
        return _serializer.DeserializeJson<T>(result.StandardOutput);
    }

    // Where a command has nothing to tell, some versions write nothing instead of an empty list.
    private async Task<T> ReadAsync<T>(IList<string> arguments, T ifNothing, CancellationToken cancellationToken)
    {
        var result = await RunCommandAsync(arguments, cancellationToken).ConfigureAwait(false);
        return string.IsNullOrWhiteSpace(result.StandardOutput) ? ifNothing : _serializer.DeserializeJson<T>(result.StandardOutput);
    }
}
