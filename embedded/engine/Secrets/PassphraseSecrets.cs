using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using FogInfra.Embedded.Engine.State;

namespace FogInfra.Embedded.Engine.Secrets;

/// <summary>
/// Pulumi's passphrase scheme, version 1: AES-256-GCM with a key derived from a passphrase. The salt text
/// <c>v1:SALT:v1:NONCE:CIPHERTEXT</c> holds the key's salt and the encrypted word "pulumi", by which a wrong passphrase is found out.
/// </summary>
internal sealed class PassphraseSecrets : ISecretsManager
{
    /// <summary>The name of this scheme in state and config files.</summary>
    public const string ProviderType = "passphrase";

    private const string Version = "v1";
    private const string Canary = "pulumi";
    private const int SaltSize = 8;
    private const int NonceSize = 12;
    private const int TagSize = 16;

    private readonly byte[] _key;

    // Secrets that did not change keep their ciphertext, so that a state that did not change stays the same, byte for byte.
    private readonly ConcurrentDictionary<string, string> _ciphertexts = new(StringComparer.Ordinal);

    private PassphraseSecrets(byte[] key, string saltText)
    {
        _key = key;
        SaltText = saltText;
    }

    /// <summary>The salt text, as <c>encryptionsalt</c> of a config file holds it.</summary>
    public string SaltText { get; }

    /// <inheritdoc/>
    public SecretsProviderState State => new(ProviderType, new JsonObject { ["salt"] = SaltText });

    /// <summary>Makes a manager with a new salt.</summary>
    public static async Task<PassphraseSecrets> CreateAsync(string passphrase, PassphraseKeyCache keys)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltSize);
        var key = await keys.GetAsync(passphrase, salt).ConfigureAwait(false);
        return new PassphraseSecrets(key, $"{Version}:{Convert.ToBase64String(salt)}:{EncryptWith(key, Canary)}");
    }

    /// <summary>Opens the manager that a salt text belongs to.</summary>
    /// <exception cref="SecretsException">The salt text is malformed, or the passphrase is wrong.</exception>
    public static async Task<PassphraseSecrets> OpenAsync(string passphrase, string saltText, PassphraseKeyCache keys)
    {
        var parts = saltText.Split(':', 3);
        if (parts is not [Version, var saltPart, var canary] || !TryFromBase64(saltPart, out var salt))
        {
            throw new SecretsException("malformed encryption salt; expected v1:SALT:v1:NONCE:CIPHERTEXT");
        }

        var key = await keys.GetAsync(passphrase, salt).ConfigureAwait(false);
        return TryDecryptWith(key, canary) == Canary
            ? new PassphraseSecrets(key, saltText)
            : throw new SecretsException("incorrect passphrase");
    }

    /// <inheritdoc/>
    public string Encrypt(string plaintext) => _ciphertexts.GetOrAdd(plaintext, text => EncryptWith(_key, text));

    /// <inheritdoc/>
    public string Decrypt(string ciphertext)
    {
        var plaintext = TryDecryptWith(_key, ciphertext)
            ?? throw new SecretsException("failed to decrypt a secret: it was encrypted with another key, or its text is damaged");
        _ciphertexts.TryAdd(plaintext, ciphertext);
        return plaintext;
    }

    private static string EncryptWith(byte[] key, string plaintext)
    {
        var nonce = RandomNumberGenerator.GetBytes(NonceSize);
        var input = Encoding.UTF8.GetBytes(plaintext);
        var output = new byte[input.Length + TagSize];
        using var aes = new AesGcm(key, TagSize);
        aes.Encrypt(nonce, input, output.AsSpan(0, input.Length), output.AsSpan(input.Length));
        return $"{Version}:{Convert.ToBase64String(nonce)}:{Convert.ToBase64String(output)}";
    }

    private static string? TryDecryptWith(byte[] key, string ciphertext)
    {
        if (ciphertext.Split(':') is not [Version, var noncePart, var inputPart]
            || !TryFromBase64(noncePart, out var nonce) || nonce.Length != NonceSize
            || !TryFromBase64(inputPart, out var input) || input.Length < TagSize)
        {
            return null;
        }

        var output = new byte[input.Length - TagSize];
        using var aes = new AesGcm(key, TagSize);
        try
        {
            aes.Decrypt(nonce, input.AsSpan(0, output.Length), input.AsSpan(output.Length), output);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null; // Another key, or damaged: the caller says which text it was.
        }

        return Encoding.UTF8.GetString(output);
    }

    private static bool TryFromBase64(string text, out byte[] bytes)
    {
        bytes = new byte[text.Length];
        var valid = Convert.TryFromBase64String(text, bytes, out var length);
        bytes = bytes[..length];
        return valid;
    }
}
