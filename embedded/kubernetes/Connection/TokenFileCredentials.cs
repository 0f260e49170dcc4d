using System.Security.Cryptography.X509Certificates;

namespace FogInfra.Embedded.Kubernetes.Connection;

/// <summary>A bearer token in a file that something else keeps fresh, as Kubernetes does for service accounts.</summary>
internal sealed class TokenFileCredentials(string file, X509Certificate2? certificate, TimeProvider time) : CredentialSource
{
    /// <summary>How long a token is used before the file is read again. Kubernetes' own clients wait as long.</summary>
    internal static readonly TimeSpan Freshness = TimeSpan.FromMinutes(1);

    private volatile Reading? _last;

    public override X509Certificate2? Certificate => certificate;

    public override async ValueTask<ClusterCredential> GetAsync(CancellationToken cancellationToken)
    {
        if (_last is { } last && time.GetElapsedTime(last.At) < Freshness)
        {
            return last.Credential;
        }

        var token = (await ReadAsync(cancellationToken).ConfigureAwait(false)).Trim();
        var credential = token.Length > 0
            ? ClusterCredential.Bearer(token, certificate)
            : throw new KubeconfigException($"{file}: expected a token, but the file is empty.");
        _last = new Reading(credential, time.GetTimestamp());
        return credential;
    }

    public override bool Refused(ClusterCredential credential)
    {
        if (ReferenceEquals(_last?.Credential, credential))
        {
            _last = null;
        }

        return true;
    }

    private async Task<string> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllTextAsync(file, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new KubeconfigException($"{file}: the token file cannot be read: {error.Message}", error);
        }
    }

    private sealed record Reading(ClusterCredential Credential, long At);
}
