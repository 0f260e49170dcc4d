using System.Net;
using System.Reflection;
using Microsoft.AspNetCore.Routing;

namespace FogInfra.SampleService;

/// <summary>A small service to roll out: it answers with its version, tells how it is and what it counted, and can be slow or fail when it is asked to.</summary>
public static class SampleApplication
{
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(2);

    /// <summary>Builds the service.</summary>
    /// <param name="args">The program's arguments.</param>
    /// <param name="version">The version that it says it has.</param>
    /// <param name="urls">Where it listens.</param>
    /// <param name="time">The clock.</param>
    public static WebApplication Build(string[] args, string version, string urls, TimeProvider time)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.WebHost.UseUrls(urls);
        var app = builder.Build();
        var counts = new RequestCounts(version);
        app.UseRouting();
        app.Use((context, next) => CountAsync(context, next, counts, time));
        app.MapGet("/", () => $"Hello from version {version} on {Environment.MachineName}\n");
        app.MapGet("/version", () => version);
        app.MapGet("/info", () => Results.Text($$"""{"version": "{{version}}", "machine": "{{Environment.MachineName}}"}""", "application/json"));
        app.MapGet("/html", () => Results.Content(
            $"<!doctype html><html lang=\"en\"><title>{WebUtility.HtmlEncode(version)}</title><h1>Version {WebUtility.HtmlEncode(version)}</h1><p>on {WebUtility.HtmlEncode(Environment.MachineName)}</p></html>",
            "text/html; charset=utf-8"));
        app.MapGet("/slow", async (CancellationToken aborted) =>
        {
            await Task.Delay(Slow, time, aborted).ConfigureAwait(false);
            return "slow\n";
        });
        app.MapGet("/fail", () => Results.StatusCode(StatusCodes.Status500InternalServerError));
        app.MapGet("/health/live", () => "live");
        app.MapGet("/health/ready", () => "ready");
        app.MapGet("/metrics", () => Results.Text(counts.ToText(), "text/plain; version=0.0.4; charset=utf-8"));
        return app;
    }

    /// <summary>The version that the image says, or else the program's own.</summary>
    public static string VersionOfImage() => Environment.GetEnvironmentVariable("SERVICE_VERSION")
        ?? Assembly.GetExecutingAssembly().GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
        ?? "unknown";

    private static async Task CountAsync(HttpContext context, RequestDelegate next, RequestCounts counts, TimeProvider time)
    {
        var started = time.GetTimestamp();
        await next(context).ConfigureAwait(false);
        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "";
        counts.Add(context.Request.Method, route, context.Response.StatusCode, time.GetElapsedTime(started));
    }
}
