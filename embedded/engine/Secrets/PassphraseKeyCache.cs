using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace FogInfra.Embedded.Engine.Secrets;

/// <summary>
/// Keys derived from passphrases. Deriving one takes about a second by design, so commands of one process should share a cache.
/// May be used by many commands at once.
/// </summary>
public sealed class PassphraseKeyCache
{
    // The parameters of Pulumi's passphrase scheme, v1: PBKDF2, HMAC-SHA-256, a million rounds, a 256-bit key.
    private const int Iterations = 1_000_000;
    private const int KeySize = 32;

    private readonly ConcurrentDictionary<string, Lazy<Task<byte[]>>> _keys = new(StringComparer.Ordinal);

    /// <summary>The key for a passphrase and salt; derived at the first call.</summary>
    internal Task<byte[]> GetAsync(string passphrase, byte[] salt)
    {
        var bytes = Encoding.UTF8.GetBytes(passphrase);
        return _keys.GetOrAdd(NameOf(passphrase, salt), _ => new Lazy<Task<byte[]>>(() => Task.Run(
            () => Rfc2898DeriveBytes.Pbkdf2(bytes, salt, Iterations, HashAlgorithmName.SHA256, KeySize)))).Value;
    }

    /// <summary>Adds a key that another process has derived.</summary>
    internal void Add(string passphrase, byte[] salt, byte[] key) => _keys[NameOf(passphrase, salt)] = new Lazy<Task<byte[]>>(Task.FromResult(key));

    // The passphrase itself is not kept.
    private static string NameOf(string passphrase, byte[] salt) =>
        Convert.ToHexString(SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(passphrase)]));
}
