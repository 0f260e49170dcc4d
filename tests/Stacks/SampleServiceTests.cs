using System.Net;
using FogInfra.SampleService;

namespace FogInfra.Tests;

/// <summary>The service that the examples roll out: its pages, its health, and the metrics by which a rollout is judged.</summary>
public sealed class SampleServiceTests : IAsyncLifetime
{
    private readonly HttpClient _http = new();
    private Microsoft.AspNetCore.Builder.WebApplication _app = null!;

    public async ValueTask InitializeAsync()
    {
        _app = SampleApplication.Build([], "1.2.3", "http://127.0.0.1:0", TimeProvider.System);
        await _app.StartAsync(TestContext.Current.CancellationToken);
        _http.BaseAddress = new Uri(_app.Urls.Single());
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
    }

    [Theory]
    [InlineData("/", "1.2.3")]
    [InlineData("/version", "1.2.3")]
    [InlineData("/info", "\"version\": \"1.2.3\"")]
    [InlineData("/html", "<h1>Version 1.2.3</h1>")]
    [InlineData("/slow", "slow")]
    [InlineData("/health/live", "live")]
    [InlineData("/health/ready", "ready")]
    public async Task Path_Answers(string path, string expected) => Assert.Contains(expected, await GetAsync(path), StringComparison.Ordinal);

    [Fact]
    public async Task Metrics_TellRateErrorsDurationAndVersion()
    {
        await GetAsync("/version");
        await GetAsync("/version");
        using var failed = await _http.GetAsync(new Uri("/fail", UriKind.Relative), TestContext.Current.CancellationToken);
        using var missing = await _http.GetAsync(new Uri("/made-up-by-a-stranger", UriKind.Relative), TestContext.Current.CancellationToken);

        var metrics = await GetAsync("/metrics");
        Assert.Equal(HttpStatusCode.InternalServerError, failed.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.Contains("http_requests_total{method=\"GET\",path=\"/version\",status=\"200\"} 2\n", metrics, StringComparison.Ordinal);
        Assert.Contains("http_requests_total{method=\"GET\",path=\"/fail\",status=\"500\"} 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains("http_requests_total{method=\"GET\",path=\"\",status=\"404\"} 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains("http_request_duration_seconds_bucket{le=\"+Inf\"} 4\n", metrics, StringComparison.Ordinal);
        Assert.Contains("http_request_duration_seconds_count 4\n", metrics, StringComparison.Ordinal);
        Assert.Contains("app_version_info{version=\"1.2.3\"} 1\n", metrics, StringComparison.Ordinal);
    }

    private Task<string> GetAsync(string path) => _http.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
}
