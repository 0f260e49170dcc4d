using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using FogInfra.Embedded.Kubernetes.Connection;
using FogInfra.Tests.Kubernetes.Support;

namespace FogInfra.Tests.Kubernetes.Connection;

public sealed class CredentialTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("credential-tests").FullName;
    private readonly ManualTime _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Token_IsSentAsBearer() =>
        Assert.Equal("Bearer abc", await AuthorizationAsync(new KubeconfigUser { Name = "u", Token = "abc" }));

    [Fact]
    public async Task UserAndPassword_AreSentAsBasic() =>
        Assert.Equal("Basic YTpi", await AuthorizationAsync(new KubeconfigUser { Name = "u", Username = "a", Password = "b" }));

    [Fact]
    public async Task Nobody_SendsNothing()
    {
        var source = CredentialSource.For(ClusterConnection.To(new Uri("http://127.0.0.1")), _time);
        Assert.Null((await source.GetAsync(Token)).Authorization);
    }

    [Fact]
    public async Task TokenFile_IsReadAgainAfterAMinute()
    {
        var source = Source(new KubeconfigUser { Name = "u", TokenFile = Write("token", "one\n") });
        Assert.Equal("Bearer one", $"{(await source.GetAsync(Token)).Authorization}");
        Write("token", "two");
        Assert.Equal("Bearer one", $"{(await source.GetAsync(Token)).Authorization}");
        _time.Advance(TokenFileCredentials.Freshness);
        Assert.Equal("Bearer two", $"{(await source.GetAsync(Token)).Authorization}");
    }

    [Fact]
    public async Task TokenFile_Refused_IsReadAgainAtOnce()
    {
        var source = Source(new KubeconfigUser { Name = "u", TokenFile = Write("token", "one") });
        var credential = await source.GetAsync(Token);
        Write("token", "two");
        Assert.True(source.Refused(credential));
        Assert.Equal("Bearer two", $"{(await source.GetAsync(Token)).Authorization}");
    }

    [Fact]
    public async Task TokenFile_Missing_IsNamed()
    {
        var source = Source(new KubeconfigUser { Name = "u", TokenFile = "/does/not/exist" });
        var error = await Assert.ThrowsAsync<KubeconfigException>(async () => await source.GetAsync(Token));
        Assert.Contains("/does/not/exist", error.Message);
    }

    [Fact]
    public async Task ExecPlugin_GetsItsArgumentsAndTheClustersAddress()
    {
        var plugin = Plugin("""
            case "$KUBERNETES_EXEC_INFO" in *'"server":"https://127.0.0.1:6443"'*) server=yes;; esac
            echo "{\"status\":{\"token\":\"$1-$EXTRA-$server\"}}"
            """);
        var source = Source(new KubeconfigUser
        {
            Name = "u",
            Exec = plugin with { Arguments = ["arg"], Environment = [KeyValuePair.Create("EXTRA", "env")], ProvideClusterInfo = true },
        });
        Assert.Equal("Bearer arg-env-yes", $"{(await source.GetAsync(Token)).Authorization}");
    }

    [Fact]
    public async Task ExecPlugin_IsAskedAgainOnlyWhenItsAnswerHasRunOut()
    {
        var counter = Path.Combine(_directory, "count");
        var plugin = Plugin($$"""
            echo x >> {{counter}}
            echo "{\"status\":{\"token\":\"$(wc -l < {{counter}} | tr -d ' ')\",\"expirationTimestamp\":\"2026-01-01T01:00:00Z\"} }"
            """);
        var source = Source(new KubeconfigUser { Name = "u", Exec = plugin });
        Assert.Equal("Bearer 1", $"{(await source.GetAsync(Token)).Authorization}");
        Assert.Equal("Bearer 1", $"{(await source.GetAsync(Token)).Authorization}");
        _time.Advance(TimeSpan.FromHours(1) - ExecCredentials.Headroom);
        Assert.Equal("Bearer 2", $"{(await source.GetAsync(Token)).Authorization}");
    }

    [Fact]
    public async Task ExecPlugin_ThatFails_IsToldWithItsErrors()
    {
        var source = Source(new KubeconfigUser { Name = "u", Exec = Plugin("echo 'please log in' >&2; exit 3") });
        var error = await Assert.ThrowsAsync<KubeconfigException>(async () => await source.GetAsync(Token));
        Assert.Contains("exit code 3: please log in", error.Message);
    }

    [Fact]
    public async Task ExecPlugin_ThatIsMissing_IsToldWithItsHint()
    {
        var exec = new ExecPlugin { ApiVersion = "client.authentication.k8s.io/v1", Command = "/does/not/exist", InstallHint = "Install it from example.com." };
        var source = Source(new KubeconfigUser { Name = "u", Exec = exec });
        var error = await Assert.ThrowsAsync<KubeconfigException>(async () => await source.GetAsync(Token));
        Assert.Contains("/does/not/exist cannot be started", error.Message);
        Assert.EndsWith("Install it from example.com.", error.Message);
    }

    [Theory]
    [InlineData("echo nonsense")]
    [InlineData("echo '{}'")]
    [InlineData("echo '{\"status\":{}}'")]
    public async Task ExecPlugin_ThatPrintsSomethingElse_IsTold(string script)
    {
        var source = Source(new KubeconfigUser { Name = "u", Exec = Plugin(script) });
        var error = await Assert.ThrowsAsync<KubeconfigException>(async () => await source.GetAsync(Token));
        Assert.Contains("credential plugin", error.Message);
    }

    [Fact]
    public void ClientCertificate_IsLoadedWithItsKey()
    {
        var (certificate, key) = MakeCertificate();
        var source = Source(new KubeconfigUser
        {
            Name = "u",
            ClientCertificate = new PemSource("users[0].user.client-certificate-data", Encoding.UTF8.GetBytes(certificate), null),
            ClientKey = new PemSource("users[0].user.client-key", null, Write("key", key)),
        });
        Assert.True(source.Certificate?.HasPrivateKey);
    }

    [Fact]
    public void ClientCertificate_WithoutKey_IsTold()
    {
        var (certificate, _) = MakeCertificate();
        var user = new KubeconfigUser { Name = "otto", ClientCertificate = new PemSource("client-certificate-data", Encoding.UTF8.GetBytes(certificate), null) };
        Assert.Contains("user otto: client-certificate-data is set, but client-key is missing", Assert.Throws<KubeconfigException>(() => Source(user)).Message);
    }

    [Fact]
    public void ClientCertificate_WithAnotherKey_NamesBothFields()
    {
        var user = new KubeconfigUser
        {
            Name = "u",
            ClientCertificate = new PemSource("the-certificate", Encoding.UTF8.GetBytes(MakeCertificate().Certificate), null),
            ClientKey = new PemSource("the-key", Encoding.UTF8.GetBytes(MakeCertificate().Key), null),
        };
        Assert.StartsWith("the-certificate and the-key: expected", Assert.Throws<KubeconfigException>(() => Source(user)).Message);
    }

    [Fact]
    public void PlainHttp_ElsewhereThanLoopback_CarriesNoCredentials()
    {
        var connection = ClusterConnection.To(new Uri("http://example.com")) with { User = new KubeconfigUser { Name = "u", Token = "t" } };
        var error = Assert.Throws<KubeconfigException>(() => ClusterHttpHandler.Create(connection, CredentialSource.For(connection, _time)));
        Assert.Contains("not sent in plain text", error.Message);
    }

    [Fact]
    public void CertificateAuthority_ThatIsNone_IsTold()
    {
        var source = new PemSource("clusters[0].cluster.certificate-authority", null, Write("ca", "nothing"));
        Assert.Contains("clusters[0].cluster.certificate-authority", Assert.Throws<KubeconfigException>(() => Certificates.LoadAuthorities(source)).Message);
    }

    private async Task<string> AuthorizationAsync(KubeconfigUser user) => $"{(await Source(user).GetAsync(Token)).Authorization}";

    private CredentialSource Source(KubeconfigUser user) =>
        CredentialSource.For(ClusterConnection.To(new Uri("https://127.0.0.1:6443")) with { User = user }, _time);

    private ExecPlugin Plugin(string script)
    {
        var path = Write($"plugin-{Guid.NewGuid():N}", $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return new ExecPlugin { ApiVersion = "client.authentication.k8s.io/v1", Command = path };
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_directory, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static (string Certificate, string Key) MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=test", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        return (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }
}
