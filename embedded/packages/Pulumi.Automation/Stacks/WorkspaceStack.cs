using System.Collections.Immutable;
using Pulumi.Automation.Commands;
using Pulumi.Automation.Commands.Exceptions;
using Pulumi.Automation.Events;
using Pulumi.Automation.Serialization;

namespace Pulumi.Automation;

/// <summary>A stack of a workspace.</summary>
public sealed partial class WorkspaceStack : IDisposable
{
    private WorkspaceStack(string name, Workspace workspace)
    {
        Name = name;
        Workspace = workspace;
        State = new WorkspaceStackState(this);
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>The workspace.</summary>
    public Workspace Workspace { get; }

    /// <summary>Its state, for repairs.</summary>
    public WorkspaceStackState State { get; }

    /// <summary>Makes a stack.</summary>
    /// <exception cref="StackAlreadyExistsException">There is a stack of that name.</exception>
    public static async Task<WorkspaceStack> CreateAsync(string name, Workspace workspace, CancellationToken cancellationToken = default)
    {
        await workspace.CreateStackAsync(name, cancellationToken).ConfigureAwait(false);
        return new WorkspaceStack(name, workspace);
    }

    /// <summary>Takes an existing stack.</summary>
    /// <exception cref="StackNotFoundException">There is no stack of that name.</exception>
    public static async Task<WorkspaceStack> SelectAsync(string name, Workspace workspace, CancellationToken cancellationToken = default)
    {
        await workspace.SelectStackAsync(name, cancellationToken).ConfigureAwait(false);
        return new WorkspaceStack(name, workspace);
    }

    /// <summary>Takes an existing stack, or makes one.</summary>
    public static async Task<WorkspaceStack> CreateOrSelectAsync(
        string name, Workspace workspace, CancellationToken cancellationToken = default)
    {
        try
        {
            return await SelectAsync(name, workspace, cancellationToken).ConfigureAwait(false);
        }
        catch (StackNotFoundException)
        {
            return await CreateAsync(name, workspace, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Its outputs.</summary>
    public Task<ImmutableDictionary<string, OutputValue>> GetOutputsAsync(CancellationToken cancellationToken = default) =>
        Workspace.GetStackOutputsAsync(Name, cancellationToken);

    /// <summary>Its history, the newest entry first.</summary>
    public async Task<ImmutableList<UpdateSummary>> GetHistoryAsync(
        HistoryOptions? options = null, CancellationToken cancellationToken = default)
    {
        var arguments = OperationArguments.History(options ?? new HistoryOptions());
        var result = await RunCommandAsync(arguments, null, null, null, cancellationToken).ConfigureAwait(false);
        return string.IsNullOrWhiteSpace(result.StandardOutput)
            ? []
            : new LocalSerializer().DeserializeJson<ImmutableList<UpdateSummary>>(result.StandardOutput);
    }

    /// <summary>The newest entry of its history; null if it has none.</summary>
    public Task<UpdateSummary?> GetInfoAsync(CancellationToken cancellationToken = default) =>
        GetInfoAsync(showSecrets: true, cancellationToken);

    /// <summary>Ends the update that is under way, and unlocks the stack.</summary>
    public Task CancelAsync(CancellationToken cancellationToken = default) => Workspace.Command.RunAsync(
        ["cancel", "--yes", "--stack", Name], Workspace.WorkDir, Workspace.BuildEnvironment(), cancellationToken: cancellationToken);

    /// <summary>Its state, with its secrets in plain text.</summary>
    public Task<StackDeployment> ExportStackAsync(CancellationToken cancellationToken = default) =>
        Workspace.ExportStackAsync(Name, cancellationToken);

    /// <summary>Replaces its state.</summary>
    public Task ImportStackAsync(StackDeployment state, CancellationToken cancellationToken = default) =>
        Workspace.ImportStackAsync(Name, state, cancellationToken);

    /// <summary>Encrypts its secrets by other means.</summary>
    public Task ChangeSecretsProviderAsync(
        string newSecretsProvider, SecretsProviderOptions? secretsProviderOptions = null, CancellationToken cancellationToken = default) =>
        Workspace.ChangeSecretsProviderAsync(Name, newSecretsProvider, secretsProviderOptions, cancellationToken);

    /// <summary>Lets go of the workspace.</summary>
    public void Dispose() => Workspace.Dispose();

    internal Task<CommandResult> RunCommandAsync(
        IList<string> arguments,
        Action<string>? onStandardOutput,
        Action<string>? onStandardError,
        Action<EngineEvent>? onEvent,
        CancellationToken cancellationToken) => Workspace.RunStackCommandAsync(
        Name, [.. arguments, "--stack", Name], onStandardOutput, onStandardError, onEvent, cancellationToken);

    private async Task<UpdateSummary?> GetInfoAsync(bool? showSecrets, CancellationToken cancellationToken)
    {
        var newest = new HistoryOptions { PageSize = 1, ShowSecrets = showSecrets };
        var history = await GetHistoryAsync(newest, cancellationToken).ConfigureAwait(false);
        return history.FirstOrDefault();
    }
}
