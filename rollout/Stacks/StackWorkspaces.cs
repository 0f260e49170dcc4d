using System.Text.Json;
using System.Text.Json.Nodes;
using FogInfra.Model;
using FogInfra.Rollout.Engines;
using FogInfra.Rollout.Planning;
using FogInfra.Stacks;
using Pulumi.Automation;

namespace FogInfra.Rollout.Stacks;

/// <summary>
/// The Automation API workspaces of a project: a folder for each stack, so that stacks that are updated at the same time share no
/// file, the record of the selected stack included.
/// </summary>
internal sealed class StackWorkspaces(ProjectLayout project, Engine engine)
{
    /// <summary>What stands for a secret in <see cref="ReadMaskedOutputsAsync"/>.</summary>
    public const string Mask = "[secret]";

    private const string ProjectFile = "Pulumi.yaml";

    private readonly ProjectSalt _salt = new(project, engine);
    private readonly HashSet<string> _remade = new(StringComparer.Ordinal);

    private string Folder => Path.Combine(project.RunnerFolder, "stacks");

    /// <summary>Notes clusters that are new, so that what stacks know to be in them is looked for first.</summary>
    public void RefreshOn(IEnumerable<string> clusters) => _remade.UnionWith(clusters);

    /// <summary>Whether what a stack knows is to be looked for in its cluster first.</summary>
    public bool MustRefresh(StackId stack) => _remade.Contains(stack.Cluster);

    /// <summary>The stacks that have a workspace: those that a runner has worked on in this project.</summary>
    public IReadOnlyList<StackId> Known()
    {
        if (!Directory.Exists(Folder))
        {
            return [];
        }

        return
        [
            .. from application in Directory.EnumerateDirectories(Folder)
               from cluster in Directory.EnumerateDirectories(application)
               where File.Exists(Path.Combine(cluster, ProjectFile))
               orderby application, cluster
               select new StackId(Path.GetFileName(application), Path.GetFileName(cluster)),
        ];
    }

    /// <summary>Opens the workspace of a stack; made where there is none.</summary>
    public Task<LocalWorkspace> OpenAsync(StackId stack, CancellationToken cancellationToken) =>
        OpenAsync(stack.Application, FolderOf(stack), cancellationToken);

    /// <summary>Opens the workspace of a stack for what brings a workload about: the built-in program, or the project that the workload names.</summary>
    /// <exception cref="InvalidOperationException">There is no such project, or it has another name than the application.</exception>
    public async Task<LocalWorkspace> OpenAsync(StackId stack, ClusterWorkload workload, CancellationToken cancellationToken)
    {
        if (workload.Program is not { } program)
        {
            return await OpenAsync(stack, cancellationToken).ConfigureAwait(false);
        }

        var source = Path.GetFullPath(program.Folder, project.Root);
        var settings = await SettingsOfAsync(stack, source, cancellationToken).ConfigureAwait(false);
        var folder = FolderOf(stack);
        Directory.CreateDirectory(folder);
        var own = $"Pulumi.{stack.Cluster}.yaml";
        if (File.Exists(Path.Combine(source, own)) && !File.Exists(Path.Combine(folder, own)))
        {
            File.Copy(Path.Combine(source, own), Path.Combine(folder, own));
        }

        return await LocalWorkspace.CreateAsync(
            new LocalWorkspaceOptions { WorkDir = folder, PulumiCommand = engine.Command, EnvironmentVariables = engine.Environment.ToDictionary(), ProjectSettings = settings },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes a stack that does not exist yet.</summary>
    public Task<WorkspaceStack> CreateStackAsync(StackId stack, LocalWorkspace workspace, CancellationToken cancellationToken) =>
        _salt.CreateStackAsync(stack.Cluster, workspace, cancellationToken);

    /// <summary>The names of all stacks of an application that the backend has, whoever made them.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(string application, CancellationToken cancellationToken)
    {
        using var workspace = await OpenAsync(application, Path.Combine(project.RunnerFolder, "listing", application), cancellationToken).ConfigureAwait(false);
        var stacks = await workspace.ListStacksAsync(cancellationToken).ConfigureAwait(false);
        return [.. stacks.Select(stack => stack.Name)];
    }

    /// <summary>
    /// The outputs of a stack, its secrets masked. Those of the Automation API ask a second time for the secrets, for which the key has to be
    /// derived from the passphrase: half a second of processor time, which the engine in this process is spared.
    /// </summary>
    public async Task<JsonObject> ReadMaskedOutputsAsync(StackId stack, CancellationToken cancellationToken)
    {
        using var workspace = await OpenAsync(stack, cancellationToken).ConfigureAwait(false);
        if (engine.Command is { } command)
        {
            var result = await command.RunAsync(
                ["stack", "output", "--json", "--stack", stack.Cluster], workspace.WorkDir, engine.Environment.ToDictionary(), cancellationToken: cancellationToken).ConfigureAwait(false);
            return JsonNode.Parse(result.StandardOutput) as JsonObject ?? [];
        }

        var outputs = await workspace.GetStackOutputsAsync(stack.Cluster, cancellationToken).ConfigureAwait(false);
        return new JsonObject(outputs.Select(output => KeyValuePair.Create(output.Key, output.Value.IsSecret ? Mask : JsonSerializer.SerializeToNode(output.Value.Value))));
    }

    // The project as it is, but run from where it lies: the workspace of a stack only borrows it.
    private async Task<ProjectSettings> SettingsOfAsync(StackId stack, string source, CancellationToken cancellationToken)
    {
        if (!File.Exists(Path.Combine(source, ProjectFile)))
        {
            throw new InvalidOperationException($"There is no {ProjectFile} in {source}, the program of application {stack.Application}.");
        }

        using var theirs = await LocalWorkspace.CreateAsync(
            new LocalWorkspaceOptions { WorkDir = source, PulumiCommand = engine.Command, EnvironmentVariables = engine.Environment.ToDictionary() },
            cancellationToken).ConfigureAwait(false);
        var settings = await theirs.GetProjectSettingsAsync(cancellationToken).ConfigureAwait(false);
        if (settings?.Name != stack.Application)
        {
            throw new InvalidOperationException($"The project in {source} is called {settings?.Name}; an application and its project have the same name, and this one is called {stack.Application}.");
        }

        settings.Main = Path.GetFullPath(settings.Main ?? ".", source);
        return settings;
    }

    private async Task<LocalWorkspace> OpenAsync(string application, string folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        return await LocalWorkspace.CreateAsync(
            new LocalWorkspaceOptions
            {
                WorkDir = folder,
                PulumiCommand = engine.Command,
                EnvironmentVariables = engine.Environment.ToDictionary(),
                Program = PulumiFn.Create<FogStack>(),
                // A stack that has its workspace keeps the settings that it was made with: it may be that of a project folder.
                ProjectSettings = File.Exists(Path.Combine(folder, ProjectFile))
                    ? null
                    : new ProjectSettings(application, ProjectRuntimeName.Dotnet) { Main = folder },
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes the workspace of a stack that is gone.</summary>
    public void Remove(StackId stack)
    {
        var folder = FolderOf(stack);
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        var application = Path.GetDirectoryName(folder)!;
        if (Directory.Exists(application) && !Directory.EnumerateFileSystemEntries(application).Any())
        {
            Directory.Delete(application);
        }
    }

    /// <summary>The folder of a stack's workspace.</summary>
    public string FolderOf(StackId stack) => Path.Combine(Folder, stack.Application, stack.Cluster);
}
