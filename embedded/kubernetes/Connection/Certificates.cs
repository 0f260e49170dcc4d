using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace FogInfra.Embedded.Kubernetes.Connection;

/// <summary>Loads the certificates and keys that a kubeconfig names.</summary>
internal static class Certificates
{
    /// <summary>Loads the certificates that the server's must descend from.</summary>
    /// <exception cref="KubeconfigException">They cannot be read.</exception>
    public static X509Certificate2Collection LoadAuthorities(PemSource source)
    {
        var collection = new X509Certificate2Collection();
        try
        {
            collection.ImportFromPem(Text(source));
        }
        catch (CryptographicException error)
        {
            throw Unusable(source, "certificates in PEM form", error);
        }

        return collection.Count > 0 ? collection : throw Unusable(source, "certificates in PEM form", null);
    }

    /// <summary>Loads a user's client certificate; null when the user has none.</summary>
    /// <exception cref="KubeconfigException">It cannot be read, or its key is missing.</exception>
    public static X509Certificate2? LoadClientCertificate(KubeconfigUser user) => (user.ClientCertificate, user.ClientKey) switch
    {
        (null, null) => null,
        ({ } certificate, { } key) => LoadPair(Text(certificate), Text(key), certificate, key),
        ({ } certificate, null) => throw new KubeconfigException($"user {user.Name}: {certificate.Field} is set, but client-key is missing."),
        (null, { } key) => throw new KubeconfigException($"user {user.Name}: {key.Field} is set, but client-certificate is missing."),
    };

    /// <summary>Loads a certificate and its key.</summary>
    /// <exception cref="KubeconfigException">They cannot be used.</exception>
    public static X509Certificate2 LoadPair(string certificatePem, string keyPem, PemSource certificate, PemSource key)
    {
        try
        {
            using var loaded = X509Certificate2.CreateFromPem(certificatePem, keyPem);
            // Windows can only use a key in TLS that went through PKCS #12; elsewhere the way is the same, for one code.
            return X509CertificateLoader.LoadPkcs12(loaded.Export(X509ContentType.Pkcs12), null);
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            throw new KubeconfigException(
                $"{Place(certificate)} and {Place(key)}: expected a certificate and its private key in PEM form: {error.Message}", error);
        }
    }

    private static string Text(PemSource source)
    {
        if (source.Data is { } data)
        {
            return Encoding.UTF8.GetString(data);
        }

        try
        {
            return File.ReadAllText(source.File!);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new KubeconfigException($"{source.Field}: {source.File} cannot be read: {error.Message}", error);
        }
    }

    private static KubeconfigException Unusable(PemSource source, string expected, Exception? error) =>
        error is null ? new($"{Place(source)}: expected {expected}.") : new($"{Place(source)}: expected {expected}: {error.Message}", error);

    private static string Place(PemSource source) => source.File is { } file ? $"{source.Field} ({file})" : source.Field;
}
