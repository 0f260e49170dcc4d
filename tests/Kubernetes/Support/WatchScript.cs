using System.Threading.Channels;
using Microsoft.AspNetCore.Http;

namespace FogInfra.Tests.Kubernetes.Support;

/// <summary>A watch that a test feeds, one event after the other.</summary>
internal sealed class WatchScript
{
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

    public WatchScript Send(string type, string item)
    {
        _lines.Writer.TryWrite($$"""{"type":"{{type}}","object":{{item.ReplaceLineEndings(" ")}}}""");
        return this;
    }

    /// <summary>Ends the connection, as a server does after a while.</summary>
    public WatchScript End()
    {
        _lines.Writer.TryComplete();
        return this;
    }

    public async Task AnswerAsync(HttpContext context, SeenRequest request)
    {
        context.Response.ContentType = "application/json";
        await context.Response.StartAsync();
        await context.Response.Body.FlushAsync();
        await foreach (var line in _lines.Reader.ReadAllAsync(context.RequestAborted))
        {
            await context.Response.WriteAsync(line + "\n", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }
}
