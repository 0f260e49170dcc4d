using System.Collections.Immutable;

namespace FogInfra.Model.Documents;

/// <summary>Reads the way in by HTTP.</summary>
internal static class IngressReader
{
    public static IngressRoute? Read(YamlMap owner)
    {
        if (owner.Map("ingress") is not { } map)
        {
            return null;
        }

        var route = new IngressRoute
        {
            Host = map.Text("host"),
            Path = map.Text("path") ?? "/",
            Port = map.Has("port") ? ProbeReader.ReadPort(map, "port") : null,
            ClassName = map.Text("className"),
            TlsSecret = map.Text("tlsSecret"),
            Annotations = map.TextEntries("annotations").ToImmutableSortedDictionary(StringComparer.Ordinal),
        };
        map.Close();
        if (route.Host is { } host && !Names.IsHost(host))
        {
            map.Fault("host", $"'{host}' is no host name; expected a DNS name in small letters, perhaps with '*.' before it.");
        }

        if (!route.Path.StartsWith('/'))
        {
            map.Fault("path", $"'{route.Path}' is no path; expected one that begins with '/'.");
        }

        if (route is { TlsSecret: not null, Host: null })
        {
            map.Fault("tlsSecret", "A certificate is for a host; the field 'host' is missing.");
        }

        return route;
    }
}
