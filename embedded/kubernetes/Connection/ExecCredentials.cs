using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace FogInfra.Embedded.Kubernetes.Connection;

/// <summary>
/// Credentials that a program prints: see
/// <see href="https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins"/>.
/// The program runs when its last answer has run out or was refused.
/// </summary>
internal sealed class ExecCredentials(ExecPlugin plugin, ClusterConnection connection, X509Certificate2? certificate, TimeProvider time)
    : CredentialSource, IDisposable
{
    /// <summary>A credential is renewed this long before it runs out, so that it is still valid when a request arrives.</summary>
    internal static readonly TimeSpan Headroom = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _gate = new(1);
    private volatile Answer? _last;

    public override X509Certificate2? Certificate => _last?.Credential.Certificate ?? certificate;

    public override async ValueTask<ClusterCredential> GetAsync(CancellationToken cancellationToken)
    {
        if (IsFresh(_last))
        {
            return _last!.Credential;
        }

        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!IsFresh(_last))
            {
                _last = await AskAsync(cancellationToken).ConfigureAwait(false);
            }

            return _last!.Credential;
        }
        finally
        {
            _gate.Release();
        }
    }

    public override bool Refused(ClusterCredential credential)
    {
        if (ReferenceEquals(_last?.Credential, credential))
        {
            _last = null;
        }

        return true;
    }

    public void Dispose() => _gate.Dispose();

    private bool IsFresh(Answer? answer) => answer is not null && (answer.Expires is not { } expires || time.GetUtcNow() < expires - Headroom);

    private async Task<Answer> AskAsync(CancellationToken cancellationToken)
    {
        var printed = await ExecPluginProcess.RunAsync(plugin, Info(), cancellationToken).ConfigureAwait(false);
        try
        {
            var status = JsonElement.Parse(printed).GetProperty("status");
            var token = Text(status, "token");
            var own = Text(status, "clientCertificateData") is { } pem && Text(status, "clientKeyData") is { } key
                ? Certificates.LoadPair(pem, key, new PemSource("status.clientCertificateData", null, null), new PemSource("status.clientKeyData", null, null))
                : certificate;
            if (token is null && own is null)
            {
                throw new KubeconfigException($"The credential plugin {plugin.Command} printed neither a token nor a client certificate.");
            }

            DateTimeOffset? expires = Text(status, "expirationTimestamp") is { } when ? DateTimeOffset.Parse(when, null) : null;
            return new Answer(token is null ? new ClusterCredential(null, own) : ClusterCredential.Bearer(token, own), expires);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or FormatException or InvalidOperationException)
        {
            throw new KubeconfigException($"The credential plugin {plugin.Command} did not print an ExecCredential with a status.", error);
        }
    }

    // What the program is told in KUBERNETES_EXEC_INFO.
    private string Info()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("apiVersion", plugin.ApiVersion);
            json.WriteString("kind", "ExecCredential");
            json.WriteStartObject("spec");
            json.WriteBoolean("interactive", false);
            if (plugin.ProvideClusterInfo)
            {
                WriteCluster(json);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }

    private void WriteCluster(Utf8JsonWriter json)
    {
        var cluster = connection.Cluster;
        json.WriteStartObject("cluster");
        json.WriteString("server", cluster.Server.OriginalString);
        if (cluster.TlsServerName is { } name)
        {
            json.WriteString("tls-server-name", name);
        }

        if (cluster.InsecureSkipTlsVerify)
        {
            json.WriteBoolean("insecure-skip-tls-verify", true);
        }

        if (cluster.ProxyUrl is { } proxy)
        {
            json.WriteString("proxy-url", proxy.OriginalString);
        }

        if (cluster.CertificateAuthority is { } authority)
        {
            json.WriteBase64String("certificate-authority-data", authority.Data ?? File.ReadAllBytes(authority.File!));
        }

        json.WriteEndObject();
    }

    private static string? Text(JsonElement status, string name) =>
        status.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private sealed record Answer(ClusterCredential Credential, DateTimeOffset? Expires);
}
