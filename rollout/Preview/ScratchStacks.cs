using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using FogInfra.Model;
using FogInfra.Rollout.Engines;
using FogInfra.Rollout.Planning;
using FogInfra.Rollout.Stacks;
using Pulumi.Automation;

namespace FogInfra.Rollout.Preview;

/// <summary>
/// Copies of stacks in a backend of their own in a temporary folder, so that a preview neither makes a stack, nor changes its settings,
/// nor waits for a lock, and so that predicted outputs can stand where other stacks look for them. Disposing removes it all.
/// </summary>
internal sealed class ScratchStacks : IDisposable
{
    private readonly string _folder;
    private readonly Engine _engine;
    private readonly StackTransfer _transfer;
    private readonly StackWorkspaces _workspaces;
    private readonly ConcurrentBag<string> _selections = [];
    private string? _salt;

    private ScratchStacks(string folder, string backend, StackTransfer transfer, Engine engine)
    {
        (_folder, _transfer, _engine) = (folder, transfer, engine);
        _workspaces = new StackWorkspaces(
            new ProjectLayout(folder),
            engine with { Environment = new Dictionary<string, string?>(engine.Environment) { [EngineEnvironment.BackendUrl] = backend } });
    }

    /// <summary>Makes the folder; nobody else can read it.</summary>
    public static async Task<ScratchStacks> CreateAsync(Engine engine, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("fog-preview-").FullName;
        var backend = $"file://{folder}";
        return new ScratchStacks(folder, backend, await StackTransfer.OpenAsync(engine, backend, cancellationToken).ConfigureAwait(false), engine);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var file in _selections.Where(File.Exists))
        {
            File.Delete(file);
        }

        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>
    /// Gives the stacks that hold no secret one salt, because deriving a key from a passphrase takes about half a second by design. Those
    /// that hold one keep their own.
    /// </summary>
    /// <param name="project">The project that is previewed, whose salt it is if it has one.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task ShareSaltAsync(ProjectLayout project, CancellationToken cancellationToken) =>
        _salt = await new ProjectSalt(project, _engine).ReadOrMakeAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>Makes the copy of a stack.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="state">Its state; null when it was never deployed.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<WorkspaceStack> CopyAsync(StackId stack, StackState? state, CancellationToken cancellationToken)
    {
        var workspace = await _workspaces.OpenAsync(stack, cancellationToken).ConfigureAwait(false);
        var settings = state?.Settings ?? new StackSettings();
        if (_salt is not null && settings.SecretsProvider is null or "passphrase" && !HoldsSecrets(state))
        {
            settings.EncryptionSalt = _salt;
        }

        await workspace.SaveStackSettingsAsync(stack.Cluster, settings, cancellationToken).ConfigureAwait(false);
        _selections.Add(EngineEnvironment.SelectionFile(_engine.Environment, stack.Application, Path.Combine(workspace.WorkDir, "Pulumi.yaml")));
        var copy = await WorkspaceStack.CreateAsync(stack.Cluster, workspace, cancellationToken).ConfigureAwait(false);
        if (state is not null)
        {
            await _transfer.ImportAsync(workspace, stack.Cluster, state.Deployment, cancellationToken).ConfigureAwait(false);
        }

        return copy;
    }

    private static bool HoldsSecrets(StackState? state) => state is not null
        && (state.Settings?.Config?.Values.Any(value => value.IsSecure) == true
            || state.Deployment.ToJsonString().Contains("\"ciphertext\"", StringComparison.Ordinal));

    /// <summary>The outputs of a copy, in the form of a state file.</summary>
    public async Task<JsonObject> GetOutputsAsync(WorkspaceStack copy, StackId stack, CancellationToken cancellationToken) =>
        DeploymentJson.OutputsOf(await _transfer.ExportAsync(copy.Workspace, stack.Cluster, cancellationToken).ConfigureAwait(false));

    /// <summary>Sets the outputs of a copy, for those that refer to it.</summary>
    public async Task SetOutputsAsync(WorkspaceStack copy, StackId stack, JsonObject outputs, CancellationToken cancellationToken)
    {
        var state = await _transfer.ExportAsync(copy.Workspace, stack.Cluster, cancellationToken).ConfigureAwait(false);
        DeploymentJson.SetOutputs(state, stack, outputs);
        await _transfer.ImportAsync(copy.Workspace, stack.Cluster, state, cancellationToken).ConfigureAwait(false);
    }
}
