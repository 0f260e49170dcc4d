using System.Collections.Concurrent;
using System.Collections.Immutable;
using FogInfra.Embedded.Engine.Deploying;
using FogInfra.Embedded.Protocol.Messages;
using FogInfra.Embedded.Protocol.Rpc;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Embedded.Engine.Monitor;

/// <summary>
/// The transforms of a run: functions of the program through which every registration and every invoke goes before anything else is made
/// of it. Those of the resource itself come first, then those of its ancestors going up, then those of the stack.
/// </summary>
internal sealed class ProgramTransforms(ProgramCallbacks callbacks, CancellationToken cancellationToken)
{
    private readonly ConcurrentDictionary<Urn, Inherited> _ofResources = new();
    private ImmutableArray<Callback> _ofStack = [];
    private ImmutableArray<Callback> _ofInvokes = [];

    /// <summary>Adds a transform of all resources.</summary>
    public void AddForStack(Callback transform) => ImmutableInterlocked.Update(ref _ofStack, all => all.Add(transform));

    /// <summary>Adds a transform of all invokes.</summary>
    public void AddForInvokes(Callback transform) => ImmutableInterlocked.Update(ref _ofInvokes, all => all.Add(transform));

    /// <summary>Notes a resource's own transforms, which its children go through, too.</summary>
    public void Remember(Urn urn, Urn? parent, IEnumerable<Callback> transforms) => _ofResources[urn] = new Inherited([.. transforms], parent);

    /// <summary>What becomes of a registration.</summary>
    /// <param name="request">The registration.</param>
    /// <param name="parent">What the parent wants to be, of which a part is handed down; null without a parent.</param>
    /// <exception cref="RpcException">A transform failed.</exception>
    public async Task<RegisterResourceRequest> ApplyAsync(RegisterResourceRequest request, Goal? parent)
    {
        foreach (var transform in Chain(request).ToArray())
        {
            request = TransformMessages.WithInherited(request, parent);
            try
            {
                var response = await callbacks.CallAsync<TransformResponse>(transform, TransformMessages.ToTransform(request), cancellationToken).ConfigureAwait(false);
                request = TransformMessages.Merge(request, response);
            }
            catch (RpcException exception)
            {
                throw new RpcException(RpcStatusCode.Unknown, $"resource '{request.Name}' [{request.Type}]: a transform failed: {exception.Message}", innerException: exception);
            }
        }

        return request;
    }

    /// <summary>What becomes of an invoke.</summary>
    /// <exception cref="RpcException">A transform failed.</exception>
    public async Task<ResourceInvokeRequest> ApplyAsync(ResourceInvokeRequest request)
    {
        foreach (var transform in _ofInvokes)
        {
            try
            {
                var response = await callbacks.CallAsync<TransformInvokeResponse>(transform, TransformMessages.ToTransform(request), cancellationToken).ConfigureAwait(false);
                request = TransformMessages.Merge(request, response);
            }
            catch (RpcException exception)
            {
                throw new RpcException(RpcStatusCode.Unknown, $"invoke of {request.Tok}: a transform failed: {exception.Message}", innerException: exception);
            }
        }

        return request;
    }

    private IEnumerable<Callback> Chain(RegisterResourceRequest request)
    {
        foreach (var transform in request.Transforms)
        {
            yield return transform;
        }

        for (var urn = Urn.TryParse(request.Parent); urn is not null && _ofResources.TryGetValue(urn, out var inherited); urn = inherited.Parent)
        {
            foreach (var transform in inherited.Transforms)
            {
                yield return transform;
            }
        }

        foreach (var transform in _ofStack)
        {
            yield return transform;
        }
    }

    private sealed record Inherited(ImmutableArray<Callback> Transforms, Urn? Parent);
}
