using FogInfra.Embedded.Engine.Deploying;
using FogInfra.Embedded.Engine.Events;
using FogInfra.Embedded.Engine.State;

namespace FogInfra.Embedded.Engine.Steps;

/// <summary>
/// Carries out steps: writes down what is about to happen, has it done, writes down what came of it, and tells of it. A step has one of the
/// places for operations while it is done; no place is idle while a note is brought to the disk.
/// </summary>
/// <param name="context">What the parts of the run share.</param>
/// <param name="actions">What is done.</param>
/// <param name="operations">How many steps may be done at one time.</param>
/// <param name="ahead">How many steps that are noted on the disk itself may be noted before there is a place for them.</param>
internal sealed class StepExecutor(DeploymentContext context, StepActions actions, Limiter operations, Limiter ahead)
{
    /// <summary>Carries out steps one after the other, as one piece of work; the first that fails ends it.</summary>
    /// <returns>The result and entry of the last step that was begun.</returns>
    /// <exception cref="OperationCanceledException">The run stopped before the next step could begin.</exception>
    public async Task<ExecutedStep> RunChainAsync(IReadOnlyList<Step> steps)
    {
        OperationEntry? noted = null;
        Limiter.Place place;
        if (!context.Options.DryRun && StepJournal.PendingOperation(steps[0]) is { MayLeaveSomethingBehind: true } first)
        {
            using var waiting = await ahead.EnterAsync(context.Control.Stopping).ConfigureAwait(false);
            noted = await NoteAsync(first).ConfigureAwait(false);
            place = await EnterAsync(noted).ConfigureAwait(false);
        }
        else
        {
            place = await operations.EnterAsync(context.Control.Stopping).ConfigureAwait(false);
        }

        using (place)
        {
            return await RunChainAsync(steps, noted, place).ConfigureAwait(false);
        }
    }

    private async Task<ExecutedStep> RunChainAsync(IReadOnlyList<Step> steps, OperationEntry? noted, Limiter.Place place)
    {
        var last = default(ExecutedStep);
        ResourceState? made = null;
        for (var position = 0; position < steps.Count; position++)
        {
            // The logical middle of a replacement shows the new resource as it was made, when that came first.
            var step = steps[position].Op == StepOp.Replace && made is not null ? steps[position] with { New = made } : steps[position];
            if (position > 0)
            {
                context.Control.Stopping.ThrowIfCancellationRequested();
                noted = null;
            }

            last = await RunAsync(step, noted, position == steps.Count - 1 ? place : null).ConfigureAwait(false);
            if (last.Result is not StepResult.Succeeded succeeded)
            {
                return last;
            }

            made = succeeded.State ?? made;
        }

        return last;
    }

    private async Task<OperationEntry> NoteAsync(PendingOperation what)
    {
        var operation = new OperationEntry(what);
        await context.Checkpoints.ApplyAsync(new StateChange.Started(operation)).ConfigureAwait(false);
        return operation;
    }

    private async Task<Limiter.Place> EnterAsync(OperationEntry noted)
    {
        try
        {
            return await operations.EnterAsync(context.Control.Stopping).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await context.Checkpoints.ApplyAsync(new StateChange.Ended(noted)).ConfigureAwait(false); // It was not begun, and will not be.
            throw;
        }
    }

    private async Task<ExecutedStep> RunAsync(Step step, OperationEntry? operation, Limiter.Place? placeToLeave)
    {
        var planning = context.Options.DryRun;
        context.Events.Emit(new EngineEvent.StepStarted(step, planning));
        if (step.New is { } wanted)
        {
            context.Redactor.Add(wanted.Inputs);
        }

        if (operation is null && StepJournal.PendingOperation(step) is { } pending)
        {
            operation = await NoteAsync(pending).ConfigureAwait(false);
        }

        var result = WithSecretOutputs(await context.Hooks.AroundAsync(step, () => actions.RunAsync(step)).ConfigureAwait(false));
        if (result is StepResult.Succeeded)
        {
            placeToLeave?.Dispose(); // What is left is to write it down. A failure must stop the run before another step begins in its place.
        }

        return result switch
        {
            StepResult.Succeeded succeeded => await SucceedAsync(step, operation, succeeded).ConfigureAwait(false),
            StepResult.PartiallyFailed partial => await FailPartiallyAsync(step, operation, partial).ConfigureAwait(false),
            StepResult.Failed failed => await FailAsync(step, operation, failed).ConfigureAwait(false),
            _ => throw new InvalidOperationException($"Unknown result {result}."),
        };
    }

