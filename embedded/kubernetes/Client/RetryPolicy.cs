using System.Net;
using System.Net.Sockets;
using Polly;
using Polly.Retry;

namespace FogInfra.Embedded.Kubernetes.Client;

/// <summary>Decides which failed requests are tried again, and when.</summary>
internal static class RetryPolicy
{
    /// <summary>Makes the policy.</summary>
    /// <param name="options">How patient to be.</param>
    /// <param name="time">The clock.</param>
    /// <param name="repeatable">Doing the request twice is the same as doing it once.</param>
    public static ResiliencePipeline Create(ClientOptions options, TimeProvider time, bool repeatable)
    {
        if (options.Retries == 0)
        {
            return ResiliencePipeline.Empty;
        }

        return new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = options.Retries,
                Delay = options.RetryDelay,
                MaxDelay = options.LongestRetryDelay,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Randomizer = options.Randomizer,
                ShouldHandle = args => ValueTask.FromResult(args.Outcome.Exception is { } error && IsWorthRetrying(error, repeatable)),
                DelayGenerator = args => ValueTask.FromResult(RequestedDelay(args.Outcome.Exception, options)),
            })
            .Build();
    }

    /// <summary>Whether trying again may help and does no harm.</summary>
    public static bool IsWorthRetrying(Exception error, bool repeatable) => error switch
    {
        ApiException { Code: HttpStatusCode.TooManyRequests } => true, // Refused before anything was done.
        ApiException { Code: HttpStatusCode.ServiceUnavailable, RetryAfter: not null } => true,
        ApiException { IsVersionOfNothing: true } => false, // It stays so.
        ApiException { IsServerFailure: true, Code: not HttpStatusCode.NotImplemented } => repeatable,
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => false, // A wrong certificate stays wrong.
        HttpRequestException request when WasNeverSent(request) => true,
        HttpRequestException or IOException or TimeoutException => repeatable,
        _ => false,
    };

    /// <summary>Whether the server cannot have seen the request.</summary>
    public static bool WasNeverSent(Exception error) => error is HttpRequestException
    {
        HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
            or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
    } or HttpRequestException { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused } };

    private static TimeSpan? RequestedDelay(Exception? error, ClientOptions options) =>
        error is ApiException { RetryAfter: { } delay } ? TimeSpan.FromTicks(Math.Min(delay.Ticks, options.LongestRetryAfter.Ticks)) : null;
}
