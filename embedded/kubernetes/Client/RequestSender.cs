using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using FogInfra.Embedded.Kubernetes.Connection;
using Polly;

namespace FogInfra.Embedded.Kubernetes.Client;

/// <summary>Sends requests to one API server: with credentials, a time limit for each try, and retries where they are safe.</summary>
internal sealed class RequestSender : IDisposable
{
    private readonly ClusterConnection _connection;
    private readonly CredentialSource _credentials;
    private readonly ClientOptions _options;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;
    private readonly ResiliencePipeline _repeatable;
    private readonly ResiliencePipeline _once;

    public RequestSender(ClusterConnection connection, CredentialSource credentials, HttpMessageHandler handler, ClientOptions options, TimeProvider time)
    {
        _connection = connection;
        _credentials = credentials;
        _options = options;
        _time = time;
        _repeatable = RetryPolicy.Create(options, time, repeatable: true);
        _once = RetryPolicy.Create(options, time, repeatable: false);
        _http = new HttpClient(handler)
        {
            // A server may have its API below a path, as behind a gateway.
            BaseAddress = new Uri(connection.Cluster.Server.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/"),
            Timeout = Timeout.InfiniteTimeSpan,
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd(options.UserAgent);
    }

    /// <summary>Sends a request and reads the answer.</summary>
    /// <exception cref="ApiException">The server refused it.</exception>
    /// <exception cref="ClusterUnreachableException">No answer came.</exception>
    /// <exception cref="KubeconfigException">There are no credentials.</exception>
    public Task<ApiResponse> SendAsync(ApiRequest request, CancellationToken cancellationToken) =>
        TryAsync(request, async (response, token) =>
        {
            using (response)
            {
                var body = await response.Content.ReadAsByteArrayAsync(token).ConfigureAwait(false);
                return new ApiResponse(response.StatusCode, body, Warnings(response));
            }
        }, cancellationToken);

    /// <summary>Sends a request and gives the answer before its body is read; the caller disposes of it.</summary>
    /// <exception cref="ApiException">The server refused it.</exception>
    /// <exception cref="ClusterUnreachableException">No answer came.</exception>
    /// <exception cref="KubeconfigException">There are no credentials.</exception>
    public Task<HttpResponseMessage> OpenAsync(ApiRequest request, CancellationToken cancellationToken) =>
        TryAsync(request with { Streams = true }, (response, _) => Task.FromResult(response), cancellationToken);

    public void Dispose()
    {
        _http.Dispose();
        (_credentials as IDisposable)?.Dispose();
    }

    private async Task<T> TryAsync<T>(
        ApiRequest request, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            return await (request.Repeatable ? _repeatable : _once).ExecuteAsync(
                async token => await TryOnceAsync(request, read, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is HttpRequestException or IOException or TimeoutException)
        {
            throw new ClusterUnreachableException(_connection, error)
            {
                MayHaveTakenEffect = request.Method != HttpMethod.Get && !RetryPolicy.WasNeverSent(error),
            };
        }
    }

    private async Task<T> TryOnceAsync<T>(
        ApiRequest request, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_options.RequestTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var response = await SendWithCredentialsAsync(request, either.Token).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
            {
                using (response)
                {
                    var body = await response.Content.ReadAsByteArrayAsync(either.Token).ConfigureAwait(false);
                    throw ApiException.Read(response.StatusCode, body, RetryAfter(response));
                }
            }

            return await read(response, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException("The server did not answer in time.", error);
        }
    }

    private async Task<HttpResponseMessage> SendWithCredentialsAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var credential = await _credentials.GetAsync(cancellationToken).ConfigureAwait(false);
        var response = await SendOnceAsync(request, credential, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.Unauthorized || !_credentials.Refused(credential))
        {
            return response;
        }

        // The credentials may just have run out; once more with new ones.
        response.Dispose();
        credential = await _credentials.GetAsync(cancellationToken).ConfigureAwait(false);
        return await SendOnceAsync(request, credential, cancellationToken).ConfigureAwait(false);
    }

    private async Task<HttpResponseMessage> SendOnceAsync(ApiRequest request, ClusterCredential credential, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(request.Method, request.PathAndQuery.TrimStart('/'));
        message.Headers.TryAddWithoutValidation("Accept", request.Accept);
        message.Headers.Authorization = credential.Authorization;
        AddImpersonation(message.Headers);
        if (request.Body is var (bytes, type))
        {
            message.Content = new ReadOnlyMemoryContent(bytes);
            message.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        }

        var completion = request.Streams ? HttpCompletionOption.ResponseHeadersRead : HttpCompletionOption.ResponseContentRead;
        return await _http.SendAsync(message, completion, cancellationToken).ConfigureAwait(false);
    }

    private void AddImpersonation(HttpRequestHeaders headers)
    {
        if (_connection.User is not { ImpersonateUser: { } user } entry)
        {
            return;
        }

        headers.Add("Impersonate-User", user);
        foreach (var group in entry.ImpersonateGroups)
        {
            headers.Add("Impersonate-Group", group);
        }
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delay } => delay,
        { Date: { } date } when date > _time.GetUtcNow() => date - _time.GetUtcNow(),
        _ => null,
    };

    // Of a header such as: 299 - "policy/v1beta1 is deprecated"
    private static ImmutableArray<string> Warnings(HttpResponseMessage response) =>
        response.Headers.TryGetValues("Warning", out var values)
            ? [.. values.Select(value => value.Split('"', 2) is [_, var text] ? text.TrimEnd('"').Replace("\\\"", "\"") : value)]
            : [];
}
