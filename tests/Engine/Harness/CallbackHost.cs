using System.Collections.Concurrent;
using FogInfra.Embedded.Protocol.Messages;
using FogInfra.Embedded.Protocol.Rpc;
using FogInfra.Embedded.Protocol.Services;
using Google.Protobuf;

namespace FogInfra.Engine.Tests.Harness;

/// <summary>Serves functions that the engine calls back, as SDKs do for transforms and hooks.</summary>
internal sealed class CallbackHost : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Func<ByteString, Task<IMessage>>> _callbacks = new();
    private RpcServer? _server;

    public static async Task<CallbackHost> StartAsync()
    {
        var host = new CallbackHost();
        host._server = await RpcServer.StartAsync(
            new RpcService().Unary(CallbacksMethods.Invoke, async (request, _) => host._callbacks.TryGetValue(request.Token, out var callback)
                ? new CallbackInvokeResponse { Response = (await callback(request.Request)).ToByteString() }
                : throw new RpcException(RpcStatusCode.InvalidArgument, "Callback not found")),
            TestContext.Current.CancellationToken);
        return host;
    }

    public Callback Add<TRequest>(Func<TRequest, IMessage> callback)
        where TRequest : IMessage<TRequest>, new()
    {
        var token = Guid.NewGuid().ToString();
        _callbacks[token] = bytes =>
        {
            var request = new TRequest();
            request.MergeFrom(bytes);
            return Task.FromResult(callback(request));
        };
        return new Callback { Target = _server!.Address, Token = token };
    }

    /// <summary>Adds a transform that changes the properties and options that it is given.</summary>
    public Callback AddTransform(Action<TransformResponse> change) => Add<TransformRequest>(request =>
    {
        var response = new TransformResponse { Properties = request.Properties, Options = request.Options };
        change(response);
        return response;
    });

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;
}
