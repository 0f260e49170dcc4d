using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;

namespace FogInfra.Embedded.Protocol.Rpc;

/// <summary>A client's connection to a gRPC server: HTTP/2 without TLS, without deadlines. May be used by many callers at once.</summary>
public sealed class RpcChannel : IAsyncDisposable
{
    private static readonly MediaTypeHeaderValue GrpcContentType = new("application/grpc");
    private static readonly TransferCodingWithQualityHeaderValue Trailers = new("trailers");

    private readonly HttpMessageInvoker _http;
    private readonly Uri _address;

    /// <summary>Makes a channel; it connects at the first call.</summary>
    /// <param name="address"><c>HOST:PORT</c>, without a scheme.</param>
    public RpcChannel(string address)
    {
        Address = address;
        _address = new Uri($"http://{address}");
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
            InitialHttp2StreamWindowSize = 4 * 1024 * 1024,
            EnableMultipleHttp2Connections = true,
            MaxResponseHeadersLength = 64,
        });
    }

    /// <summary>The server's <c>HOST:PORT</c>.</summary>
    public string Address { get; }

    /// <summary>Calls a method that takes one message and gives one.</summary>
    /// <exception cref="RpcException">The server answered with an error, or could not be reached (<see cref="RpcStatusCode.Unavailable"/>).</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; the server sees the call end.</exception>
    public async Task<TResponse> CallAsync<TRequest, TResponse>(
        RpcMethod<TRequest, TResponse> method, TRequest request, CancellationToken cancellationToken)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new()
    {
        using var content = new ByteArrayContent(RpcFraming.Encode(request)) { Headers = { ContentType = GrpcContentType } };
        return await SendAsync(method, content, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Calls a method that takes many messages and gives one after the last.</summary>
    /// <param name="method">The method.</param>
    /// <param name="requests">The messages; each is sent as it comes.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="RpcException">The server answered with an error, or could not be reached.</exception>
    public async Task<TResponse> StreamAsync<TRequest, TResponse>(
        RpcMethod<TRequest, TResponse> method, IAsyncEnumerable<TRequest> requests, CancellationToken cancellationToken)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new()
    {
        using var content = new StreamedContent<TRequest>(requests, cancellationToken) { Headers = { ContentType = GrpcContentType } };
        return await SendAsync(method, content, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<TResponse> SendAsync<TRequest, TResponse>(
        RpcMethod<TRequest, TResponse> method, HttpContent content, CancellationToken cancellationToken)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_address, method.Path))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
            Headers = { TE = { Trailers } },
        };
        try
        {
            using var response = await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            return await ReadAsync<TResponse>(method.Path, response, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException && !cancellationToken.IsCancellationRequested)
        {
            throw new RpcException(RpcStatusCode.Unavailable, $"{Address} does not answer {method.Path}: {exception.Message}", innerException: exception);
        }
    }

    private static async Task<TResponse> ReadAsync<TResponse>(
        string path, HttpResponseMessage response, CancellationToken cancellationToken)
        where TResponse : class, IMessage<TResponse>, new()
    {
        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw new RpcException(RpcStatusCode.Unknown, $"{path} was answered by HTTP {(int)response.StatusCode}; this is no gRPC server.");
        }

        TResponse? message;
        var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (body.ConfigureAwait(false))
        {
            message = await RpcFraming.ReadAsync<TResponse>(body, cancellationToken).ConfigureAwait(false);
            if (message is not null && await RpcFraming.ReadAsync<TResponse>(body, cancellationToken).ConfigureAwait(false) is not null)
            {
                throw new RpcException(RpcStatusCode.Internal, $"{path} was answered by more than one message.");
            }
        }

        // The trailers are there only once the body has been read to its end.
        if (RpcTrailers.ReadError(response) is { } error)
        {
            throw error;
        }

        return message ?? throw new RpcException(RpcStatusCode.Internal, $"{path} was answered without a message.");
    }

    private sealed class StreamedContent<TRequest>(IAsyncEnumerable<TRequest> requests, CancellationToken cancellation) : HttpContent
        where TRequest : class, IMessage<TRequest>, new()
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            SerializeToStreamAsync(stream, context, cancellation);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            await stream.FlushAsync(cancellationToken).ConfigureAwait(false); // Opens the call before the first message is there.
            await foreach (var request in requests.WithCancellation(cancellation).ConfigureAwait(false))
            {
                await stream.WriteAsync(RpcFraming.Encode(request), cancellation).ConfigureAwait(false);
                await stream.FlushAsync(cancellation).ConfigureAwait(false);
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
