using FogInfra.Embedded.Engine.Values;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;

namespace FogInfra.Embedded.Engine.Providers;

/// <summary>A provider that runs and is configured, or, in a preview, would be if its configuration were known.</summary>
/// <param name="plugin">The provider.</param>
/// <param name="features">What it can do; null while its configuration is not known, so that it was not configured.</param>
internal sealed class LoadedProvider(IResourceProvider plugin, ProviderFeatures? features) : IResourceOperations
{
    /// <summary>The provider itself.</summary>
    public IResourceProvider Plugin => plugin;

    /// <summary>What it can do; null while its configuration is not known.</summary>
    public ProviderFeatures? Features => features;

    /// <summary>It takes and gives values marked as secret.</summary>
    public bool AcceptsSecrets => features?.AcceptsSecrets ?? false;

    /// <inheritdoc/>
    public async Task<CheckResult> CheckAsync(CheckRequest request, CancellationToken cancellationToken)
    {
        if (features is null)
        {
            return CheckResult.Passed(request.NewInputs);
        }

        var result = await plugin.CheckAsync(
            request with { OldInputs = Outgoing(request.OldInputs), NewInputs = Outgoing(request.NewInputs) }, cancellationToken).ConfigureAwait(false);
        return result with { Inputs = Incoming(result.Inputs, request.NewInputs, keepUnknowns: true) };
    }

    /// <inheritdoc/>
    public async Task<DiffResult?> DiffAsync(DiffRequest request, CancellationToken cancellationToken) => features is null
        ? null
        : await plugin.DiffAsync(
            request with
            {
                OldInputs = Outgoing(request.OldInputs),
                OldOutputs = Outgoing(request.OldOutputs),
                NewInputs = Outgoing(request.NewInputs),
            },
            cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<CreateResult> CreateAsync(CreateRequest request, CancellationToken cancellationToken)
    {
        if (request.Preview && features is not { SupportsPreview: true })
        {
            return new CreateResult("", features is null ? PropertyMap.Empty : request.Inputs);
        }

        try
        {
            var result = await plugin.CreateAsync(request with { Inputs = Outgoing(request.Inputs) }, cancellationToken).ConfigureAwait(false);
            return result.Id.Length > 0 || request.Preview
                ? result with { Id = request.Preview ? "" : result.Id, Outputs = Incoming(result.Outputs, request.Inputs, request.Preview) }
                : throw new ProviderException($"the provider gave no id for '{request.Urn}', which it says it has created") { StateUnknown = true };
        }
        catch (ResourceInitException exception) when (!AcceptsSecrets)
        {
            throw Annotated(exception, request.Inputs);
        }
    }

    /// <inheritdoc/>
    public async Task<ReadResult> ReadAsync(ReadRequest request, CancellationToken cancellationToken)
    {
        if (features is null)
        {
            return new ReadResult(request.Id, request.Inputs, PropertyMap.Empty);
        }

        var known = request.Inputs.With(request.Outputs);
        try
        {
            var result = await plugin.ReadAsync(
                request with { Inputs = Outgoing(request.Inputs), Outputs = Outgoing(request.Outputs) }, cancellationToken).ConfigureAwait(false);
            return result with
            {
                Inputs = result.Inputs is null ? null : Incoming(result.Inputs, request.Inputs),
                Outputs = Incoming(result.Outputs, known),
            };
        }
        catch (ResourceInitException exception) when (!AcceptsSecrets)
        {
            throw Annotated(exception, known);
        }
    }

    /// <inheritdoc/>
    public async Task<UpdateResult> UpdateAsync(UpdateRequest request, CancellationToken cancellationToken)
    {
        if (request.Preview && features is not { SupportsPreview: true })
        {
            return new UpdateResult(features is null ? PropertyMap.Empty : request.NewInputs);
        }

        var outgoing = request with
        {
            OldInputs = Outgoing(request.OldInputs), OldOutputs = Outgoing(request.OldOutputs), NewInputs = Outgoing(request.NewInputs),
        };
        try
        {
            var result = await plugin.UpdateAsync(outgoing, cancellationToken).ConfigureAwait(false);
            return new UpdateResult(Incoming(result.Outputs, request.NewInputs, request.Preview));
        }
        catch (ResourceInitException exception) when (!AcceptsSecrets)
        {
            throw Annotated(exception, request.NewInputs);
        }
    }

    /// <inheritdoc/>
    public Task DeleteAsync(DeleteRequest request, CancellationToken cancellationToken) => plugin.DeleteAsync(
        request with { OldInputs = Outgoing(request.OldInputs), OldOutputs = Outgoing(request.OldOutputs) }, cancellationToken);

    /// <summary>Calls a function; null when the provider's configuration is not known yet.</summary>
    public async Task<InvokeResult?> InvokeAsync(InvokeRequest request, CancellationToken cancellationToken)
    {
        if (features is null)
        {
            return null;
        }

        var result = await plugin.InvokeAsync(request with { Arguments = Outgoing(request.Arguments) }, cancellationToken).ConfigureAwait(false);
        // It cannot be told which results come from a secret argument, so all are taken to.
        return AcceptsSecrets || !request.Arguments.ContainsSecrets
            ? result
            : result with { Return = result.Return.Select(value => value.AsSecret()) };
    }

    private PropertyMap Outgoing(PropertyMap map)
    {
        var result = AcceptsSecrets ? map : map.Select(value => value.Reveal());
        return features is { AcceptsReferences: true } ? result : result.Select(WithoutReferences);
    }

    private PropertyMap Incoming(PropertyMap results, PropertyMap sources, bool keepUnknowns = false)
    {
        var kept = keepUnknowns ? results : results.OnlyKnown();
        return AcceptsSecrets ? kept : SecretAnnotation.Annotate(kept, sources);
    }

    private ResourceInitException Annotated(ResourceInitException exception, PropertyMap sources) => new(exception.Message, exception.Reasons)
    {
        Id = exception.Id,
        Outputs = Incoming(exception.Outputs, sources),
        Inputs = exception.Inputs is null ? null : Incoming(exception.Inputs, sources),
    };

    private static PropertyValue WithoutReferences(PropertyValue value) => value switch
    {
        PropertyValue.Reference { Id: "" } => PropertyValue.Unknown,
        PropertyValue.Reference reference => reference.Id ?? reference.Urn,
        _ => value.SelectItems(WithoutReferences),
    };
}
