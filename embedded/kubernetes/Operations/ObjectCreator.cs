using FogInfra.Embedded.Kubernetes.Client;
using FogInfra.Embedded.Kubernetes.Objects;
using FogInfra.Embedded.Kubernetes.Ownership;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;

namespace FogInfra.Embedded.Kubernetes.Operations;

/// <summary>Creates objects.</summary>
internal sealed class ObjectCreator(OperationContext context)
{
    private readonly KindResolver _kinds = new(context);
    private readonly ReadinessGate _gate = new(context);

    /// <summary>Creates an object and waits until it is ready.</summary>
    public async Task<CreateResult> CreateAsync(ResourceType type, CreateRequest request, CancellationToken cancellationToken)
    {
        var manager = FieldManager.NameFor(request.Urn, request.Inputs, null);
        var writer = new ObjectWriter(context.Client, type, manager, dryRun: false);
        var (resource, written) = await _kinds.WhenThereAsync(
            request.Urn, type, async found => (found, await WriteAsync(writer, found, request, cancellationToken).ConfigureAwait(false)), cancellationToken)
            .ConfigureAwait(false);
        context.PassOn(request.Urn, written);
        var outputs = await _gate.PassAsync(
            request.Urn, type, resource, written.Object, request.Inputs,
            live => ResourceState.Outputs(type, live, request.Inputs, manager, old: null),
            isNew: true, request.Timeout, cancellationToken).ConfigureAwait(false);
        if (type.IsDefinition)
        {
            context.Client.Resources.Refresh();
        }

        return new CreateResult(ObjectIdentity.Of(written.Object).ToString(), outputs);
    }

    /// <summary>
    /// Foretells what would be created. Where the cluster cannot say, the outputs are the inputs: a preview does not fail for reasons for
    /// which the real run would not.
    /// </summary>
    public async Task<CreateResult> PreviewAsync(ResourceType type, CreateRequest request, CancellationToken cancellationToken)
    {
        var asTheyAre = new CreateResult("", request.Inputs);
        if (((PropertyValue)request.Inputs).ContainsUnknowns)
        {
            return asTheyAre;
        }

        try
        {
            if (await _kinds.FindAsync(type, cancellationToken).ConfigureAwait(false) is not { } resource)
            {
                return asTheyAre; // Its definition may be part of the same update.
            }

            var writer = new ObjectWriter(context.Client, type, FieldManager.NameFor(request.Urn, request.Inputs, null), dryRun: true);
            var written = await WriteAsync(writer, resource, request, cancellationToken).ConfigureAwait(false);
            context.PassOn(request.Urn, written);
            return new CreateResult("", ResourceState.Foretold(type, written.Object, request.Inputs, isNew: true));
        }
        catch (ApiException error) when (DryRun.SaysNothing(error) || error.IsAlreadyExists)
        {
            return asTheyAre;
        }
        catch (ApiException error) when (error.IsUnservedPath && type.Known is not null)
        {
            throw await _kinds.NotServedAsync(type, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<WriteResult> WriteAsync(ObjectWriter writer, ApiResource resource, CreateRequest request, CancellationToken cancellationToken)
    {
        if (context.Settings.Upsert)
        {
            var force = context.Settings.PatchForce || request.Inputs.Annotation(Annotations.PatchForce) == "true";
            return await writer.ApplyAsync(resource, request.Inputs, force ? ApplyRoute.Force : ApplyRoute.Plain, null, null, cancellationToken).ConfigureAwait(false);
        }

        try
        {
            return await writer.CreateAsync(resource, request.Inputs, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException error) when (error.IsAlreadyExists && !request.Preview)
        {
            if (request.MayExist && await writer.HasWrittenAsync(resource, request.Inputs, cancellationToken).ConfigureAwait(false))
            {
                // The run that made it was killed before it could note that; the inputs may have changed since.
                return await writer.ApplyAsync(resource, request.Inputs, ApplyRoute.MigrateFirst, null, null, cancellationToken).ConfigureAwait(false);
            }

            return await HasMadeRoomAsync(resource, request, cancellationToken).ConfigureAwait(false)
                ? await writer.CreateAsync(resource, request.Inputs, cancellationToken).ConfigureAwait(false)
                : throw ExistsAlready(resource, request.Inputs, error);
        }
    }

    // An object that is on its way out is no obstacle: it may be the one that this one replaces.
    private async Task<bool> HasMadeRoomAsync(ApiResource resource, CreateRequest request, CancellationToken cancellationToken)
    {
        var identity = ObjectIdentity.Of(request.Inputs);
        var old = await context.Client.FindAsync(resource, identity.Namespace, identity.Name, cancellationToken).ConfigureAwait(false);
        if (old is null or { IsDeleting: false })
        {
            return old is null;
        }

        var budget = ReadinessGate.Budget(request.Timeout, request.Inputs, context.Options.Readiness.Timeout);
        var left = await context.Session.Deletions.WaitAsync(
            resource, old, budget, text => context.ShowStatus(request.Urn, $"until the old object is gone: {text}"), cancellationToken)
            .ConfigureAwait(false);
        return left is null;
    }

    private ProviderException ExistsAlready(ApiResource resource, PropertyMap inputs, ApiException error) => new(
        $"{resource.Kind} {ObjectIdentity.Of(inputs)} exists already in the {context.Client.Connection.Describe()}, and was not made by this resource. "
        + "If it belongs to a resource that was renamed, give this one an alias; if it is to be replaced, set deleteBeforeReplace; "
        + $"to manage it from now on, import it (id {ObjectIdentity.Of(inputs)}), or set the provider's upsertExistingObjects.", error);
}
