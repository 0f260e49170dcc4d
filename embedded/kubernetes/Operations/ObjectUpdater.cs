using FogInfra.Embedded.Kubernetes.Client;
using FogInfra.Embedded.Kubernetes.Objects;
using FogInfra.Embedded.Kubernetes.Ownership;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;

namespace FogInfra.Embedded.Kubernetes.Operations;

/// <summary>Changes objects in place, by server-side apply.</summary>
internal sealed class ObjectUpdater(OperationContext context)
{
    private const int Tries = 3;

    private readonly KindResolver _kinds = new(context);
    private readonly ReadinessGate _gate = new(context);

    /// <summary>Changes an object and waits until it is ready.</summary>
    public async Task<UpdateResult> UpdateAsync(ResourceType type, UpdateRequest request, CancellationToken cancellationToken)
    {
        var resource = await _kinds.FindAsync(type, cancellationToken).ConfigureAwait(false)
            ?? throw await _kinds.NotServedAsync(type, cancellationToken).ConfigureAwait(false);
        var manager = FieldManager.NameFor(request.Urn, request.NewInputs, request.OldOutputs);
        var writer = new ObjectWriter(context.Client, type, manager, dryRun: false);
        var written = (await WriteAsync(writer, type, resource, manager, request, cancellationToken).ConfigureAwait(false))!;
        if (written.Object.IsDeleting)
        {
            await WaitUntilGoneAsync(resource, written.Object, request, cancellationToken).ConfigureAwait(false);
            written = (await WriteAsync(writer, type, resource, manager, request, cancellationToken).ConfigureAwait(false))!;
        }

        context.PassOn(request.Urn, written);
        if (written.Created)
        {
            context.Host.Log(LogSeverity.Warning, request.Urn, $"{resource.Kind} {request.Id} was gone from the cluster; it has been created again.");
        }

        if (request.OldOutputs.GetText(StateKeys.FieldManager) is { } former && former != manager && !written.Created)
        {
            await writer.ReleaseAsync(resource, request.NewInputs, former, cancellationToken).ConfigureAwait(false);
        }

        var outputs = await _gate.PassAsync(
            request.Urn, type, resource, written.Object, request.NewInputs,
            live => ResourceState.Outputs(type, live, request.NewInputs, manager, request.OldOutputs),
            isNew: written.Created, request.Timeout, cancellationToken).ConfigureAwait(false);
        if (type.IsDefinition)
        {
            context.Client.Resources.Refresh();
        }

        return new UpdateResult(outputs);
    }

    // What is on its way out would go in the middle of the wait for it to be ready.
    private async Task WaitUntilGoneAsync(ApiResource resource, KubeObject old, UpdateRequest request, CancellationToken cancellationToken)
    {
        var budget = ReadinessGate.Budget(request.Timeout, request.NewInputs, context.Options.Readiness.Timeout);
        var left = await context.Session.Deletions.WaitAsync(
            resource, old, budget, text => context.ShowStatus(request.Urn, $"until the object, which is being deleted, is gone: {text}"), cancellationToken)
            .ConfigureAwait(false);
        if (left is not null)
        {
            throw new ProviderException($"{resource.Kind} {request.Id} is being deleted, and is not gone: {left.Message}");
        }
    }

    /// <summary>Foretells what a change would make of the object.</summary>
    public async Task<UpdateResult> PreviewAsync(ResourceType type, UpdateRequest request, CancellationToken cancellationToken)
    {
        var asTheyAre = new UpdateResult(request.NewInputs);
        if (((PropertyValue)request.NewInputs).ContainsUnknowns)
        {
            return asTheyAre;
        }

        try
        {
            if (await _kinds.FindAsync(type, cancellationToken).ConfigureAwait(false) is not { } resource)
            {
                return asTheyAre;
            }

            var manager = FieldManager.NameFor(request.Urn, request.NewInputs, request.OldOutputs);
            var writer = new ObjectWriter(context.Client, type, manager, dryRun: true);
            if (await WriteAsync(writer, type, resource, manager, request, cancellationToken).ConfigureAwait(false) is not { } written)
            {
                return asTheyAre;
            }

            context.PassOn(request.Urn, written);
            return new UpdateResult(ResourceState.Foretold(type, written.Object, request.NewInputs, isNew: written.Created));
        }
        catch (ApiException error) when (DryRun.SaysNothing(error))
        {
            return asTheyAre;
        }
    }

