using System.Collections.Immutable;
using FogInfra.Embedded.Engine.Backend;
using FogInfra.Embedded.Engine.Deploying;
using FogInfra.Embedded.Engine.Display;
using FogInfra.Embedded.Engine.Events;
using FogInfra.Embedded.Engine.Projects;
using FogInfra.Embedded.Engine.Secrets;
using FogInfra.Embedded.Engine.State;

namespace FogInfra.Embedded.Engine.Commands;

/// <summary>One up, preview, refresh or destroy: from the files that say what to do to the exit code.</summary>
internal sealed class Operation(CommandContext context, OperationRequest request)
{
    /// <summary>Runs it.</summary>
    public async Task<int> RunAsync()
    {
        var opened = await context.OpenStackAsync(request.Stack, request.ConfigFile).ConfigureAwait(false);
        var inputs = await ReadInputsAsync(opened).ConfigureAwait(false);
        if (request.PreviewOnly)
        {
            return await PreviewAsync(opened, inputs, isWholeCommand: true).ConfigureAwait(false);
        }

        if (!request.SkipPreview)
        {
            var code = await PreviewAsync(opened, inputs, isWholeCommand: false).ConfigureAwait(false);
            if (code != ExitCode.Success)
            {
                return code;
            }
        }

        return await ExecuteAsync(opened, inputs).ConfigureAwait(false);
    }

    private async Task<int> PreviewAsync(OpenedStack opened, OperationInputs inputs, bool isWholeCommand)
    {
        var snapshot = await opened.ReadSnapshotAsync().ConfigureAwait(false);
        var listeners = new OperationListeners(context, request, opened, isPreview: true, toOutside: isWholeCommand);
        await using var run = new OperationRun(context, request, opened, inputs, dryRun: true);
        var (result, changed) = await RunAsync(run, snapshot, null, listeners).ConfigureAwait(false);
        return await ConcludeAsync(result, changed, isWholeCommand ? "preview" : request.KindName).ConfigureAwait(false);
    }

    private async Task<int> ExecuteAsync(OpenedStack opened, OperationInputs inputs)
    {
        await using var held = await opened.LockAsync().ConfigureAwait(false);
        opened.Files.DeleteLeftovers();
        var snapshot = await opened.ReadSnapshotAsync().ConfigureAwait(false);
        await opened.EndJournalAsync(snapshot).ConfigureAwait(false); // An update that died may have left one; this one begins its own.

        var started = context.Options.Clock.GetUtcNow();
        var listeners = new OperationListeners(context, request, opened, isPreview: false, toOutside: true);
        var result = OperationResult.Failed;
        var changed = false;
        await using var run = new OperationRun(context, request, opened, inputs, dryRun: false);
        using var store = await FileStateStore.OpenAsync(
            opened.Files,
            inputs.Secrets,
            () => Manifest.Create(context.Options.Clock.GetUtcNow(), context.Options.Version),
            context.Canceled).ConfigureAwait(false);
        try
        {
            (result, changed) = await RunAsync(run, snapshot, store, listeners).ConfigureAwait(false);
        }
        finally
        {
            // An update without an entry in the history confuses clients, so there is one whatever happened.
            var ended = context.Options.Clock.GetUtcNow();
            await opened.Files.AddHistoryAsync(ToRecord(inputs, started, ended, result, run.Changes), ended, CancellationToken.None).ConfigureAwait(false);
            if (!context.IsSet("PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS"))
            {
                opened.Files.BackUp(ended);
            }
        }

        var code = await ConcludeAsync(result, changed, request.KindName).ConfigureAwait(false);
        if (code == ExitCode.Success && request is { Kind: DeploymentKind.Destroy, RemoveStack: true })
        {
            opened.Files.Remove(removeBackups: false);
            File.Delete(inputs.Settings.Path);
        }

        return code;
    }

    private static async Task<(OperationResult Result, bool Changed)> RunAsync(
        OperationRun run, Snapshot? snapshot, IStateStore? store, OperationListeners listeners)
    {
        try
        {
            var result = await run.RunAsync(snapshot, store, listeners.All).ConfigureAwait(false);
            return (result, run.HasChanges);
        }
        finally
        {
            await listeners.CloseAsync(run.Outputs).ConfigureAwait(false);
        }
    }

    private async Task<OperationInputs> ReadInputsAsync(OpenedStack opened)
    {
        var project = opened.RequireProject();
        var settings = await opened.ReadSettingsAsync().ConfigureAwait(false);
        var secrets = await opened.OpenSecretsAsync().ConfigureAwait(false);
        settings = await opened.ReadSettingsAsync().ConfigureAwait(false); // With the salt that opening may have made.
        if (!request.Config.IsEmpty)
        {
            settings = settings with { Config = SetConfig(settings.Config, project) };
            await opened.WriteSettingsAsync(settings).ConfigureAwait(false);
        }

        var isProgramRun = request.Kind == DeploymentKind.Update || request.RunProgram;
        var config = isProgramRun && !request.SkipConfigValidation
            ? ConfigResolution.Resolve(project, opened.DisplayName, settings.Config)
            : settings.Config;
        return new OperationInputs(project, settings, config, secrets);
    }

    private ImmutableSortedDictionary<ConfigKey, ConfigValue> SetConfig(
        ImmutableSortedDictionary<ConfigKey, ConfigValue> config, ProjectFile project)
    {
        foreach (var pair in request.Config)
        {
            var split = pair.IndexOf('=', StringComparison.Ordinal);
            var key = ConfigOptions.ParseKey(split < 0 ? pair : pair[..split], request.ConfigPath, project.Name);
            config = ConfigPaths.Set(config, key, ConfigValue.Plain(split < 0 ? "" : pair[(split + 1)..]));
        }

        return config;
    }

    private async Task<int> ConcludeAsync(OperationResult result, bool changed, string operation)
    {
        switch (result)
        {
            case OperationResult.Canceled:
                throw new CommandException($"{operation} cancelled", ExitCode.Canceled);
            case OperationResult.Failed:
                await context.Invocation.StandardError.WriteLineAsync($"error: {operation} failed").ConfigureAwait(false);
                return ExitCode.Failure;
            default:
                return request.ExpectNoChanges && changed
                    ? throw new CommandException($"no changes were expected for {operation} but changes were proposed", ExitCode.UnexpectedChanges)
                    : ExitCode.Success;
        }
    }

    private UpdateRecord ToRecord(
        OperationInputs inputs, DateTimeOffset started, DateTimeOffset ended, OperationResult result, ImmutableSortedDictionary<string, int> changes) => new()
    {
        Kind = request.Kind == DeploymentKind.Import ? "resource-import" : request.KindName,
        StartTime = started.ToUnixTimeSeconds(),
        EndTime = ended.ToUnixTimeSeconds(),
        Message = request.Message,
        Result = result == OperationResult.Succeeded ? "succeeded" : "failed",
        ResourceChanges = changes,
        Config = inputs.ToHistory(),
        Environment = ImmutableSortedDictionary<string, string>.Empty
            .Add("exec.kind", request.ExecKind)
            .Add("pulumi.version", context.Options.Version)
            .Add("pulumi.os", OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux"),
    };
}
