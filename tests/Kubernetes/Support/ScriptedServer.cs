using System.Collections.Concurrent;
using System.Text;
using FogInfra.Embedded.Kubernetes.Client;
using FogInfra.Embedded.Kubernetes.Connection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FogInfra.Tests.Kubernetes.Support;

/// <summary>A request that arrived.</summary>
internal sealed record SeenRequest(string Method, string Path, IQueryCollection Query, string Body, string? Authorization)
{
    public override string ToString() => $"{Method} {Path}";
}

/// <summary>An API server on loopback that answers what a test tells it to, and remembers what it was asked.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Func<HttpContext, SeenRequest, Task>>> _answers = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<SeenRequest> _seen = new();

    private ScriptedServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.Zero); // Watches that are open do not hold up the end.
        builder.WebHost.ConfigureKestrel(options => options.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1));
        _application = builder.Build();
        _application.Run(AnswerAsync);
    }

    public Uri Address => new(_application.Urls.Single());

    public IReadOnlyList<SeenRequest> Seen => [.. _seen];

    public ClusterConnection Connection => ClusterConnection.To(Address) with { Context = "test-context" };

    public string Kubeconfig => $$"""
        {"clusters":[{"name":"scripted","cluster":{"server":"{{Address}}"} }],
         "contexts":[{"name":"test-context","context":{"cluster":"scripted"} }],"current-context":"test-context"}
        """;

    public static async Task<ScriptedServer> StartAsync()
    {
        var server = new ScriptedServer();
        await server._application.StartAsync();
        return server;
    }

    public KubernetesClient Client(ClientOptions? options = null) => new(Connection, options ?? Quick);

    /// <summary>Retries without waiting long.</summary>
    public static ClientOptions Quick { get; } = new()
    {
        RetryDelay = TimeSpan.FromMilliseconds(1),
        LongestRetryDelay = TimeSpan.FromMilliseconds(5),
        LongestRetryAfter = TimeSpan.FromMilliseconds(5),
    };

    /// <summary>Adds an answer for a method and path; the last one added is given again and again.</summary>
    public ScriptedServer On(string request, Func<HttpContext, SeenRequest, Task> answer)
    {
        _answers.GetOrAdd(request, _ => new()).Enqueue(answer);
        return this;
    }

    public ScriptedServer On(string request, int code, string body) => On(request, (context, _) => WriteAsync(context, code, body));

    public ScriptedServer On(string request, string body) => On(request, 200, body);

    /// <summary>Adds a refusal.</summary>
    public ScriptedServer Refuse(string request, int code, string reason, string message = "refused", string details = "{}") =>
        On(request, code, Status(code, reason, message, details));

    public static string Status(int code, string reason, string message, string details = "{}") =>
        $$"""{"kind":"Status","apiVersion":"v1","status":"Failure","code":{{code}},"reason":"{{reason}}","message":"{{message}}","details":{{details}}}""";

    public int Count(string request) => Seen.Count(seen => $"{seen}" == request);

    public static async Task WriteAsync(HttpContext context, int code, string body)
    {
        context.Response.StatusCode = code;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(body);
    }

    public async ValueTask DisposeAsync() => await _application.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var request = new SeenRequest(
            context.Request.Method, context.Request.Path, context.Request.Query, await reader.ReadToEndAsync(), context.Request.Headers.Authorization);
        _seen.Enqueue(request);
        var key = request.Query.ContainsKey("watch") ? $"WATCH {request.Path}" : $"{request}";
        if (!_answers.TryGetValue(key, out var queue) || !queue.TryPeek(out var answer))
        {
            await WriteAsync(context, 404, "404 page not found");
            return;
        }

        if (queue.Count > 1)
        {
            queue.TryDequeue(out answer);
        }

        await answer!(context, request);
    }
}
