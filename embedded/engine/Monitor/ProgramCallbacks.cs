using System.Collections.Concurrent;
using FogInfra.Embedded.Protocol.Messages;
using FogInfra.Embedded.Protocol.Rpc;
using FogInfra.Embedded.Protocol.Services;
using Google.Protobuf;

namespace FogInfra.Embedded.Engine.Monitor;

/// <summary>Calls functions that programs lend to the engine: transforms and hooks. May be used by many threads at once.</summary>
internal sealed class ProgramCallbacks : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, RpcChannel> _channels = new(StringComparer.Ordinal);

    /// <summary>Calls one.</summary>
    /// <param name="callback">Which one.</param>
    /// <param name="request">What it takes.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="RpcException">It failed.</exception>
    public async Task<TResponse> CallAsync<TResponse>(Callback callback, IMessage request, CancellationToken cancellationToken)
        where TResponse : IMessage<TResponse>, new()
    {
        var channel = _channels.GetOrAdd(callback.Target, target => new RpcChannel(target));
        var response = await channel.CallAsync(
            CallbacksMethods.Invoke,
            new CallbackInvokeRequest { Token = callback.Token, Request = request.ToByteString() },
            cancellationToken).ConfigureAwait(false);
        var message = new TResponse();
        message.MergeFrom(response.Response);
        return message;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var channel in _channels.Values)
        {
            await channel.DisposeAsync().ConfigureAwait(false);
        }
    }
}
