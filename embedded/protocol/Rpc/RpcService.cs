using System.IO.Pipelines;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;

namespace FogInfra.Embedded.Protocol.Rpc;

/// <summary>The handlers of one server, by method. Built once, before the server starts.</summary>
public sealed class RpcService
{
    private readonly Dictionary<string, Func<HttpContext, Task>> _handlers = [];

    /// <summary>Serves a method that takes one message and gives one.</summary>
    /// <param name="method">The method.</param>
    /// <param name="handler">What answers it. Its token is cancelled when the caller goes away. An <see cref="RpcException"/> becomes the
    /// call's status; any other exception becomes <see cref="RpcStatusCode.Unknown"/> with its message.</param>
    /// <returns>This service, for the next method.</returns>
    public RpcService Unary<TRequest, TResponse>(
        RpcMethod<TRequest, TResponse> method, Func<TRequest, CancellationToken, Task<TResponse>> handler)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new()
    {
        _handlers.Add(method.Path, async context =>
        {
            var request = await RpcFraming.ReadAsync<TRequest>(context.Request.BodyReader, context.RequestAborted).ConfigureAwait(false)
                ?? throw new RpcException(RpcStatusCode.Internal, $"{method.Path} was called without a message.");
            var response = await handler(request, context.RequestAborted).ConfigureAwait(false);
            await WriteAsync(context, response).ConfigureAwait(false);
        });
        return this;
    }

    /// <summary>Serves a method that takes many messages and gives one after the last.</summary>
    /// <param name="method">The method.</param>
    /// <param name="handler">What answers it; it must read the messages to their end.</param>
    /// <returns>This service, for the next method.</returns>
    public RpcService ClientStreaming<TRequest, TResponse>(
        RpcMethod<TRequest, TResponse> method, Func<IAsyncEnumerable<TRequest>, CancellationToken, Task<TResponse>> handler)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new()
    {
        _handlers.Add(method.Path, async context =>
        {
            var requests = ReadAllAsync<TRequest>(context.Request.BodyReader, context.RequestAborted);
            var response = await handler(requests, context.RequestAborted).ConfigureAwait(false);
            await WriteAsync(context, response).ConfigureAwait(false);
        });
        return this;
    }

    internal async Task HandleAsync(HttpContext context)
    {
        context.Response.ContentType = "application/grpc";
        try
        {
            if (!_handlers.TryGetValue(context.Request.Path.Value ?? "", out var handler))
            {
                throw new RpcException(RpcStatusCode.Unimplemented, $"The method {context.Request.Path} is not implemented.");
            }

            await handler(context).ConfigureAwait(false);
            RpcTrailers.WriteOk(context.Response);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller is gone: there is nobody to tell.
        }
        catch (RpcException exception)
        {
            RpcTrailers.WriteError(context.Response, exception);
        }
        catch (OperationCanceledException exception)
        {
            RpcTrailers.WriteError(context.Response, new RpcException(RpcStatusCode.Cancelled, exception.Message));
        }
#pragma warning disable CA1031 // A server turns every failure of a handler into the status of that call.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            RpcTrailers.WriteError(context.Response, new RpcException(RpcStatusCode.Unknown, exception.Message));
        }
    }

    private static ValueTask WriteAsync(HttpContext context, IMessage response) =>
        RpcFraming.WriteAsync(context.Response.BodyWriter, response, context.RequestAborted);

    private static async IAsyncEnumerable<TRequest> ReadAllAsync<TRequest>(
        PipeReader reader, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        where TRequest : class, IMessage<TRequest>, new()
    {
        while (await RpcFraming.ReadAsync<TRequest>(reader, cancellationToken).ConfigureAwait(false) is { } request)
        {
            yield return request;
        }
    }
}
