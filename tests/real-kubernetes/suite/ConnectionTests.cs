using System.Net;
using System.Net.Sockets;
using System.Text;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;
using FogInfra.Tests.Kubernetes.Support;

namespace FogInfra.Tests.Kubernetes.Behaviours;

/// <summary>The ways in which a kubeconfig can lead to a cluster, against a real API server with TLS.</summary>
public sealed class ConnectionTests : IDisposable
{
    private static readonly string ControlPlane = Path.GetDirectoryName(
        Environment.GetEnvironmentVariable("FOG_TEST_KUBECONFIG") ?? throw new InvalidOperationException("FOG_TEST_KUBECONFIG is not set; run tests/real-kubernetes/run."))!;

    private readonly string _folder = Directory.CreateTempSubdirectory("fog-connection-").FullName;
    private readonly string _token = File.ReadAllText(Path.Combine(ControlPlane, "tokens.csv")).Split(',')[0];
    private readonly string _server = File.ReadLines(Path.Combine(ControlPlane, "kubeconfig")).First(line => line.Contains("server:", StringComparison.Ordinal)).Split('"')[1];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string Authority => $"certificate-authority: {Path.Combine(ControlPlane, "ca.crt")}";

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public Task ClientCertificate_FromFiles_IsLetIn() => ReachesAsync(Kubeconfig(
        Authority, $"client-certificate: {Path.Combine(ControlPlane, "client.crt")}, client-key: {Path.Combine(ControlPlane, "client.key")}"));

    [Fact]
    public Task ClientCertificate_AsData_IsLetIn() => ReachesAsync(Kubeconfig(
        $"certificate-authority-data: {Data("ca.crt")}", $"client-certificate-data: {Data("client.crt")}, client-key-data: {Data("client.key")}"));

    [Fact]
    public Task TokenFile_IsRead() => ReachesAsync(Kubeconfig(Authority, $"tokenFile: {Write("token", _token)}"));

    [Fact]
    public Task ExecPlugin_IsAsked() => ReachesAsync(Kubeconfig(Authority, Exec(Credential(_token))));

    [Fact]
    public Task ExecPlugin_WhoseTokenHasRunOut_IsAskedAgain() => ReachesAsync(Kubeconfig(Authority, Exec($$"""
        if [ -e {{_folder}}/asked ]; then token={{_token}}; else touch {{_folder}}/asked; token=expired; fi
        echo '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"'$token'"} }'
        """)));

    [Fact]
    public Task ServerThatIsNotChecked_IsReachedWithoutAnAuthority() => ReachesAsync(Kubeconfig("insecure-skip-tls-verify: true", $"token: {_token}"));

    [Fact]
    public Task NameOfTheServersCertificate_MayBeGiven() => ReachesAsync(Kubeconfig($"{Authority}, tls-server-name: kubernetes", $"token: {_token}"));

    [Fact]
    public async Task ContextOfSeveral_IsChosen()
    {
        var two = Kubeconfig(Authority, $"token: {_token}").Replace("current-context: c", "current-context: nowhere", StringComparison.Ordinal);
        await ReachesAsync(two, ("context", "c"));
    }

    [Fact]
    public async Task Proxy_IsGoneThrough()
    {
        using var proxy = new ConnectProxy();
        await ReachesAsync(Kubeconfig($"{Authority}, proxy-url: \"http://127.0.0.1:{proxy.Port}\"", $"token: {_token}"));
        Assert.Equal(new Uri(_server).Authority, proxy.Asked);
    }

    [Fact]
    public async Task TokenThatIsWrong_IsToldAsSuch() =>
        Assert.Contains("Unauthorized", await FailsAsync(Kubeconfig(Authority, "token: wrong")), StringComparison.OrdinalIgnoreCase);

    [Fact]
    public async Task AuthorityThatDidNotSignTheServersCertificate_IsToldAsSuch()
    {
        var error = await FailsAsync(Kubeconfig($"certificate-authority: {Path.Combine(ControlPlane, "client.crt")}", $"token: {_token}"));
        Assert.Contains("Check certificate-authority and tls-server-name of the kubeconfig", error);
    }

    [Fact]
    public async Task NameThatIsNotInTheServersCertificate_IsToldAsSuch() => Assert.Contains(
        "Check certificate-authority and tls-server-name of the kubeconfig", await FailsAsync(Kubeconfig($"{Authority}, tls-server-name: elsewhere", $"token: {_token}")));

    [Fact]
    public async Task UserWhoMayNot_IsToldWhatAndWho()
    {
        var error = await FailsAsync(Kubeconfig(Authority, $"token: {_token}, as: somebody"));
        Assert.Contains("\"somebody\" cannot create resource \"configmaps\"", error);
    }

    private static async Task ReachesAsync(string kubeconfig, params (string Name, PropertyValue Value)[] configuration)
    {
        var driver = await ProviderDriver.ConnectAsync(kubeconfig, configuration: configuration);
        var created = await driver.CreateAsync("kubernetes:core/v1:ConfigMap", "c", "{}", Token);
        await driver.DeleteAsync(created, Token);
    }

    private static async Task<string> FailsAsync(string kubeconfig)
    {
        var driver = await ProviderDriver.ConnectAsync(kubeconfig);
        return (await Assert.ThrowsAsync<ProviderException>(() => driver.CreateAsync("kubernetes:core/v1:ConfigMap", "c", "{}", Token))).Message;
    }

    private string Kubeconfig(string cluster, string user) => $$$"""
        apiVersion: v1
        kind: Config
        current-context: c
        clusters: [{name: k, cluster: {server: "{{{_server}}}", {{{cluster}}}}}, {name: other, cluster: {server: "https://127.0.0.1:1"}}]
        users: [{name: u, user: {{{{user}}}}}]
        contexts: [{name: c, context: {cluster: k, user: u}}, {name: nowhere, context: {cluster: other, user: u}}]
        """;

    private static string Data(string file) => Convert.ToBase64String(File.ReadAllBytes(Path.Combine(ControlPlane, file)));

    private static string Credential(string token) =>
        $$"""echo '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"{{token}}"} }'""";

    private string Exec(string script) =>
        $"exec: {{apiVersion: client.authentication.k8s.io/v1, command: /bin/sh, args: [\"{Write("plugin", script)}\"], interactiveMode: Never}}";

    private string Write(string name, string text)
    {
        var file = Path.Combine(_folder, name);
        File.WriteAllText(file, text);
        return file;
    }

    /// <summary>An HTTP proxy that does no more than CONNECT, once after the other.</summary>
    private sealed class ConnectProxy : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

        public ConnectProxy()
        {
            _listener.Start();
            _ = ServeAsync();
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public string? Asked { get; private set; }

        public void Dispose() => _listener.Dispose();

        private async Task ServeAsync()
        {
            while (true)
            {
                _ = TunnelAsync(await _listener.AcceptTcpClientAsync());
            }
        }

        private async Task TunnelAsync(TcpClient client)
        {
            using (client)
            {
                var stream = client.GetStream();
                var head = new StringBuilder();
                var buffer = new byte[1];
                while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(buffer) > 0)
                {
                    head.Append((char)buffer[0]);
                }

                Asked = head.ToString().Split(' ')[1];
                using var server = new TcpClient();
                await server.ConnectAsync(Asked.Split(':')[0], int.Parse(Asked.Split(':')[1]));
                await stream.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray());
                await Task.WhenAny(stream.CopyToAsync(server.GetStream()), server.GetStream().CopyToAsync(stream));
            }
        }
    }
}
