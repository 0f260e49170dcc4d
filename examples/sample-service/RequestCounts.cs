using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace FogInfra.SampleService;

/// <summary>Counts requests, their errors and how long they took, and tells it in the text format of Prometheus (version 0.0.4).</summary>
/// <param name="version">The version of the service.</param>
public sealed class RequestCounts(string version)
{
    // In seconds: from what nobody notices to what nobody waits for.
    private static readonly double[] Bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private readonly ConcurrentDictionary<(string Method, string Path, int Status), long> _requests = new();
    private readonly long[] _within = new long[Bounds.Length + 1];
    private long _ticks;

    /// <summary>Counts a request.</summary>
    /// <param name="method">Its method.</param>
    /// <param name="path">The route that took it; empty when none did, so that strangers cannot make up new ones.</param>
    /// <param name="status">The status of the answer.</param>
    /// <param name="duration">How long it took.</param>
    public void Add(string method, string path, int status, TimeSpan duration)
    {
        _requests.AddOrUpdate((method, path, status), 1, (_, count) => count + 1);
        var bucket = Array.FindIndex(Bounds, bound => duration.TotalSeconds <= bound);
        Interlocked.Increment(ref _within[bucket < 0 ? Bounds.Length : bucket]);
        Interlocked.Add(ref _ticks, duration.Ticks);
    }

    /// <summary>All that was counted.</summary>
    public string ToText()
    {
        var text = new StringBuilder();
        text.Append("# HELP http_requests_total Requests that were answered.\n# TYPE http_requests_total counter\n");
        foreach (var ((method, path, status), count) in _requests.OrderBy(pair => pair.Key.ToString(), StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"http_requests_total{{method=\"{method}\",path=\"{path}\",status=\"{status}\"}} {count}\n");
        }

        text.Append("# HELP http_request_duration_seconds How long requests took.\n# TYPE http_request_duration_seconds histogram\n");
        var total = 0L;
        for (var index = 0; index < Bounds.Length; index++)
        {
            total += Interlocked.Read(ref _within[index]);
            text.Append(CultureInfo.InvariantCulture, $"http_request_duration_seconds_bucket{{le=\"{Bounds[index]}\"}} {total}\n");
        }

        total += Interlocked.Read(ref _within[Bounds.Length]);
        text.Append(CultureInfo.InvariantCulture, $"http_request_duration_seconds_bucket{{le=\"+Inf\"}} {total}\n");
        text.Append(CultureInfo.InvariantCulture, $"http_request_duration_seconds_sum {TimeSpan.FromTicks(Interlocked.Read(ref _ticks)).TotalSeconds}\n");
        text.Append(CultureInfo.InvariantCulture, $"http_request_duration_seconds_count {total}\n");
        text.Append("# HELP app_version_info The version that runs.\n# TYPE app_version_info gauge\n");
        return text.Append(CultureInfo.InvariantCulture, $"app_version_info{{version=\"{version}\"}} 1\n").ToString();
    }
}