    private async Task<ExecutedStep> SucceedAsync(Step step, OperationEntry? operation, StepResult.Succeeded result)
    {
        var done = result.State is { } state && step.New is not null ? step with { New = state } : step;
        var entry = await EndAsync(done, operation, result.State).ConfigureAwait(false);
        if (IsCounted(done))
        {
            context.Changes.Add(step.Op);
        }

        if (context.Options.DryRun || step.Resource.Custom || step.Op == StepOp.Delete)
        {
            context.Events.Emit(new EngineEvent.StepDone(done, step.Op, context.Options.DryRun));
        }

        return new ExecutedStep(done, result, entry);
    }

    private async Task<ExecutedStep> FailPartiallyAsync(Step step, OperationEntry? operation, StepResult.PartiallyFailed result)
    {
        var entry = await EndAsync(step with { New = result.State }, operation, result.State).ConfigureAwait(false);
        Report(step, result.Message, FailureStatus.Partial);
        return new ExecutedStep(step, result, entry);
    }

    private async Task<ExecutedStep> FailAsync(Step step, OperationEntry? operation, StepResult.Failed result)
    {
        // An operation that was abandoned may still have its effect, so it stays noted as pending.
        if (operation is not null && !context.Control.Abandoned.IsCancellationRequested)
        {
            await context.Checkpoints.ApplyAsync(new StateChange.Ended(operation)).ConfigureAwait(false);
        }

        if (result.Status == FailureStatus.Unknown)
        {
            context.Control.NoteCorruption();
        }

        Report(step, result.Message, result.Status);
        return new ExecutedStep(step, result, null);
    }

    private void Report(Step step, string message, FailureStatus status)
    {
        context.Diagnostics.Error(step.IsInternal ? null : step.Urn, context.Options.DryRun ? $"Preview failed: {message}" : message);
        if (!context.Options.DryRun)
        {
            context.Events.Emit(new EngineEvent.StepFailed(step, status, context.Changes.Total));
        }

        context.Control.Fail(context.Options.ContinueOnError);
    }

    private async Task<ResourceEntry?> EndAsync(Step step, OperationEntry? operation, ResourceState? state)
    {
        if (step.IsSkippedCreate || step.Op == StepOp.Replace)
        {
            return null;
        }

        var entry = state is null ? null : new ResourceEntry(state);
        var changes = StepJournal.ChangesOf(step, entry).ToList();
        if (operation is not null)
        {
            changes.Insert(0, new StateChange.Ended(operation));
        }

        if (step.Op == StepOp.Same && !StepJournal.IsWorthWriting(step.Old!, state!))
        {
            context.Checkpoints.ApplyLater([.. changes]);
        }
        else
        {
            await context.Checkpoints.ApplyAsync([.. changes]).ConfigureAwait(false);
        }

        return entry;
    }

    private static bool IsCounted(Step step) => !step.IsInternal && step.Op switch
    {
        StepOp.Read => step.Old is null || !step.Old.Outputs.Equals(step.New!.Outputs),
        _ => step.Op.IsLogical(),
    };

    private StepResult WithSecretOutputs(StepResult result) => result switch
    {
        StepResult.Succeeded { State: { } state } => new StepResult.Succeeded(WithSecretOutputs(state)),
        StepResult.PartiallyFailed partial => partial with { State = WithSecretOutputs(partial.State) },
        _ => result,
    };

    private ResourceState WithSecretOutputs(ResourceState state)
    {
        if (state.AdditionalSecretOutputs.Contains(SecretOutputs.IdKey))
        {
            context.Diagnostics.Warning(state.Urn, "The 'id' property cannot be made secret.");
        }

        var marked = SecretOutputs.Mark(state);
        context.Redactor.Add(marked.Outputs);
        return marked;
    }
}

/// <summary>A step with what came of it.</summary>
/// <param name="Step">The step, with its resource as it is now.</param>
/// <param name="Result">What came of it.</param>
/// <param name="Entry">The entry that its resource has now in the state; null when it has none.</param>
internal readonly record struct ExecutedStep(Step Step, StepResult Result, ResourceEntry? Entry);
