using Pulumi.Automation.Commands;
using Pulumi.Automation.Events;
using Pulumi.Automation.Exceptions;

namespace Pulumi.Automation;

public sealed partial class WorkspaceStack
{
    /// <summary>Brings its resources to what the program says.</summary>
    /// <exception cref="Commands.Exceptions.CommandException">The update failed.</exception>
    /// <exception cref="Exception">What a program in this process threw.</exception>
    public async Task<UpResult> UpAsync(UpOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new UpOptions();
        var result = await RunProgramAsync(
            OperationArguments.Up(options), options, options.Program ?? Workspace.Program, options.OnEvent, cancellationToken)
            .ConfigureAwait(false);
        var outputs = await GetOutputsAsync(cancellationToken).ConfigureAwait(false);
        var summary = await GetInfoAsync(options.ShowSecrets, cancellationToken).ConfigureAwait(false);
        return new UpResult(result.StandardOutput, result.StandardError, summary!, outputs);
    }

    /// <summary>Finds out what an update would do.</summary>
    /// <exception cref="NoSummaryEventException">The engine did not say.</exception>
    /// <exception cref="Commands.Exceptions.CommandException">The preview failed.</exception>
    /// <exception cref="Exception">What a program in this process threw.</exception>
    public async Task<PreviewResult> PreviewAsync(PreviewOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new PreviewOptions();
        SummaryEvent? summary = null;
        var result = await RunProgramAsync(
            OperationArguments.Preview(options), options, options.Program ?? Workspace.Program, OnEvent, cancellationToken)
            .ConfigureAwait(false);
        return summary is null
            ? throw new NoSummaryEventException("The preview has ended without saying what would change.")
            : new PreviewResult(result.StandardOutput, result.StandardError, summary.ResourceChanges);

        void OnEvent(EngineEvent item)
        {
            summary = item.SummaryEvent ?? summary;
            options.OnEvent?.Invoke(item);
        }
    }

    /// <summary>Puts its state right by looking at the resources.</summary>
    /// <exception cref="Commands.Exceptions.CommandException">The refresh failed.</exception>
    public Task<UpdateResult> RefreshAsync(RefreshOptions? options = null, CancellationToken cancellationToken = default) =>
        RunWithoutProgramAsync(OperationArguments.Refresh(options), options, options?.RunProgram, options?.ShowSecrets, cancellationToken);

    /// <summary>Deletes its resources.</summary>
    /// <exception cref="Commands.Exceptions.CommandException">The deletion failed.</exception>
    public Task<UpdateResult> DestroyAsync(DestroyOptions? options = null, CancellationToken cancellationToken = default) =>
        RunWithoutProgramAsync(
            OperationArguments.Destroy(options ?? new DestroyOptions()), options, options?.RunProgram, options?.ShowSecrets, cancellationToken);

    private async Task<CommandResult> RunProgramAsync(
        List<string> arguments,
        UpdateOptions options,
        PulumiFn? program,
        Action<EngineEvent>? onEvent,
        CancellationToken cancellationToken)
    {
        if (program is null)
        {
            return await RunAsync([.. arguments, "--exec-kind", "auto.local"]).ConfigureAwait(false);
        }

        var host = await InlineLanguageHost.StartAsync(program, cancellationToken).ConfigureAwait(false);
        await using (host.ConfigureAwait(false))
        {
            try
            {
                return await RunAsync([.. arguments, host.Argument, "--exec-kind", "auto.inline"]).ConfigureAwait(false);
            }
            catch
            {
                // What the program threw says more than that the engine failed because of it.
                host.ThrowIfProgramFailed();
                throw;
            }
        }

        Task<CommandResult> RunAsync(List<string> complete) =>
            RunCommandAsync(complete, options.OnStandardOutput, options.OnStandardError, onEvent, cancellationToken);
    }

    private async Task<UpdateResult> RunWithoutProgramAsync(
        List<string> arguments, UpdateOptions? options, bool? runProgram, bool? showSecrets, CancellationToken cancellationToken)
    {
        var program = Workspace.Program;
        arguments = [.. arguments, "--exec-kind", program is null ? "auto.local" : "auto.inline"];
        var host = runProgram == true && program is not null
            ? await InlineLanguageHost.StartAsync(program, cancellationToken).ConfigureAwait(false)
            : null;
        try
        {
            arguments = host is null ? arguments : [.. arguments, host.Argument];
            var result = await RunCommandAsync(
                arguments, options?.OnStandardOutput, options?.OnStandardError, options?.OnEvent, cancellationToken).ConfigureAwait(false);
            var summary = await GetInfoAsync(showSecrets, cancellationToken).ConfigureAwait(false);
            return new UpdateResult(result.StandardOutput, result.StandardError, summary!);
        }
        finally
        {
            if (host is not null)
            {
                await host.DisposeAsync().ConfigureAwait(false);
            }
        }
    }
}
