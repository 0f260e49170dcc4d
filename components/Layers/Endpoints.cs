using System.Globalization;

namespace FogInfra.Components;

/// <summary>Endpoints as text: <c>HOST:PORT</c>, an IPv6 address in brackets. Empty when there is none.</summary>
internal static class Endpoints
{
    /// <summary>An endpoint of its parts; empty without a host.</summary>
    public static string Of(string? host, int port) =>
        string.IsNullOrEmpty(host) ? "" : host.Contains(':') ? $"[{host}]:{port}" : $"{host}:{port}";

    /// <summary>The host.</summary>
    public static string HostOf(string endpoint)
    {
        var colon = endpoint.LastIndexOf(':');
        return (colon < 0 ? endpoint : endpoint[..colon]).Trim('[', ']');
    }

    /// <summary>The port; that of HTTPS where the endpoint has none.</summary>
    public static int PortOf(string endpoint) =>
        int.TryParse(endpoint[(endpoint.LastIndexOf(':') + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : 443;
}
