using FogInfra.Embedded.Engine.Deploying;
using FogInfra.Embedded.Engine.Events;
using FogInfra.Embedded.Engine.Providers;
using FogInfra.Embedded.Engine.State;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;

namespace FogInfra.Embedded.Engine.Steps;

/// <summary>What each kind of step does: which call it makes to the provider, and what state follows from the answer.</summary>
internal sealed class StepActions(DeploymentContext context)
{
    private bool DryRun => context.Options.DryRun;

    private CancellationToken Abandoned => context.Control.Abandoned;

    /// <summary>Does a step.</summary>
    public async Task<StepResult> RunAsync(Step step)
    {
        try
        {
            return step.Op switch
            {
                StepOp.Same => await SameAsync(step).ConfigureAwait(false),
                StepOp.Create or StepOp.CreateReplacement => await CreateAsync(step).ConfigureAwait(false),
                StepOp.Update => await UpdateAsync(step).ConfigureAwait(false),
                StepOp.Read or StepOp.ReadReplacement => await ReadAsync(step).ConfigureAwait(false),
                StepOp.Import or StepOp.ImportReplacement => await ImportAsync(step).ConfigureAwait(false),
                StepOp.Delete or StepOp.DeleteReplaced => await DeleteAsync(step).ConfigureAwait(false),
                StepOp.Replace => new StepResult.Succeeded(step.New),
                _ => new StepResult.Succeeded(null),
            };
        }
        catch (ProviderException exception)
        {
            return new StepResult.Failed(exception.Message, exception.StateUnknown ? FailureStatus.Unknown : FailureStatus.Unchanged);
        }
        catch (OperationCanceledException) when (Abandoned.IsCancellationRequested)
        {
            return new StepResult.Failed("the operation was abandoned; its effect is not known", FailureStatus.Unknown);
        }
#pragma warning disable CA1031 // A provider is somebody else's code: whatever it throws fails the step, not the engine.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return new StepResult.Failed(exception.Message, FailureStatus.Unknown);
        }
    }

    /// <summary>The operations of a resource's provider.</summary>
    public async Task<IResourceOperations> OperationsOfAsync(ResourceState resource)
    {
        if (resource.IsProvider)
        {
            return context.Providers;
        }

        var reference = resource.Provider ?? throw new ProviderException($"'{resource.Urn}' has no provider");
        return await context.Providers.GetAsync(reference, context.Prior, Abandoned).ConfigureAwait(false);
    }

    private async Task<StepResult> SameAsync(Step step)
    {
        if (step.IsSkippedCreate)
        {
            return new StepResult.Succeeded(step.New);
        }

        var state = step.New! with
        {
            Id = step.Old!.Id, Outputs = step.Old.Outputs, Created = step.Old.Created, Modified = step.Old.Modified,
            InitErrors = step.Old.InitErrors,
        };
        if (state.IsProvider)
        {
            // A provider may say that other inputs make no difference; then it goes on with those that it knows.
            await context.Providers.SameAsync(state with { Inputs = step.Old.Inputs }, Abandoned).ConfigureAwait(false);
        }

        return new StepResult.Succeeded(state);
    }

    private async Task<StepResult> CreateAsync(Step step)
    {
        var wanted = step.New!;
        var now = context.Clock.GetUtcNow();
        if (!wanted.Custom)
        {
            return new StepResult.Succeeded(wanted with { Created = now, Modified = now });
        }

        var operations = await OperationsOfAsync(wanted).ConfigureAwait(false);
        try
        {
            var result = await operations.CreateAsync(
                new CreateRequest(wanted.Urn, wanted.Inputs, wanted.Timeouts.Create, DryRun) { MayExist = step.MayExist }, Abandoned).ConfigureAwait(false);
            return new StepResult.Succeeded(wanted with { Id = result.Id, Outputs = result.Outputs, Created = now, Modified = now });
        }
        catch (ResourceInitException exception)
        {
            return Partial(
                wanted with { Id = exception.Id, Outputs = exception.Outputs, InitErrors = exception.Reasons, Created = now, Modified = now },
                exception);
        }
    }

    private async Task<StepResult> UpdateAsync(Step step)
    {
        var (old, wanted) = (step.Old!, step.New! with { Id = step.Old!.Id, Created = step.Old.Created });
        var now = context.Clock.GetUtcNow();
        if (!wanted.Custom)
        {
            return new StepResult.Succeeded(wanted with { Modified = now });
        }

        var operations = await OperationsOfAsync(wanted).ConfigureAwait(false);
        try
        {
            var result = await operations.UpdateAsync(
                new UpdateRequest(wanted.Urn, old.Id, old.Inputs, old.Outputs, wanted.Inputs, wanted.Timeouts.Update, step.IgnoreChanges, DryRun),
                Abandoned).ConfigureAwait(false);
            return new StepResult.Succeeded(wanted with { Outputs = result.Outputs, Modified = now });
        }
        catch (ResourceInitException exception)
        {
            // The change did not succeed, so the next update must see it as still to be made.
            return Partial(
                wanted with { Inputs = old.Inputs, Outputs = exception.Outputs, InitErrors = exception.Reasons, Modified = now }, exception);
        }
    }

    private async Task<StepResult> ReadAsync(Step step)
    {
        var wanted = step.New!;
        if (wanted.Id == Signatures.Unknown)
        {
            return new StepResult.Succeeded(wanted with { Outputs = PropertyMap.Empty });
        }

        var operations = await OperationsOfAsync(wanted).ConfigureAwait(false);
        try
        {
            // What the program knows of the resource goes as its inputs and as its state; that is what providers expect of a read.
            var result = await operations.ReadAsync(
                new ReadRequest(wanted.Urn, wanted.Id, wanted.Inputs, wanted.Inputs, wanted.Timeouts.Read), Abandoned).ConfigureAwait(false);
            return result.Id.Length == 0
                ? new StepResult.Failed($"resource '{wanted.Id}' does not exist")
                : new StepResult.Succeeded(WithTimes(wanted with { Id = result.Id, Outputs = result.Outputs }, step.Old));
        }
        catch (ResourceInitException exception)
        {
            return Partial(
                WithTimes(wanted with { Id = exception.Id, Outputs = exception.Outputs, InitErrors = exception.Reasons }, step.Old), exception);
        }
    }

    private async Task<StepResult> ImportAsync(Step step)
    {
        var wanted = step.New!;
        var now = context.Clock.GetUtcNow();
        var operations = await OperationsOfAsync(wanted).ConfigureAwait(false);
        ReadResult result;
        var errors = wanted.InitErrors;
        try
        {
            result = await operations.ReadAsync(
                new ReadRequest(wanted.Urn, wanted.ImportId, PropertyMap.Empty, PropertyMap.Empty, wanted.Timeouts.Read), Abandoned).ConfigureAwait(false);
        }
        catch (ResourceInitException exception)
        {
            result = new ReadResult(exception.Id, exception.Inputs, exception.Outputs);
            errors = exception.Reasons;
        }

        if (result.Id.Length == 0)
        {
            return new StepResult.Failed($"resource '{wanted.ImportId}' does not exist");
        }

        return result.Inputs is not { } inputs
            ? new StepResult.Failed($"provider does not support importing resources; please try updating the '{wanted.Type.Split(':')[0]}' plugin")
            : new StepResult.Succeeded(wanted with
            {
                Id = result.Id, Inputs = inputs, Outputs = result.Outputs, InitErrors = errors, Created = now, Modified = now,
            });
    }

    private async Task<StepResult> DeleteAsync(Step step)
    {
        var old = step.Old!;
        if (DryRun || !old.Custom || old.External || old.RetainOnDelete
            || (old.DeletedWith is { } other && context.Deletions.ContainsKey(other)))
        {
            return new StepResult.Succeeded(null);
        }

        var operations = await OperationsOfAsync(old).ConfigureAwait(false);
        try
        {
            await operations.DeleteAsync(
                new DeleteRequest(old.Urn, old.Id, old.Inputs, old.Outputs, old.Timeouts.Delete), Abandoned).ConfigureAwait(false);
            return new StepResult.Succeeded(null);
        }
        catch (ResourceInitException exception)
        {
            return new StepResult.Failed(exception.Message);
        }
    }

    private ResourceState WithTimes(ResourceState state, ResourceState? old)
    {
        var changed = old is not null && !(state.Inputs.Equals(old.Inputs) && state.Outputs.Equals(old.Outputs));
        return state with { Created = old?.Created, Modified = changed ? context.Clock.GetUtcNow() : old?.Modified };
    }

    private static StepResult.PartiallyFailed Partial(ResourceState state, ResourceInitException exception)
    {
        var reasons = string.Concat(exception.Reasons.Where(reason => !exception.Message.Contains(reason, StringComparison.Ordinal)).Select(reason => $"\n* {reason}"));
        return new StepResult.PartiallyFailed(state, exception.Message + reasons);
    }
}
