using System.Net;
using FogInfra.Embedded.Simulator.Api;
using FogInfra.Embedded.Simulator.Clusters;
using FogInfra.Embedded.Simulator.Errors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace FogInfra.Embedded.Simulator.Hosting;

/// <summary>How a simulator is to run.</summary>
public sealed record SimulatorOptions
{
    /// <summary>The port on loopback; 0 to have one chosen.</summary>
    public int Port { get; init; }

    /// <summary>The folder in which clusters are kept while no process runs; null to keep them in memory only.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>The clock of all that takes time in the clusters.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Makes names and unique ids.</summary>
    public Random Random { get; init; } = Random.Shared;

    /// <summary>Where to log.</summary>
    public ILoggerFactory Loggers { get; init; } = NullLoggerFactory.Instance;
}

/// <summary>A simulator: many clusters behind one port on loopback. Tests host it in their own process; otherwise it has a process of its own.</summary>
public sealed partial class SimulatorServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ClusterHost _host;
    private readonly TaskCompletionSource _stopRequested = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly AdminApi _admin;
    private readonly ILogger _logger;

    private SimulatorServer(WebApplication application, ClusterHost host, ILogger logger)
    {
        (_application, _host, _logger) = (application, host, logger);
        _admin = new AdminApi(host, () => Info, () => _stopRequested.TrySetResult());
    }

    /// <summary>Where and what it is.</summary>
    public SimulatorInfo Info => new(Environment.ProcessId, _application.Urls.First(), Version);

    /// <summary>Ends when a client has asked the simulator to stop. Whoever hosts it then disposes of it.</summary>
    public Task StopRequested => _stopRequested.Task;

    private static string Version { get; } = typeof(SimulatorServer).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    /// <summary>Starts a simulator and returns when it listens.</summary>
    /// <exception cref="IOException">The port is taken, or the folder cannot be used.</exception>
    /// <exception cref="InvalidDataException">A saved cluster is damaged.</exception>
    public static async Task<SimulatorServer> StartAsync(SimulatorOptions options, CancellationToken cancellationToken)
    {
        var host = new ClusterHost(options.DataDirectory is null ? null : Path.Combine(options.DataDirectory, "clusters"), options.Time, options.Random, options.Loggers);
        host.Load();
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = [] });
        builder.Logging.ClearProviders();
        builder.Services.Configure<HostOptions>(settings => settings.ShutdownTimeout = TimeSpan.FromSeconds(2));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, options.Port, listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null; // The API has a limit of its own, with an answer that clients understand.
            kestrel.Limits.MinResponseDataRate = null; // A watch may be silent for as long as it lasts.
        });
        var application = builder.Build();
        var server = new SimulatorServer(application, host, options.Loggers.CreateLogger<SimulatorServer>());
        application.Run(server.HandleAsync);
        try
        {
            await application.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception)
        {
            await server.DisposeAsync().ConfigureAwait(false); // The clusters run already.
            throw;
        }
        return server;
    }

    /// <summary>Creates a cluster.</summary>
    /// <exception cref="ArgumentException">It cannot be as it is described, or there is one of that name; the message says all that is wrong.</exception>
    public async Task CreateClusterAsync(ClusterSpec spec, CancellationToken cancellationToken)
    {
        var faults = SpecChecks.Faults(spec);
        if (faults.Count > 0) throw new ArgumentException(string.Join("; ", faults), nameof(spec));
        if (!await _host.CreateAsync(spec, cancellationToken).ConfigureAwait(false)) throw new ArgumentException($"there is a cluster \"{spec.Name}\" already", nameof(spec));
    }

    /// <summary>The address of a cluster's API.</summary>
    public string AddressOf(string cluster) => $"{Info.Address}/clusters/{cluster}";

    /// <summary>The kubeconfig of a cluster, as text.</summary>
    public string KubeconfigOf(string cluster) => Kubeconfig.Write(cluster, Info.Address);

    /// <summary>Waits until the controllers of a cluster have nothing to do but wait for time to pass.</summary>
    /// <exception cref="ArgumentException">There is no such cluster.</exception>
    public Task WhenIdleAsync(string cluster) => (_host.Find(cluster) ?? throw new ArgumentException($"there is no cluster \"{cluster}\"", nameof(cluster))).WhenIdleAsync();

    /// <summary>Ends watches, stops the clusters and saves them.</summary>
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync(CancellationToken.None).ConfigureAwait(false);
        await _application.DisposeAsync().ConfigureAwait(false);
        await _host.DisposeAsync().ConfigureAwait(false);
    }

    private static bool IsLocal(HttpRequest request) => request.Host.Host is "127.0.0.1" or "localhost" or "[::1]";

    // A page in a browser can send forms and plain texts anywhere without asking; it cannot send these without the server's consent, which it never gets.
    private static bool IsFromProgram(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) || !request.Headers.ContainsKey("Origin");

    private async Task HandleAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "/";
        try
        {
            if (!IsLocal(context.Request) || !IsFromProgram(context.Request))
            {
                await Answers.WriteAsync(context.Response, new StatusException(403, "Forbidden", "the simulator answers programs on this machine only")).ConfigureAwait(false);
            }
            else if (path.Split('/', 4) is ["", "clusters", var name, ..] parts && _host.FindApi(name) is { } api)
            {
                await api.HandleAsync(context, parts.Length > 3 ? parts[3] : "", _application.Lifetime.ApplicationStopping).ConfigureAwait(false);
            }
            else if (path.Split('/', StringSplitOptions.RemoveEmptyEntries) is ["simulator", .. var segments])
            {
                await _admin.HandleAsync(context, segments).ConfigureAwait(false);
            }
            else
            {
                await Answers.WriteAsync(context.Response, ApiErrors.NoSuchPath()).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone; there is nobody to answer.
        }
#pragma warning disable CA1031 // A fault in one request must not reach the others; the log has it in full.
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogFailed(_logger, error, context.Request.Method, path);
            if (!context.Response.HasStarted) await Answers.WriteAsync(context.Response, new StatusException(500, "InternalError", $"Internal error occurred: {error.Message}")).ConfigureAwait(false);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private static partial void LogFailed(ILogger logger, Exception error, string method, string path);
}
