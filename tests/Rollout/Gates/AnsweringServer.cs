using System.Net;
using System.Net.Sockets;
using System.Text;

namespace FogInfra.Tests.Gates;

/// <summary>An HTTP server on loopback that answers what a test says, and remembers what it was asked.</summary>
internal sealed class AnsweringServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly List<string> _asked = [];

    /// <summary>What it answers to a method and a path: a status, a body and how far its clock is ahead of the truth.</summary>
    public Func<string, string, (int Status, string Body)> Answers { get; set; } = (_, _) => (200, "ok");

    /// <summary>The time that it shows; null for the present.</summary>
    public DateTimeOffset? Date { get; set; }

    public AnsweringServer()
    {
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}";
        }

        _listener.Prefixes.Add($"{Address}/");
        _listener.Start();
        _ = Task.Run(ServeAsync);
    }

    public string Address { get; }

    public IReadOnlyList<string> Asked
    {
        get
        {
            lock (_asked)
            {
                return [.. _asked];
            }
        }
    }

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            using var reader = new StreamReader(context.Request.InputStream);
            var body = await reader.ReadToEndAsync();
            var path = Uri.UnescapeDataString(context.Request.Url!.PathAndQuery);
            lock (_asked)
            {
                _asked.Add($"{context.Request.HttpMethod} {path}{(body.Length > 0 ? $" {body}" : "")}");
            }

            var (status, answer) = Answers(context.Request.HttpMethod, path);
            context.Response.StatusCode = status;
            if (Date is { } date)
            {
                context.Response.Headers["Date"] = date.UtcDateTime.ToString("R");
            }

            var bytes = Encoding.UTF8.GetBytes(answer);
            await context.Response.OutputStream.WriteAsync(bytes);
            context.Response.Close();
        }
    }
}
