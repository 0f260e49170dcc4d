using FogInfra.Embedded.Engine.Events;
using FogInfra.Embedded.Engine.State;
using FogInfra.Embedded.Engine.Values;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Engine.Deploying;

/// <summary>Sets the outputs of components, and at the end those of the stack.</summary>
internal sealed class OutputRegistrar(DeploymentContext context, RegistrationTable table)
{
    private PropertyMap? _rootOutputs;

    /// <summary>Sets the outputs of a component, or keeps those of the stack for the end.</summary>
    /// <exception cref="RegistrationException">The resource is not registered, or its outputs were set before.</exception>
    public async Task SetAsync(Urn urn, PropertyMap outputs)
    {
        if (urn.QualifiedType == Urn.StackType)
        {
            Volatile.Write(ref _rootOutputs, outputs);
            return;
        }

        if (!table.TryGet(urn, out var registration) || registration is { State: null, IsMissing: false } || !registration.TrySetOutputs())
        {
            throw new RegistrationException($"cannot complete a resource '{urn}' whose registration isn't pending");
        }

        if (!registration.IsMissing)
        {
            await SetAsync(registration, Known(outputs)).ConfigureAwait(false);
        }
    }

    /// <summary>Sets the stack's outputs. After a failure outputs that the program did not get to keep their old values.</summary>
    public async Task FinishAsync()
    {
        if (Volatile.Read(ref _rootOutputs) is not { } outputs || !table.TryGet(context.RootUrn, out var root) || root.State is null)
        {
            return;
        }

        var failed = context.Control.HasFailed || context.Control.Canceled.IsCancellationRequested;
        var old = context.Prior.Find(context.RootUrn)?.State.Outputs;
        outputs = Known(outputs);
        await SetAsync(root, failed && old is not null ? old.With(outputs) : outputs).ConfigureAwait(false);
    }

    // Outputs that come from a resource that failed stay unknown.
    private PropertyMap Known(PropertyMap outputs) => context.Options.DryRun ? outputs : outputs.OnlyKnown();

    private async Task SetAsync(Registration registration, PropertyMap outputs)
    {
        var before = registration.State!;
        var after = before with { Outputs = outputs };
        registration.State = after;
        context.Redactor.Add(outputs);
        if (registration.Step is { } step && !registration.IsSkippedCreate)
        {
            var done = step with { New = after };
            registration.Step = done;
            context.Events.Emit(new EngineEvent.StepDone(done, step.Op, context.Options.DryRun));
        }

        if (registration.Entry is not { } entry)
        {
            return;
        }

        var change = new StateChange.Changed(entry, after);
        if (outputs.Equals(before.Outputs))
        {
            context.Checkpoints.ApplyLater(change);
        }
        else
        {
            await context.Checkpoints.ApplyAsync(change).ConfigureAwait(false);
        }
    }
}
