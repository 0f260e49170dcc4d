using System.Collections.Immutable;
using System.Globalization;
using FogInfra.Model;

namespace FogInfra.Components;

/// <summary>The services of a <see cref="WebApplication"/>: the base, and the overlay of an environment over it. Plain functions over plain values.</summary>
internal static class WebApplicationParts
{
    private const int ProxyPort = 8080;

    /// <summary>The services, each after those that it needs.</summary>
    public static ImmutableArray<ServiceWorkload> Of(WebApplicationArgs args)
    {
        var overlay = args.Overlay ?? WebApplicationOverlay.Of(args.Environment);
        return
        [
            Server(WebApplication.Backend, args.Backend, overlay.Backend),
            Server(WebApplication.Frontend, args.Frontend, overlay.Frontend, WebApplication.Backend).With(new ServiceSettings
            {
                // Pages that are made on the server ask the backend directly, browsers by way of the proxy.
                Config = Map(("PUBLIC_API_URL", $"http://{WebApplication.Backend}:{args.Backend.Port}")),
            }),
            Proxy(args, overlay),
        ];
    }

    /// <summary>Which requests go where, and how many.</summary>
    public static ProxyConfiguration RoutesOf(WebApplicationArgs args, WebApplicationOverlay overlay) => new()
    {
        Port = ProxyPort,
        Routes =
        [
            new ProxyRoute(args.ApiPath, $"http://{WebApplication.Backend}:{args.Backend.Port}") { Limit = overlay.ApiLimit },
            .. args.StaticPaths.Select(path =>
                new ProxyRoute(path, $"http://{WebApplication.Frontend}:{args.Frontend.Port}") { CacheSeconds = overlay.StaticCacheSeconds }),
            new ProxyRoute("/", $"http://{WebApplication.Frontend}:{args.Frontend.Port}") { Limit = overlay.PageLimit },
        ],
    };

    private static ServiceWorkload Server(string name, WebServer server, ServiceSettings overlay, params string[] dependsOn) => new ServiceWorkload
    {
        Name = name,
        Version = ImageReference.TagOf(server.Image) ?? "latest",
        Replicas = 1,
        DependsOn = [.. dependsOn],
        Containers =
        [
            new Container
            {
                Name = name,
                Image = server.Image,
                Ports = [new ContainerPort(server.Port, "http")],
                LivenessProbe = new Probe { Http = new HttpProbe(server.LivePath, "http"), InitialDelaySeconds = 10, PeriodSeconds = 20 },
                ReadinessProbe = new Probe { Http = new HttpProbe(server.ReadyPath, "http"), PeriodSeconds = 10 },
            },
        ],
        Settings = new ServiceSettings
        {
            Config = Map(("HOST", "0.0.0.0"), ("PORT", server.Port.ToString(CultureInfo.InvariantCulture))).SetItems(server.Config),
        },
    }.With(overlay);

    // An unprivileged nginx: it runs as a user of its own, so it holds under restricted pod security and listens above 1024.
    private static ServiceWorkload Proxy(WebApplicationArgs args, WebApplicationOverlay overlay) => new ServiceWorkload
    {
        Name = WebApplication.Proxy,
        Version = ImageReference.TagOf(args.ProxyImage) ?? "latest",
        Replicas = 1,
        DependsOn = [WebApplication.Backend, WebApplication.Frontend],
        Containers =
        [
            new Container
            {
                Name = WebApplication.Proxy,
                Image = args.ProxyImage,
                Ports = [new ContainerPort(ProxyPort, "http")],
                LivenessProbe = new Probe { Http = new HttpProbe(ProxyConfiguration.HealthPath, "http"), PeriodSeconds = 20 },
                ReadinessProbe = new Probe { Http = new HttpProbe(ProxyConfiguration.HealthPath, "http"), PeriodSeconds = 10 },
            },
        ],
        Settings = new ServiceSettings
        {
            Files = Map((ProxyConfiguration.Path, RoutesOf(args, overlay).ToText())),
            Expose = new Exposure { Kind = overlay.Exposure, Ports = [new ExposedPort(80, "http", "http")], ExternalIPs = args.ExternalIPs },
            Ingress = args.Host is { } host ? new IngressRoute { Host = host, TlsSecret = args.TlsSecret } : null,
        },
    }.With(overlay.Proxy);

    private static ImmutableSortedDictionary<string, string> Map(params (string Name, string Value)[] members) =>
        members.ToImmutableSortedDictionary(member => member.Name, member => member.Value);
}
