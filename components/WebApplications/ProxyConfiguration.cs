using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace FogInfra.Components;

/// <summary>How many requests one client may send.</summary>
/// <param name="PerSecond">Requests a second, over time.</param>
/// <param name="Burst">How many may come at once above that, before one is refused with status 429.</param>
public sealed record RateLimit(int PerSecond, int Burst = 20);

/// <summary>Where requests go.</summary>
/// <param name="Path">The beginning of the path.</param>
/// <param name="Upstream">The server, <c>http://HOST:PORT</c>; the path of the request is kept.</param>
public sealed record ProxyRoute(string Path, string Upstream)
{
    /// <summary>How many requests one client may send there; null for any number.</summary>
    public RateLimit? Limit { get; init; }

    /// <summary>For how many seconds an answer is kept and given again; 0 for not at all.</summary>
    public int CacheSeconds { get; init; }
}

/// <summary>The configuration of a reverse proxy, and its text for nginx. Plain values.</summary>
public sealed record ProxyConfiguration
{
    /// <summary>Where nginx expects it.</summary>
    public const string Path = "/etc/nginx/nginx.conf";

    /// <summary>The path that is answered by the proxy itself, for probes.</summary>
    public const string HealthPath = "/-/healthy";

    private static readonly string[] TemporaryFiles = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];

    // For each zone: about 160,000 clients (nginx, "limit_req_zone": 64 bytes each).
    private const string ZoneSize = "10m";

    /// <summary>The port that it listens on.</summary>
    public int Port { get; init; } = 80;

    /// <summary>Where requests go. The longest path that fits is taken.</summary>
    public required ImmutableArray<ProxyRoute> Routes { get; init; }

    /// <summary>How many connections each of its processes has open at most.</summary>
    public int Connections { get; init; } = 4096;

    /// <summary>The text.</summary>
    /// <exception cref="ArgumentException">A route could break out of its line, or two have the same path.</exception>
    public string ToText()
    {
        Check();
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"worker_processes auto;\npid /tmp/nginx.pid;\nevents {{\n  worker_connections {Connections};\n}}\n\nhttp {{\n");
        text.Append("  access_log /dev/stdout;\n  limit_req_status 429;\n");

        // The only place that every user may write, and that a read-only image can be given.
        foreach (var kind in TemporaryFiles)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {kind}_temp_path /tmp/{kind};\n");
        }

        for (var index = 0; index < Routes.Length; index++)
        {
            if (Routes[index].Limit is { } limit)
            {
                text.Append(CultureInfo.InvariantCulture, $"  limit_req_zone $binary_remote_addr zone=route{index}:{ZoneSize} rate={limit.PerSecond}r/s;\n");
            }
        }

        if (Routes.Any(route => route.CacheSeconds > 0))
        {
            text.Append(CultureInfo.InvariantCulture, $"  proxy_cache_path /tmp/cache keys_zone=answers:{ZoneSize} max_size=64m use_temp_path=off;\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"\n  server {{\n    listen {Port};\n");
        text.Append(CultureInfo.InvariantCulture, $"    location = {HealthPath} {{\n      access_log off;\n      return 200;\n    }}\n");
        for (var index = 0; index < Routes.Length; index++)
        {
            Append(text, Routes[index], index);
        }

        return text.Append("  }\n}\n").ToString();
    }

    private static void Append(StringBuilder text, ProxyRoute route, int index)
    {
        text.Append(CultureInfo.InvariantCulture, $"    location {route.Path} {{\n      proxy_pass {route.Upstream};\n");
        text.Append("      proxy_set_header Host $host;\n      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;\n      proxy_set_header X-Forwarded-Proto $scheme;\n");
        if (route.Limit is { } limit)
        {
            text.Append(CultureInfo.InvariantCulture, $"      limit_req zone=route{index} burst={limit.Burst} nodelay;\n");
        }

        if (route.CacheSeconds > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"      proxy_cache answers;\n      proxy_cache_valid 200 {route.CacheSeconds}s;\n");
        }

        text.Append("    }\n");
    }

    private void Check()
    {
        foreach (var route in Routes)
        {
            if (!route.Path.StartsWith('/') || $"{route.Path}{route.Upstream}".Any(character => char.IsWhiteSpace(character) || character is ';' or '{' or '}' or '#' or '"' or '\''))
            {
                throw new ArgumentException($"'{route.Path}' to '{route.Upstream}' is no route: a path begins with '/', and neither has spaces, quotes or any of ; {{ }} #.");
            }

            if (route.Limit is { PerSecond: < 1 } or { Burst: < 0 } || route.CacheSeconds < 0)
            {
                throw new ArgumentException($"The route '{route.Path}' has a limit or a time below zero.");
            }
        }

        if (Routes.GroupBy(route => route.Path, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"There are two routes of the path '{twice.Key}'.");
        }
    }
}
