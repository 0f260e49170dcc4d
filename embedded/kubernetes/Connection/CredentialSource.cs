using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace FogInfra.Embedded.Kubernetes.Connection;

/// <summary>What proves to the API server who is asking.</summary>
/// <param name="Authorization">The Authorization header, or null.</param>
/// <param name="Certificate">The client certificate, or null.</param>
internal sealed record ClusterCredential(AuthenticationHeaderValue? Authorization, X509Certificate2? Certificate)
{
    public static ClusterCredential Bearer(string token, X509Certificate2? certificate = null) =>
        new(new AuthenticationHeaderValue("Bearer", token), certificate);

    /// <summary>No contents: they are secret.</summary>
    public override string ToString() => nameof(ClusterCredential);
}

/// <summary>Gives credentials, new ones when the old have run out.</summary>
internal abstract class CredentialSource
{
    /// <summary>The client certificate that new connections show; null for none.</summary>
    public abstract X509Certificate2? Certificate { get; }

    /// <summary>Gives credentials that should be valid now.</summary>
    /// <exception cref="KubeconfigException">There are none to be had.</exception>
    public abstract ValueTask<ClusterCredential> GetAsync(CancellationToken cancellationToken);

    /// <summary>Tells that the server refused these credentials. True when asking again may give others.</summary>
    public virtual bool Refused(ClusterCredential credential) => false;

    /// <summary>Makes the source for a connection. Files of certificates are read here.</summary>
    /// <exception cref="KubeconfigException">A certificate, key or file cannot be used.</exception>
    public static CredentialSource For(ClusterConnection connection, TimeProvider time)
    {
        if (connection.User is not { } user)
        {
            return new FixedCredentials(new ClusterCredential(null, null));
        }

        var certificate = Certificates.LoadClientCertificate(user);
        return user switch
        {
            { Exec: { } exec } => new ExecCredentials(exec, connection, certificate, time),
            // A file counts before a token that was written beside it, as it may be newer.
            { TokenFile: { } file } => new TokenFileCredentials(file, certificate, time),
            { Token: { } token } => new FixedCredentials(ClusterCredential.Bearer(token, certificate)),
            { Username: { } name } => new FixedCredentials(new ClusterCredential(Basic(name, user.Password ?? ""), certificate)),
            _ => new FixedCredentials(new ClusterCredential(null, certificate)),
        };
    }

    private static AuthenticationHeaderValue Basic(string name, string password) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{password}")));
}

/// <summary>Credentials that never change.</summary>
internal sealed class FixedCredentials(ClusterCredential credential) : CredentialSource
{
    public override X509Certificate2? Certificate => credential.Certificate;

    public override ValueTask<ClusterCredential> GetAsync(CancellationToken cancellationToken) => ValueTask.FromResult(credential);
}
