using System.Net;
using System.Net.Sockets;
using System.Text;
using FogInfra.Model;
using FogInfra.Rollout.Stacks;

namespace FogInfra.Tests;

public sealed class ConnectionProbeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fog-probe-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Unreachable_SomebodyListens_WhoSaysNothing_IsForTheUpdateToTell()
    {
        Assert.Null(await ProbeAsync(answer: ""));
    }

    [Theory]
    [InlineData("200 OK", true)]
    [InlineData("401 Unauthorized", true)]
    [InlineData("403 Forbidden", true)]
    [InlineData("500 Internal Server Error", true)]
    [InlineData("404 Not Found", false)]
    [InlineData("502 Bad Gateway", false)]
    [InlineData("503 Service Unavailable", false)]
    [InlineData("504 Gateway Timeout", false)]
    public async Task Unreachable_SomebodyAnswers_IsTheClusterUnlessItIsAGatewayWithNothingBehindIt(string status, bool isReachable)
    {
        var reason = await ProbeAsync($"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

        Assert.Equal(isReachable, reason is null);
        Assert.True(isReachable || reason!.Contains($"it answers {status[..3]}", StringComparison.Ordinal), reason);
    }

    [Fact]
    public async Task Unreachable_NobodyListens_SaysWhereAndWhy()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        Assert.StartsWith($"127.0.0.1:{port} cannot be reached: ", await Probe(port), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unreachable_NoKubeconfig_IsForTheUpdateToTell()
    {
        Assert.Null(await new ConnectionProbe(new ProjectLayout(_folder), TimeProvider.System).UnreachableBecauseAsync(Cluster(), Cancellation));
    }

    [Theory]
    [InlineData(null, "https://one:6443/")]
    [InlineData("second", "https://two:6443/")]
    [InlineData("third", null)]
    [InlineData("proxied", null)]
    public void Read_Kubeconfig_FindsTheServerOfTheContext(string? context, string? server)
    {
        const string Kubeconfig =
            """
            current-context: first
            contexts:
              - {name: first, context: {cluster: a, user: u}}
              - {name: second, context: {cluster: b, user: u}}
              - {name: proxied, context: {cluster: c, user: u}}
            clusters:
              - {name: a, cluster: {server: "https://one:6443"}}
              - {name: b, cluster: {server: "https://two:6443"}}
              - {name: c, cluster: {server: "https://three:6443", proxy-url: "http://proxy:3128"}}
            """;

        Assert.Equal(server, KubeconfigServer.Read(Kubeconfig, context)?.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("current-context: first")]
    [InlineData("{current-context: first, contexts: [{name: first, context: {cluster: a}}], clusters: [{name: a, cluster: {server: nonsense}}]}")]
    public void Read_NoServer_IsNull(string kubeconfig)
    {
        Assert.Null(KubeconfigServer.Read(kubeconfig, null));
    }

    // Answers every connection with the same text, and closes it.
    private async Task<string?> ProbeAsync(string answer)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var done = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var answering = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                using var connection = await listener.AcceptTcpClientAsync(done.Token);
                var request = new byte[1024];
                if (answer.Length > 0 && await connection.GetStream().ReadAsync(request, done.Token) > 0)
                {
                    await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(answer), done.Token);
                }
            }
        }, Cancellation);
        var reason = await Probe(((IPEndPoint)listener.LocalEndpoint).Port, "http");
        await done.CancelAsync();
        await answering.ContinueWith(_ => { }, TaskScheduler.Default);
        return reason;
    }

    private Task<string?> Probe(int port, string scheme = "https")
    {
        File.WriteAllText(
            Path.Combine(_folder, "kubeconfig"),
            $"{{current-context: c, contexts: [{{name: c, context: {{cluster: c}}}}], clusters: [{{name: c, cluster: {{server: '{scheme}://127.0.0.1:{port}'}}}}]}}");
        return new ConnectionProbe(new ProjectLayout(_folder), TimeProvider.System).UnreachableBecauseAsync(Cluster(), Cancellation);
    }

    private static Cluster Cluster() =>
        new() { Name = "e1", Layer = Layer.Edge, Ring = "one", Engine = new ClusterEngine.Existing("kubeconfig", null), Nodes = 1 };
}
