using System.Collections.Concurrent;
using System.Net;
using FogInfra.Embedded.Kubernetes;
using FogInfra.Embedded.Kubernetes.Connection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FogInfra.Tests.Kubernetes.Behaviours.Faults;

/// <summary>
/// Stands between a provider and an API server, and lets go wrong what a test wants to go wrong. It asks for a token of its own, which lies
/// in a file, and speaks to the server with the credentials of the kubeconfig.
/// </summary>
internal sealed class FaultyProxy : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly HttpClient _server;
    private readonly CredentialSource _credentials;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fog-faults-");
    private readonly ConcurrentQueue<Fault> _injected = new();
    private volatile string _token = "";
    private int _tokens;

    private FaultyProxy(string kubeconfig)
    {
        var connection = ConnectionResolver.Resolve(kubeconfig, null, null, HostEnvironment.OfProcess());
        _credentials = CredentialSource.For(connection, TimeProvider.System);
        _server = new HttpClient(ClusterHttpHandler.Create(connection, _credentials)) 
        {
            BaseAddress = new Uri(connection.Cluster.Server.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/"),
            Timeout = Timeout.InfiniteTimeSpan,
        };
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.Zero);
        builder.WebHost.ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1));
        _application = builder.Build();
        _application.Run(PassAsync);
    }

    /// <summary>Decides what goes wrong with a request; null for nothing.</summary>
    public Func<HttpRequest, Fault?> Choose { get; set; } = _ => null;

    /// <summary>What has gone wrong so far.</summary>
    public IReadOnlyCollection<Fault> Injected => _injected;

    /// <summary>A kubeconfig that leads through the proxy.</summary>
    public string Kubeconfig => $$"""
        {"clusters":[{"name":"faulty","cluster":{"server":"{{_application.Urls.Single()}}"} }],
         "users":[{"name":"me","user":{"tokenFile":"{{TokenFile}}"} }],
         "contexts":[{"name":"faulty","context":{"cluster":"faulty","user":"me"} }],"current-context":"faulty"}
        """;

    private string TokenFile => Path.Combine(_folder.FullName, "token");

    public static async Task<FaultyProxy> StartAsync(string kubeconfig)
    {
        var proxy = new FaultyProxy(kubeconfig);
        await proxy.RenewTokenAsync();
        await proxy._application.StartAsync();
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        _server.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task RenewTokenAsync()
    {
        var token = $"token-{Interlocked.Increment(ref _tokens)}";
        await File.WriteAllTextAsync($"{TokenFile}.{token}", token);
        File.Move($"{TokenFile}.{token}", TokenFile, overwrite: true);
        _token = token;
    }

    private async Task PassAsync(HttpContext context)
    {
        var fault = Choose(context.Request);
        if (fault is { } injected)
        {
            _injected.Enqueue(injected);
        }

        if (fault == Fault.ExpiredToken)
        {
            await RenewTokenAsync();
        }

        if (context.Request.Headers.Authorization != $"Bearer {_token}")
        {
            await RefuseAsync(context, 401, "Unauthorized", "the token has expired");
            return;
        }

        try
        {
            await AnswerAsync(context, fault);
        }
        catch (Exception error) when (error is OperationCanceledException or HttpRequestException or IOException)
        {
            context.Abort(); // The provider has hung up, or the server: the other side learns it in the same way.
        }
    }

    private async Task AnswerAsync(HttpContext context, Fault? fault)
    {
        switch (fault)
        {
            case Fault.ResetBefore:
                context.Abort();
                return;
            case Fault.StallBefore:
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
                return;
            case Fault.TooManyRequests:
                context.Response.Headers.RetryAfter = "1";
                await RefuseAsync(context, 429, "TooManyRequests", "come again later");
                return;
            case Fault.ErrorBefore:
                await RefuseAsync(context, 500, "InternalError", "etcdserver: request timed out");
                return;
        }

        // What is asked is carried out to its end even when the provider hangs up meanwhile.
        using var response = await ForwardAsync(context, fault is Fault.ResetAfter or Fault.StallAfter ? CancellationToken.None : context.RequestAborted);
        switch (fault)
        {
            case Fault.ResetAfter:
                context.Abort();
                return;
            case Fault.StallAfter:
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
                return;
            case Fault.ErrorAfter:
                await RefuseAsync(context, 500, "InternalError", "etcdserver: request timed out");
                return;
        }

        context.Response.StatusCode = (int)response.StatusCode;
        context.Response.ContentType = response.Content.Headers.ContentType?.ToString();
        await CopyAsync(context, response, broken: fault == Fault.HalfAnAnswer);
    }

    private async Task<HttpResponseMessage> ForwardAsync(HttpContext context, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), $"{context.Request.Path.ToUriComponent().TrimStart('/')}{context.Request.QueryString}");
        if (body.Length > 0)
        {
            request.Content = new ByteArrayContent(body.ToArray());
            request.Content.Headers.TryAddWithoutValidation("Content-Type", context.Request.ContentType);
        }

        request.Headers.TryAddWithoutValidation("Accept", context.Request.Headers.Accept.ToString());
        request.Headers.Authorization = (await _credentials.GetAsync(cancellationToken)).Authorization;
        return await _server.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    private static async Task CopyAsync(HttpContext context, HttpResponseMessage response, bool broken)
    {
        await using var content = await response.Content.ReadAsStreamAsync(context.RequestAborted);
        var buffer = new byte[16 * 1024];
        int count;
        while ((count = await content.ReadAsync(buffer, context.RequestAborted)) > 0)
        {
            await context.Response.Body.WriteAsync(buffer.AsMemory(0, broken ? (count + 1) / 2 : count), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            if (broken)
            {
                context.Abort();
                return;
            }
        }
    }

    private static async Task RefuseAsync(HttpContext context, int code, string reason, string message)
    {
        context.Response.StatusCode = code;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(
            $$"""{"kind":"Status","apiVersion":"v1","status":"Failure","code":{{code}},"reason":"{{reason}}","message":"{{message}}"}""", context.RequestAborted);
    }
}
