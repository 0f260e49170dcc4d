using FogInfra.Model;
using FogInfra.Rollout.Planning;
using FogInfra.Stacks;
using Pulumi.Automation;
using Pulumi.Automation.Commands;

namespace FogInfra.Rollout.Stacks;

/// <summary>
/// The Automation API workspaces of a project: a folder for each stack, so that stacks that are updated at the same time share no
/// file, the record of the selected stack included.
/// </summary>
internal sealed class StackWorkspaces(ProjectLayout project, PulumiCommand? command, IReadOnlyDictionary<string, string?> environment)
{
    private const string ProjectFile = "Pulumi.yaml";

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
    public async Task<LocalWorkspace> OpenAsync(StackId stack, CancellationToken cancellationToken)
    {
        var folder = FolderOf(stack);
        Directory.CreateDirectory(folder);
        return await LocalWorkspace.CreateAsync(
            new LocalWorkspaceOptions
            {
                WorkDir = folder,
                PulumiCommand = command,
                EnvironmentVariables = environment.ToDictionary(),
                Program = PulumiFn.Create<FogStack>(),
                ProjectSettings = new ProjectSettings(stack.Application, ProjectRuntimeName.Dotnet) { Main = folder },
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

    private string FolderOf(StackId stack) => Path.Combine(Folder, stack.Application, stack.Cluster);
}
