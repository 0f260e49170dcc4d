using System.Collections.Concurrent;
using System.Collections.Immutable;
using FogInfra.Embedded.Engine.Events;
using FogInfra.Embedded.Engine.State;
using FogInfra.Embedded.Engine.Steps;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;

namespace FogInfra.Embedded.Engine.Deploying;

/// <summary>Brings the state to what the providers say of each resource.</summary>
internal sealed class Refresher(DeploymentContext context, StepActions actions, Limiter limiter)
{
    /// <summary>Refreshes. What was found is put into the state in the end, all at once, also when some resources could not be read.</summary>
    public async Task RunAsync()
    {
        var targets = new TargetSelection(context.Options, context.Prior);
        var found = new ConcurrentDictionary<ResourceEntry, ResourceState?>();
        var entries = context.Prior.Entries.Where(entry => targets.Includes(entry.State, entry.State)).ToArray();
        await Task.WhenAll(entries.Select(entry => RefreshAsync(entry, found))).ConfigureAwait(false);
        context.Checkpoints.ApplyLater([.. RefreshedState.ChangesOf(context.Prior.Entries, found)]);
        context.Prior = new PriorState(context.Checkpoints.Image.Entries);
    }

    private async Task RefreshAsync(ResourceEntry entry, ConcurrentDictionary<ResourceEntry, ResourceState?> found)
    {
        try
        {
            await limiter.RunAsync(
                async () =>
                {
                    await RefreshOneAsync(entry, found).ConfigureAwait(false);
                    return true;
                },
                context.Control.Stopping).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.Control.Stopping.IsCancellationRequested)
        {
            // The run has stopped: what was not read stays as it is.
        }
    }

    private async Task RefreshOneAsync(ResourceEntry entry, ConcurrentDictionary<ResourceEntry, ResourceState?> found)
    {
        var old = entry.State;
        var step = new Step { Op = StepOp.Refresh, OldEntry = entry, Old = old, New = old };
        context.Events.Emit(new EngineEvent.StepStarted(step, context.Options.DryRun));
        try
        {
            var (refreshed, op, diff) = await ReadAsync(old).ConfigureAwait(false);
            found[entry] = refreshed;
            if (refreshed is not null)
            {
                context.Redactor.Add(refreshed.Outputs);
            }

            var shown = context.Options.Kind == DeploymentKind.Refresh ? op : StepOp.Refresh;
            if (context.Options.Kind == DeploymentKind.Refresh && !step.IsInternal)
            {
                context.Changes.Add(op);
            }

            context.Events.Emit(new EngineEvent.StepDone(step with { New = refreshed, Diff = diff }, shown, context.Options.DryRun));
        }
        catch (Exception exception) when (exception is ProviderException or NotSupportedException or FormatException)
        {
            context.Diagnostics.Error(old.Urn, context.Options.DryRun ? $"Preview failed: {exception.Message}" : exception.Message);
            if (!context.Options.DryRun)
            {
                context.Events.Emit(new EngineEvent.StepFailed(step, FailureStatus.Unchanged, context.Changes.Total));
            }

            context.Control.Fail(goOn: true); // The others are read all the same; the run ends after the refresh.
        }
    }

    private async Task<(ResourceState? State, StepOp Op, ResourceDiff Diff)> ReadAsync(ResourceState old)
    {
        // What has no counterpart in a provider cannot have changed there.
        if (!old.Custom || old.IsProvider || old.PendingReplacement)
        {
            return (old, StepOp.Same, ResourceDiff.None);
        }

        var operations = await actions.OperationsOfAsync(old).ConfigureAwait(false);
        var (result, errors) = await ReadAsync(operations, old).ConfigureAwait(false);
        if (result.Id.Length == 0)
        {
            return (null, StepOp.Delete, ResourceDiff.None);
        }

        var refreshed = SecretOutputs.Mark(old with
        {
            Id = result.Id, Inputs = result.Inputs ?? old.Inputs, Outputs = result.Outputs, InitErrors = errors,
        });
        var changed = !refreshed.Outputs.Equals(old.Outputs) || (!old.External && !refreshed.Inputs.Equals(old.Inputs));
        if (changed)
        {
            refreshed = refreshed with { Modified = context.Clock.GetUtcNow() };
        }

        if (old.External)
        {
            return (refreshed, changed ? StepOp.Update : StepOp.Same, ResourceDiff.None);
        }

        // What an update of an unchanged program would do now is what has changed, seen from the other side.
        var answer = await operations.DiffAsync(
            new DiffRequest(old.Urn, refreshed.Id, refreshed.Inputs, refreshed.Outputs, old.Inputs, old.IgnoreChanges),
            context.Control.Abandoned).ConfigureAwait(false);
        var diff = answer is null
            ? ResourceDiff.None
            : RefreshedState.Invert(DiffDecision.FromProvider(answer, refreshed.Inputs, old.Inputs, old.IgnoreChanges));
        return (refreshed, diff.HasChanges ? StepOp.Update : StepOp.Same, diff);
    }

    private async Task<(ReadResult Result, ImmutableArray<string> Errors)> ReadAsync(Providers.IResourceOperations operations, ResourceState old)
    {
        try
        {
            var request = new ReadRequest(old.Urn, old.Id, old.Inputs, old.Outputs, old.Timeouts.Read);
            return (await operations.ReadAsync(request, context.Control.Abandoned).ConfigureAwait(false), []);
        }
        catch (ResourceInitException exception)
        {
            context.Diagnostics.Warning(
                old.Urn, "Refreshed resource is in an unhealthy state:\n* " + string.Join("\n* ", exception.Reasons));
            return (new ReadResult(exception.Id, exception.Inputs, exception.Outputs), exception.Reasons);
        }
    }
}
