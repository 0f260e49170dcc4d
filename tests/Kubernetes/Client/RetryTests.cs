using System.Net;
using System.Net.Sockets;
using FogInfra.Embedded.Kubernetes.Client;
using FogInfra.Embedded.Kubernetes.Connection;
using FogInfra.Tests.Kubernetes.Support;
using Microsoft.AspNetCore.Http;

namespace FogInfra.Tests.Kubernetes.Client;

public sealed class RetryTests : ScriptedServerTest
{
    private const string Path = "/api/v1/namespaces/apps/configmaps";
    private static readonly ApiResource ConfigMaps = ResourceCatalog.KnownResource("v1", "ConfigMap")!;
    private static readonly byte[] Body = """{"metadata":{"name":"a"}}"""u8.ToArray();

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(429)]
    public async Task Get_FailureOfTheServer_IsTriedAgain(int code)
    {
        Server.Refuse($"GET {Path}/a", code, "Trouble").On($"GET {Path}/a", """{"metadata":{"name":"a"}}""");
        using var client = Server.Client();
        Assert.Equal("a", (await client.GetAsync(ConfigMaps, "apps", "a", Token)).Name);
        Assert.Equal(2, Server.Seen.Count);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(409)]
    [InlineData(422)]
    public async Task Get_Refusal_IsNotTriedAgain(int code)
    {
        Server.Refuse($"GET {Path}/a", code, "No");
        using var client = Server.Client();
        await Assert.ThrowsAsync<ApiException>(() => client.GetAsync(ConfigMaps, "apps", "a", Token));
        Assert.Single(Server.Seen);
    }

    [Fact]
    public async Task Create_FailureOfTheServer_IsNotTriedAgain()
    {
        Server.Refuse($"POST {Path}", 500, "InternalError");
        using var client = Server.Client();
        await Assert.ThrowsAsync<ApiException>(() => client.CreateAsync(ConfigMaps, "apps", Body, new WriteOptions("me"), Token));
        Assert.Single(Server.Seen);
    }

    [Fact]
    public async Task Create_TooManyRequests_IsTriedAgain()
    {
        Server.Refuse($"POST {Path}", 429, "TooManyRequests", details: """{"retryAfterSeconds":1}""").On($"POST {Path}", 201, """{"metadata":{"name":"a"}}""");
        using var client = Server.Client();
        Assert.True((await client.CreateAsync(ConfigMaps, "apps", Body, new WriteOptions("me"), Token)).Created);
    }

    [Fact]
    public async Task Get_FailureThatLasts_IsToldAfterTheRetries()
    {
        Server.Refuse($"GET {Path}/a", 503, "ServiceUnavailable", "not now");
        using var client = Server.Client();
        var error = await Assert.ThrowsAsync<ApiException>(() => client.GetAsync(ConfigMaps, "apps", "a", Token));
        Assert.Equal("not now", error.Message);
        Assert.Equal(ScriptedServer.Quick.Retries + 1, Server.Seen.Count);
    }

    [Fact]
    public async Task Get_HalfAnAnswer_IsTriedAgain()
    {
        Server
            .On($"GET {Path}/a", async (context, _) =>
            {
                context.Response.ContentLength = 1000;
                await context.Response.WriteAsync("{", Token);
                context.Abort();
            })
            .On($"GET {Path}/a", """{"metadata":{"name":"a"}}""");
        using var client = Server.Client();
        Assert.Equal("a", (await client.GetAsync(ConfigMaps, "apps", "a", Token)).Name);
    }

    [Fact]
    public async Task Create_LostAnswer_SaysThatItMayHaveTakenEffect()
    {
        Server.On($"POST {Path}", (context, _) =>
        {
            context.Abort();
            return Task.CompletedTask;
        });
        using var client = Server.Client();
        var error = await Assert.ThrowsAsync<ClusterUnreachableException>(() => client.CreateAsync(ConfigMaps, "apps", Body, new WriteOptions("me"), Token));
        Assert.True(error.MayHaveTakenEffect);
        Assert.Single(Server.Seen);
    }

    [Fact]
    public async Task Get_NoAnswerInTime_IsTriedAgainAndThenTold()
    {
        Server.On($"GET {Path}/a", (context, _) => Task.Delay(Timeout.Infinite, context.RequestAborted));
        using var client = Server.Client(ScriptedServer.Quick with { RequestTimeout = TimeSpan.FromMilliseconds(100), Retries = 2 });
        var error = await Assert.ThrowsAsync<ClusterUnreachableException>(() => client.GetAsync(ConfigMaps, "apps", "a", Token));
        Assert.Contains("no answer in time", error.Message);
        Assert.Equal(3, Server.Seen.Count);
    }

    [Fact]
    public async Task NobodyListens_IsToldWithServerAndContextAndIsNoMissingObject()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}";
        probe.Stop();
        using var client = new KubernetesClient(ClusterConnection.To(new Uri(address)) with { Context = "edge" }, ScriptedServer.Quick);
        var error = await Assert.ThrowsAsync<ClusterUnreachableException>(() => client.FindAsync(ConfigMaps, "apps", "a", Token));
        Assert.Contains(address, error.Message);
        Assert.Contains("context edge", error.Message);
        Assert.False(error.MayHaveTakenEffect);
    }

    [Fact]
    public async Task Cancelled_IsNotTakenForAFailure()
    {
        using var cancel = new CancellationTokenSource();
        Server.On($"GET {Path}/a", async (context, _) =>
        {
            await cancel.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        using var client = Server.Client();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.GetAsync(ConfigMaps, "apps", "a", cancel.Token));
        Assert.Single(Server.Seen);
    }

    [Fact]
    public void SecureConnectionError_IsNotWorthRetrying() =>
        Assert.False(RetryPolicy.IsWorthRetrying(new HttpRequestException(HttpRequestError.SecureConnectionError), repeatable: true));

    [Theory]
    [InlineData(HttpRequestError.ConnectionError, true)]
    [InlineData(HttpRequestError.NameResolutionError, true)]
    [InlineData(HttpRequestError.ResponseEnded, false)]
    public void RequestThatMustNotBeRepeated_IsRetriedOnlyIfItWasNeverSent(HttpRequestError error, bool expected) =>
        Assert.Equal(expected, RetryPolicy.IsWorthRetrying(new HttpRequestException(error), repeatable: false));

    [Fact]
    public async Task RetryAfter_IsWaitedForByTheClock()
    {
        var time = new ManualTime();
        Server
            .On($"GET {Path}/a", (context, _) =>
            {
                context.Response.Headers.RetryAfter = "7";
                return ScriptedServer.WriteAsync(context, 429, "{}");
            })
            .On($"GET {Path}/a", """{"metadata":{"name":"a"}}""");
        using var client = new KubernetesClient(Server.Connection, new ClientOptions(), time);
        var answer = client.GetAsync(ConfigMaps, "apps", "a", Token);
        while (Server.Seen.Count == 0)
        {
            await Task.Yield();
        }

        time.Advance(TimeSpan.FromSeconds(6));
        Assert.False(answer.IsCompleted);
        while (!answer.IsCompleted)
        {
            time.Advance(TimeSpan.FromMilliseconds(500));
            await Task.Delay(5, Token);
        }

        Assert.Equal("a", (await answer).Name);
    }
}
