using System.Net;
using System.Net.Http.Headers;
using System.Text;
using FogInfra.Embedded.Simulator.Clusters;
using FogInfra.Embedded.Simulator.Hosting;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Tests.Support;

/// <summary>A simulator in the test's own process with one cluster, spoken to over HTTP.</summary>
internal sealed class ServerFixture : IAsyncDisposable
{
    private readonly SimulatorServer _server;

    private ServerFixture(SimulatorServer server)
    {
        _server = server;
        Http = new HttpClient { BaseAddress = new Uri(server.AddressOf("test") + "/") };
        Http.DefaultRequestHeaders.UserAgent.ParseAdd("tester/1.0");
    }

    public HttpClient Http { get; }

    public SimulatorServer Server => _server;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<ServerFixture> StartAsync(ClusterSpec? spec = null)
    {
        var server = await SimulatorServer.StartAsync(new SimulatorOptions(), Cancellation);
        await server.CreateClusterAsync((spec ?? new ClusterSpec { Name = "test" }) with { Name = "test" }, Cancellation);
        await server.WhenIdleAsync("test");
        return new ServerFixture(server);
    }

    public Task<(HttpStatusCode Code, JsonMap Body)> GetAsync(string path, string accept = "application/json") => SendAsync(HttpMethod.Get, path, null, accept: accept);

    public Task<(HttpStatusCode Code, JsonMap Body)> PostAsync(string path, string yaml) => SendAsync(HttpMethod.Post, path, yaml, "application/yaml");

    public Task<(HttpStatusCode Code, JsonMap Body)> PatchAsync(string path, string json, string kind) => SendAsync(HttpMethod.Patch, path, json, $"application/{kind}");

    public async Task<(HttpStatusCode Code, JsonMap Body)> SendAsync(HttpMethod method, string path, string? body, string contentType = "application/json", string accept = "application/json")
    {
        using var response = await SendRawAsync(method, path, body, contentType, accept);
        return (response.StatusCode, (JsonMap)JsonReading.Parse(await response.Content.ReadAsByteArrayAsync(Cancellation)));
    }

    public Task<HttpResponseMessage> SendRawAsync(HttpMethod method, string path, string? body = null, string contentType = "application/json", string accept = "application/json",
        HttpCompletionOption completion = HttpCompletionOption.ResponseContentRead)
    {
        var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Headers.TryAddWithoutValidation("Accept", accept);
        if (body is not null) request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = MediaTypeHeaderValue.Parse(contentType) } };
        return Http.SendAsync(request, completion, Cancellation);
    }

    /// <summary>Opens a watch.</summary>
    public async Task<WatchReader> WatchAsync(string path, string accept = "application/json") =>
        new(await SendRawAsync(HttpMethod.Get, path, accept: accept, completion: HttpCompletionOption.ResponseHeadersRead));

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _server.DisposeAsync();
    }
}

/// <summary>Reads the events of a watch one by one.</summary>
internal sealed class WatchReader(HttpResponseMessage response) : IAsyncDisposable
{
    private StreamReader? _lines;

    /// <summary>The next event; null when the server has ended the watch.</summary>
    public async Task<(string Type, JsonMap Object)?> NextAsync()
    {
        _lines ??= new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        var line = await _lines.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        if (line is null) return null;
        var value = (JsonMap)JsonReading.Parse(line);
        return (value.Text("type")!, value.Map("object"));
    }

    public async Task<(string Type, string Name)> NextNameAsync()
    {
        var next = await NextAsync();
        return (next!.Value.Type, next.Value.Object.Name);
    }

    public ValueTask DisposeAsync()
    {
        _lines?.Dispose();
        response.Dispose();
        return ValueTask.CompletedTask;
    }
}
