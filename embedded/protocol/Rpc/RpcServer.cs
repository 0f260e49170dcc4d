using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FogInfra.Embedded.Protocol.Rpc;

/// <summary>A gRPC server on loopback: HTTP/2 without TLS, on a port that the system chooses.</summary>
public sealed class RpcServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private RpcServer(WebApplication application, string address)
    {
        _application = application;
        Address = address;
    }

    /// <summary>Where the server listens: <c>127.0.0.1:PORT</c>, without a scheme, as Pulumi's programs and plugins expect it.</summary>
    public string Address { get; }

    /// <summary>Starts a server and returns when it listens.</summary>
    public static async Task<RpcServer> StartAsync(RpcService service, CancellationToken cancellationToken)
    {
        // An empty builder reads no settings: neither the environment nor an appsettings.json of the folder that the process happens to be in
        // may make the server listen anywhere else.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { Args = [] });
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null; // A stream of events may be silent for as long as an update waits.
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Limits.Http2.MaxStreamsPerConnection = int.MaxValue; // A program registers all its resources at once.
            kestrel.Limits.Http2.InitialConnectionWindowSize = 16 * 1024 * 1024;
            kestrel.Limits.Http2.InitialStreamWindowSize = 4 * 1024 * 1024;
            kestrel.Limits.Http2.MaxRequestHeaderFieldSize = 64 * 1024;
        });
        var application = builder.Build();
        application.Run(service.HandleAsync);
        await application.StartAsync(cancellationToken).ConfigureAwait(false);
        return new RpcServer(application, new Uri(application.Urls.First()).Authority);
    }

    /// <summary>Stops the server; calls that are under way are cut off after a second.</summary>
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync(CancellationToken.None).ConfigureAwait(false);
        await _application.DisposeAsync().ConfigureAwait(false);
    }
}
