using FogInfra.Embedded.Engine.Providers;
using FogInfra.Embedded.Engine.State;
using FogInfra.Embedded.Engine.Steps;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;

namespace FogInfra.Embedded.Engine.Deploying;

/// <summary>Finds out how what a program wants differs from a resource's state.</summary>
internal sealed class ChangeFinder(DeploymentContext context, RegistrationTable table)
{
    /// <summary>Whether a resource is to be replaced by the user's wish, whatever its inputs are.</summary>
    public bool IsForced(Urn urn, ResourceState old) => context.Options.Replace.Contains(urn) || old.Taint;

    /// <summary>Finds out.</summary>
    /// <param name="request">The registration, with checked inputs.</param>
    /// <param name="old">The resource's state.</param>
    /// <param name="operations">Those of its provider; null for a component.</param>
    public async Task<FoundChanges> FindAsync(PlanRequest request, ResourceState old, IResourceOperations? operations)
    {
        var wanted = request.New;
        if (!context.Options.DryRun && (wanted.ReplacementTrigger?.ContainsUnknowns ?? false))
        {
            throw new RegistrationException($"replacement trigger contains unknowns for {request.Urn}");
        }

        if (DiffDecision.TriggerReplaces(old.ReplacementTrigger, wanted.ReplacementTrigger))
        {
            return new FoundChanges(new ResourceDiff { HasChanges = true }, IsTriggered: true);
        }

        if (IsForced(request.Urn, old))
        {
            return new FoundChanges(ResourceDiff.ReplaceFor("id"));
        }

        if (wanted.ReplaceWith.Any(IsReplaced))
        {
            return new FoundChanges(ResourceDiff.ReplaceFor("replaceWith"));
        }

        if (wanted.DeletedWith is { } other && IsReplaced(other))
        {
            return new FoundChanges(ResourceDiff.ReplaceFor("deletedWith"));
        }

        if (await IsProviderChangedAsync(old, wanted).ConfigureAwait(false))
        {
            return new FoundChanges(ResourceDiff.ReplaceFor("provider"));
        }

        return operations is null
            ? new FoundChanges(new ResourceDiff { HasChanges = !old.Inputs.Equals(wanted.Inputs) })
            : new FoundChanges(await AskProviderAsync(request, old, operations).ConfigureAwait(false));
    }

    private async Task<ResourceDiff> AskProviderAsync(PlanRequest request, ResourceState old, IResourceOperations operations)
    {
        var answer = await operations.DiffAsync(
            new DiffRequest(request.Urn, old.Id, old.Inputs, old.Outputs, request.New.Inputs, request.Goal.IgnoreChanges),
            context.Control.Abandoned).ConfigureAwait(false);
        if (answer is not null)
        {
            return DiffDecision.FromProvider(answer, old.Inputs, request.New.Inputs, request.Goal.IgnoreChanges);
        }

        context.Diagnostics.Warning(
            request.Urn,
            "The provider for this resource has inputs that are not known during preview.\n"
            + "This preview may not correctly represent the changes that will be applied during an update.");
        return new ResourceDiff { HasChanges = true };
    }

    private bool IsReplaced(Urn urn) => table.TryGet(urn, out var registration) && registration.IsReplaced;

    private async Task<bool> IsProviderChangedAsync(ResourceState old, ResourceState wanted)
    {
        if (old.Provider == wanted.Provider)
        {
            return false;
        }

        if (old.Provider is not { } before || wanted.Provider is not { } after)
        {
            return true; // A component became a custom resource, or the other way round.
        }

        var registered = table.TryGet(after.Urn, out var registration) ? registration : null;
        if (registered?.FormerUrn is { } former && former == before.Urn)
        {
            return false; // The same provider under another name.
        }

        var beforeState = context.Prior.FindProvider(before);
        var afterState = registered?.State ?? context.Prior.FindProvider(after);
        if (beforeState is null || afterState is null)
        {
            return true;
        }

        var answer = await context.Providers.DiffConfigAsync(
            after, beforeState, afterState, context.Prior, context.Control.Abandoned).ConfigureAwait(false);
        return answer.IsReplace;
    }
}

/// <summary>What was found.</summary>
/// <param name="Diff">The changes.</param>
/// <param name="IsTriggered">The resource's replacement trigger changed.</param>
internal readonly record struct FoundChanges(ResourceDiff Diff, bool IsTriggered = false);
