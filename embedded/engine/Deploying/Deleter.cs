using FogInfra.Embedded.Engine.State;
using FogInfra.Embedded.Engine.Steps;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Engine.Deploying;

/// <summary>Deletes what is to go: each resource as soon as everything that depended on it is gone, and only then.</summary>
internal sealed class Deleter(DeploymentContext context, RegistrationTable table, StepExecutor executor)
{
    /// <summary>Deletes. Failures are told as they happen.</summary>
    public async Task RunAsync()
    {
        var planner = new DeletePlanner(context.Options, context.Prior);
        var steps = planner.Plan(entry => context.Options.Kind != DeploymentKind.Destroy && table.IsClaimed(entry), out var unspecified);
        foreach (var urn in unspecified)
        {
            context.Diagnostics.Error(
                urn,
                $"Resource '{urn}' will be destroyed but was not specified in --target list.\n"
                + "Either include resource in --target list or pass --target-dependents to proceed.");
            context.Control.Fail(goOn: context.Options.DryRun);
        }

        var tasks = new Dictionary<ResourceEntry, TaskCompletionSource<bool>>();
        foreach (var step in steps)
        {
            tasks.Add(step.OldEntry!, new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously));
            context.Deletions.TryAdd(step.Urn, true);
        }

        await Task.WhenAll(steps.Select(step => RunAsync(step, tasks))).ConfigureAwait(false);
    }

    private async Task RunAsync(Step step, Dictionary<ResourceEntry, TaskCompletionSource<bool>> tasks)
    {
        var deleted = false;
        try
        {
            deleted = await AreReferrersGoneAsync(step, tasks).ConfigureAwait(false) && await DeleteAsync(step).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.Control.Stopping.IsCancellationRequested)
        {
            // The run has stopped: what was not begun stays.
        }
        finally
        {
            tasks[step.OldEntry!].SetResult(deleted);
        }
    }

    private async Task<bool> AreReferrersGoneAsync(Step step, Dictionary<ResourceEntry, TaskCompletionSource<bool>> tasks)
    {
        foreach (var referrer in context.Prior.ReferrersOf(step.Urn))
        {
            if (referrer == step.OldEntry)
            {
                continue;
            }

            // A resource that failed to change in this run may still need what it needed before.
            if (tasks.TryGetValue(referrer, out var task) ? !await task.Task.ConfigureAwait(false) : IsLeftBehind(referrer))
            {
                return false;
            }

            if (task is null && StillNeeds(referrer, step))
            {
                RefuseForSomethingElse(step.Urn, referrer.State.Urn);
                return false;
            }
        }

        return true;
    }

    private bool IsLeftBehind(ResourceEntry entry) =>
        entry is { IsRemoved: false, State.PendingReplacement: false } && table.OwnerOf(entry) is { IsMissing: true };

    // A resource that this run may not touch is as it was, and so needs what it needed, whatever the program says of it now.
    private bool StillNeeds(ResourceEntry referrer, Step step) =>
        step.Op is StepOp.Delete or StepOp.ReadDiscard && !table.TryGet(step.Urn, out _)
        && table.OwnerOf(referrer)?.State is { } kept && kept.References.Contains(step.Urn);

    // What is excluded simply keeps what it needs.
    private void RefuseForSomethingElse(Urn urn, Urn dependent)
    {
        if (context.Options.Targets.IsConstrained)
        {
            context.Diagnostics.Error(
                urn,
                $"Resource '{urn}' cannot be destroyed: '{dependent}' depends on it and was not specified in --target list.\n"
                + "Either include that resource in --target list or pass --target-dependents to proceed.");
            context.Control.Fail(goOn: true);
        }
    }

    private async Task<bool> DeleteAsync(Step step)
    {
        if (step.Op == StepOp.Delete && step.Old!.Protect)
        {
            Refuse(step.Urn);
            return false;
        }

        return (await executor.RunChainAsync([step]).ConfigureAwait(false)).Result is StepResult.Succeeded;
    }

    // All protected resources are told in one run, so this does not stop it.
    private void Refuse(Urn urn)
    {
        var message = $"resource \"{urn}\" cannot be deleted\nbecause it is protected. To unprotect the resource, either remove the `protect` flag "
            + $"from the resource in your Pulumi program and run `pulumi up`, or use the command:\n`pulumi state unprotect '{urn}'`";
        context.Diagnostics.Error(urn, context.Options.DryRun ? $"Preview failed: {message}" : message);
        context.Control.Fail(goOn: true);
    }
}