    // Null when a dry run can say nothing.
    private async Task<WriteResult?> WriteAsync(
        ObjectWriter writer, ResourceType type, ApiResource resource, string manager, UpdateRequest request, CancellationToken cancellationToken)
    {
        var plan = Plan(type, manager, ResourceState.Live(request.OldOutputs), request);
        // What is to be left alone has to be known as it is now; and a version that is surely no longer the present one is not worth a try.
        var lookFirst = !request.IgnoreChanges.IsEmpty || (plan.Route == ApplyRoute.ForceAtKnownVersion && ApplyPlan.HasMovedOn(plan.Seen));
        for (var attempt = 1; ; attempt++)
        {
            if (lookFirst || attempt > 1)
            {
                var identity = ObjectIdentity.Of(plan.Inputs);
                var live = await context.Client.FindAsync(resource, identity.Namespace, identity.Name, cancellationToken).ConfigureAwait(false);
                plan = Plan(type, manager, live is null ? PropertyMap.Empty : ObjectJson.Read(live), request);
            }

            if (plan.Route == ApplyRoute.ForceAtKnownVersion && attempt == Tries)
            {
                plan.Route = ApplyRoute.Plain; // It changes all the time; no version of it can be relied on.
            }

            try
            {
                return await writer.ApplyAsync(
                    resource, plan.Inputs, plan.Route, plan.Seen.TextAt("metadata", "resourceVersion"), plan.Former, cancellationToken).ConfigureAwait(false);
            }
            catch (ApiException error) when (plan.Route == ApplyRoute.ForceAtKnownVersion && error.IsOfAnotherVersion)
            {
                // Somebody wrote in between; once more from what is there now.
            }
            catch (ApiException error) when (error.IsInvalid && request.Preview && plan.Route == ApplyRoute.MigrateFirst && !IsImmutable(error.Message))
            {
                return null; // The real run first takes out what the program no longer says, which two requests of a dry run cannot.
            }
            catch (ApiException error) when (error.IsInvalid && IsImmutable(error.Message))
            {
                var fields = string.Join(", ", error.Causes.Where(cause => IsImmutable(cause.Message)).Select(cause => $"\"{cause.Field}\"").Distinct());
                throw new ProviderException(
                    $"{error.Message} The object cannot be changed this way; to replace it instead, set the resource option replaceOnChanges: [{fields}].", error);
            }
        }
    }

    // What to send, and how, when the object is as it was seen.
    private (PropertyMap Seen, PropertyMap Former, PropertyMap Inputs, ApplyRoute Route) Plan(
        ResourceType type, string manager, PropertyMap seen, UpdateRequest request)
    {
        var former = ObjectWriter.ApiForm(type, request.OldInputs);
        var inputs = ObjectWriter.ApiForm(type, request.NewInputs);
        if (!request.IgnoreChanges.IsEmpty && seen.Count > 0)
        {
            inputs = IgnoredFields.Settle(inputs, seen, request.IgnoreChanges.Select(PropertyPath.Parse), manager);
        }

        var force = context.Settings.PatchForce || inputs.Annotation(Annotations.PatchForce) == "true";
        return (seen, former, inputs, ApplyPlan.Choose(type, manager, seen, former, inputs, force));
    }

    private static bool IsImmutable(string message) =>
        message.Contains("immutable", StringComparison.Ordinal) || message.Contains("Forbidden: updates to", StringComparison.Ordinal);
}
