using System.CommandLine;
using FogInfra.Embedded.Engine.Backend;
using FogInfra.Embedded.Engine.Projects;

namespace FogInfra.Embedded.Engine.Commands;

/// <summary>What a running command knows of its surroundings.</summary>
internal sealed class CommandContext(PulumiCommandLineOptions options, CommandInvocation invocation, CancellationToken canceled)
{
    /// <summary>What all commands of the process share.</summary>
    public PulumiCommandLineOptions Options => options;

    /// <summary>The command.</summary>
    public CommandInvocation Invocation => invocation;

    /// <summary>Cancelled when the user wants the command to end.</summary>
    public CancellationToken Canceled => canceled;

    /// <summary>The options that all commands have.</summary>
    public GlobalOptions GlobalOptions { get; } = new();

    /// <summary>The standard output.</summary>
    public TextWriter Out => invocation.StandardOutput;

    /// <summary>The environment.</summary>
    public IReadOnlyDictionary<string, string> Environment => invocation.Environment;

    /// <summary>The folder in which the command runs.</summary>
    public string WorkingDirectory { get; private set; } = invocation.WorkingDirectory;

    /// <summary>The terminal that a display can change in place; null when there is none, or the user wants plain lines.</summary>
    public Terminal? Terminal { get; private set; }

    /// <summary>States are refused that break the rules.</summary>
    public bool ChecksIntegrity { get; private set; } = true;

    /// <summary>Pulumi's home folder.</summary>
    public string Home => Environment.GetValueOrDefault("PULUMI_HOME") is { Length: > 0 } home
        ? home
        : Path.Combine(
            Environment.GetValueOrDefault("HOME") ?? System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile), ".pulumi");

    /// <summary>Takes over the options that all commands have.</summary>
    public void Apply(ParseResult parse)
    {
        if (parse.GetValue(GlobalOptions.Directory) is { } directory)
        {
            WorkingDirectory = Path.GetFullPath(directory, WorkingDirectory);
        }

        var hasNoColor = Environment.GetValueOrDefault("NO_COLOR") is { Length: > 0 } || parse.GetValue(GlobalOptions.Color) == "never";
        Terminal = parse.GetValue(GlobalOptions.NonInteractive) || invocation.Terminal is not { } terminal
            ? null
            : hasNoColor ? terminal with { HasColor = false } : terminal;
        ChecksIntegrity = !parse.GetValue(GlobalOptions.NoIntegrityChecks) && !IsSet("PULUMI_DISABLE_INTEGRITY_CHECKING");
    }

    /// <summary>Whether an environment variable says yes.</summary>
    public bool IsSet(string variable) =>
        Environment.GetValueOrDefault(variable)?.ToUpperInvariant() is "1" or "TRUE" or "T" or "YES";

    /// <summary>Warns the user.</summary>
    public Task WarnAsync(string message) => invocation.StandardError.WriteLineAsync($"warning: {message}");

    /// <summary>The project of the working directory; null outside of one.</summary>
    public async Task<ProjectFile?> FindProjectAsync() => ProjectReader.Find(WorkingDirectory) is null ? null : await RequireProjectAsync().ConfigureAwait(false);

    /// <summary>The project of the working directory.</summary>
    /// <exception cref="ProjectException">There is none, or it is wrong.</exception>
    public Task<ProjectFile> RequireProjectAsync() => ProjectReader.ReadNearestAsync(WorkingDirectory, canceled);

    /// <summary>The backend that states are kept in.</summary>
    public Task<FileBackend> OpenBackendAsync(ProjectFile? project) =>
        FileBackend.OpenAsync(BackendLocation.Resolve(Environment, project, Home, WorkingDirectory), canceled, options.WriteObserver);

    /// <summary>Which stack of a project is selected.</summary>
    public StackSelection SelectionOf(ProjectFile project, FileBackend backend) => new(Home, project.Name, project.Path, backend.Location.Url);

    /// <summary>A stack that exists.</summary>
    /// <param name="name">Its name; null for the selected one.</param>
    /// <param name="configFile">The path of its settings; null for the usual one.</param>
    /// <param name="otherPassphrase">What opens the secrets that the environment's passphrase does not; null for nothing.</param>
    public async Task<OpenedStack> OpenStackAsync(string? name, string? configFile = null, string? otherPassphrase = null)
    {
        var project = await FindProjectAsync().ConfigureAwait(false);
        var backend = await OpenBackendAsync(project).ConfigureAwait(false);
        var selected = name ?? await ReadSelectionAsync(project, backend).ConfigureAwait(false) ?? throw new CommandException(
            "no stack selected; please use `pulumi stack select` or `pulumi stack init` to choose one", ExitCode.StackNotFound);
        var files = backend.Require(StackName.Parse(selected, project?.Name), project?.Name);
        return new OpenedStack(this, backend, files, project, configFile, otherPassphrase);
    }

    private async Task<string?> ReadSelectionAsync(ProjectFile? project, FileBackend backend)
    {
        if (Environment.GetValueOrDefault("PULUMI_STACK") is { Length: > 0 } set)
        {
            return set;
        }

        var selected = project is null ? null : await SelectionOf(project, backend).ReadAsync(canceled).ConfigureAwait(false);
        return selected is not null && backend.FilesOf(StackName.Parse(selected, project!.Name)).Exists ? selected : null;
    }
}
