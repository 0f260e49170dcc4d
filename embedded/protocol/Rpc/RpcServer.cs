using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace FogInfra.Embedded.Protocol.Rpc;

/// <summary>
/// A gRPC server on loopback: HTTP/2 without TLS, on a port that the system chooses. It is Kestrel alone, without a host around it: that
/// reads no settings which could make it listen anywhere else, and starts in a few milliseconds.
/// </summary>
public sealed class RpcServer : IAsyncDisposable
{
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(1);

    private readonly KestrelServer _server;

    private RpcServer(KestrelServer server, string address)
    {
        _server = server;
        Address = address;
    }

    /// <summary>Where the server listens: <c>127.0.0.1:PORT</c>, without a scheme, as Pulumi's programs and plugins expect it.</summary>
    public string Address { get; }

    /// <summary>Starts a server and returns when it listens.</summary>
    public static async Task<RpcServer> StartAsync(RpcService service, CancellationToken cancellationToken)
    {
        var server = new KestrelServer(
            Options.Create(CreateOptions()),
            new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance),
            NullLoggerFactory.Instance);
        try
        {
            await server.StartAsync(new Application(service), cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            server.Dispose();
            throw;
        }

        return new RpcServer(server, new Uri(server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First()).Authority);
    }

    /// <summary>Stops the server; calls that are under way are cut off after a second.</summary>
    public async ValueTask DisposeAsync()
    {
        using var cut = new CancellationTokenSource(TimeToEnd);
        await _server.StopAsync(cut.Token).ConfigureAwait(false);
        _server.Dispose();
    }

    private static KestrelServerOptions CreateOptions()
    {
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            listen.Use(SlicedConnection.Use);
        });
        options.Limits.MaxRequestBodySize = null;
        options.Limits.MinRequestBodyDataRate = null; // A stream of events may be silent for as long as an update waits.
        options.Limits.MinResponseDataRate = null;
        options.Limits.Http2.MaxStreamsPerConnection = int.MaxValue; // A program registers all its resources at once.
        options.Limits.Http2.InitialConnectionWindowSize = 16 * 1024 * 1024;
        options.Limits.Http2.InitialStreamWindowSize = 4 * 1024 * 1024;
        options.Limits.Http2.MaxRequestHeaderFieldSize = 64 * 1024;
        return options;
    }

    private sealed class Application(RpcService service) : IHttpApplication<HttpContext>
    {
        public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

        public Task ProcessRequestAsync(HttpContext context) => service.HandleAsync(context);

        public void DisposeContext(HttpContext context, Exception? exception)
        {
        }
    }
}
