using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace FogInfra.Embedded.Kubernetes.Connection;

/// <summary>Makes the HTTP handler for a connection: TLS, proxy, and connections that live as long as they are of use.</summary>
internal static class ClusterHttpHandler
{
    /// <summary>Makes the handler.</summary>
    /// <exception cref="KubeconfigException">Certificates cannot be read, or credentials would travel in plain text.</exception>
    public static SocketsHttpHandler Create(ClusterConnection connection, CredentialSource credentials)
    {
        var cluster = connection.Cluster;
        if (cluster.Server is { Scheme: "http", IsLoopback: false } && connection.User is not null)
        {
            throw new KubeconfigException(
                $"{connection.Describe()}: credentials are not sent in plain text; expected an https address, or http on this machine.");
        }

        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromSeconds(10),
            PooledConnectionLifetime = TimeSpan.FromMinutes(15), // So that a changed DNS record or certificate is noticed.
            EnableMultipleHttp2Connections = true,
            // A connection that died silently, with watches on it, is noticed within the minute.
            KeepAlivePingDelay = TimeSpan.FromSeconds(30),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(15),
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            AutomaticDecompression = DecompressionMethods.All,
            AllowAutoRedirect = false, // A redirect would carry the credentials elsewhere.
            UseCookies = false,
            SslOptions = Tls(cluster, credentials),
        };
        UseProxy(handler, cluster);
        return handler;
    }

    private static void UseProxy(SocketsHttpHandler handler, KubeconfigCluster cluster)
    {
        if (cluster.ProxyUrl is { } proxy)
        {
            handler.Proxy = new WebProxy(proxy)
            {
                Credentials = proxy.UserInfo.Split(':', 2) is [{ Length: > 0 } user, var password]
                    ? new NetworkCredential(Uri.UnescapeDataString(user), Uri.UnescapeDataString(password))
                    : null,
            };
        }
        else
        {
            handler.UseProxy = !cluster.Server.IsLoopback; // The environment's proxy cannot know this machine's loopback.
        }
    }

    private static SslClientAuthenticationOptions Tls(KubeconfigCluster cluster, CredentialSource credentials)
    {
        var options = new SslClientAuthenticationOptions
        {
            // Asked for each connection, so that a certificate that a plugin renewed is used.
            LocalCertificateSelectionCallback = (_, _, _, _, _) => credentials.Certificate!,
        };
        if (cluster.InsecureSkipTlsVerify)
        {
            options.RemoteCertificateValidationCallback = (_, _, _, _) => true;
            return options;
        }

        if (cluster.TlsServerName is { } name)
        {
            // The handler always asks for the host of the request, whatever TargetHost says: dotnet/runtime, HttpConnectionPool.
            options.RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
                (errors & ~SslPolicyErrors.RemoteCertificateNameMismatch) == SslPolicyErrors.None
                && certificate is X509Certificate2 known && known.MatchesHostname(name);
        }

        if (cluster.CertificateAuthority is { } authority)
        {
            options.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck, // As Kubernetes' own clients: cluster CAs publish no revocations.
            };
            options.CertificateChainPolicy.CustomTrustStore.AddRange(Certificates.LoadAuthorities(authority));
        }

        return options;
    }
}
