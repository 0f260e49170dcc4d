using FogInfra.Embedded.Kubernetes.Client;
using FogInfra.Embedded.Kubernetes.Diffs;
using FogInfra.Embedded.Kubernetes.Inputs;
using FogInfra.Embedded.Kubernetes.Objects;
using FogInfra.Embedded.Kubernetes.Ownership;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;

namespace FogInfra.Embedded.Kubernetes.Operations;

/// <summary>Reads objects: for a refresh, and for an import.</summary>
internal sealed class ObjectReader(OperationContext context)
{
    private readonly KindResolver _kinds = new(context);

    /// <summary>Reads an object.</summary>
    public async Task<ReadResult> ReadAsync(ResourceType type, ReadRequest request, CancellationToken cancellationToken)
    {
        if (await FindAsync(type, ObjectIdentity.Parse(request.Id), cancellationToken).ConfigureAwait(false) is not { } live)
        {
            return ReadResult.Gone;
        }

        var isImport = request.Inputs.Count == 0;
        var now = ResourceState.ApiObject(type, live);
        var inputs = isImport
            ? ImportedInputs.Of(type, now)
            : DriftedInputs.Of(request.Inputs, ResourceState.Live(request.Outputs), now, type.Schema);
        var manager = FieldManager.NameFor(request.Urn, inputs, request.Outputs);
        var outputs = ResourceState.Outputs(type, live, inputs, manager, request.Outputs);
        if (!isImport && ReadinessGate.FindRule(type, inputs) is { } rule)
        {
            var result = await context.Session.Readiness.LookAsync(live, rule, cancellationToken).ConfigureAwait(false);
            if (!result.IsReady)
            {
                throw ReadinessGate.NotReady(result, inputs, outputs, inputs);
            }
        }

        return new ReadResult(ObjectIdentity.Of(live).ToString(), inputs, outputs);
    }

    // A kind that is no longer served has no objects; that the server does not answer is an error, and not this.
    private async Task<KubeObject?> FindAsync(ResourceType type, ObjectIdentity identity, CancellationToken cancellationToken)
    {
        if (await _kinds.FindAsync(type, cancellationToken).ConfigureAwait(false) is not { } resource)
        {
            return null;
        }

        var @namespace = resource.Namespaced ? identity.Namespace ?? "default" : null;
        try
        {
            return await context.Client.FindAsync(resource, @namespace, identity.Name, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException error) when (error.IsUnservedPath)
        {
            var served = await context.Client.Resources.FindServedAsync(type.ApiVersion, type.Kind, cancellationToken).ConfigureAwait(false);
            return served is null ? null : throw new ProviderException($"{type.Kind} {identity} cannot be read: {error.Message}", error);
        }
    }
}
