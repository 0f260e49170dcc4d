using System.Collections.Concurrent;
using FogInfra.Embedded.Protocol.Rpc;
using FogInfra.Embedded.Protocol.Services;
using Google.Protobuf;

namespace Pulumi;

/// <summary>Lends functions of the program to the engine. Its server starts with the first.</summary>
internal sealed class CallbackHost : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, LentFunction> _functions = new(StringComparer.Ordinal);
    private readonly Lazy<Task<RpcServer>> _server;

    public CallbackHost() => _server = new(StartAsync);

    /// <summary>Takes a serialized request and gives the message that answers it.</summary>
    internal delegate Task<IMessage> LentFunction(ByteString request, CancellationToken cancellationToken);

    /// <summary>Lends a function.</summary>
    /// <param name="function">Takes the serialized request; its answer is serialized. What it throws becomes the call's error.</param>
    /// <returns>What the engine needs to call it.</returns>
    public async Task<Wire.Callback> LendAsync(LentFunction function)
    {
        var server = await _server.Value.ConfigureAwait(false);
        var token = Guid.NewGuid().ToString();
        // The engine calls from outside of the program; the function has to run as part of it.
        var context = ExecutionContext.Capture();
        _functions[token] = context is null ? function : RunIn(context, function);
        return new() { Target = server.Address, Token = token };
    }

    public async ValueTask DisposeAsync()
    {
        if (_server.IsValueCreated)
        {
            var server = await _server.Value.ConfigureAwait(false);
            await server.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static LentFunction RunIn(ExecutionContext context, LentFunction function) => (request, cancellationToken) =>
    {
        Task<IMessage>? result = null;
        ExecutionContext.Run(context, _ => result = function(request, cancellationToken), state: null);
        return result!;
    };

    private Task<RpcServer> StartAsync() =>
        RpcServer.StartAsync(new RpcService().Unary(CallbacksMethods.Invoke, AnswerAsync), CancellationToken.None);

    private async Task<Wire.CallbackInvokeResponse> AnswerAsync(Wire.CallbackInvokeRequest request, CancellationToken cancellationToken) =>
        _functions.TryGetValue(request.Token, out var function)
            ? new() { Response = (await function(request.Request, cancellationToken).ConfigureAwait(false)).ToByteString() }
            : throw new RpcException(RpcStatusCode.InvalidArgument, $"The program has lent no function '{request.Token}'.");
}
