using FogInfra.Embedded.Engine.State;

namespace FogInfra.Embedded.Engine.Secrets;

/// <summary>Encrypts and decrypts the secrets of one stack. May be used by many threads at once.</summary>
internal interface ISecretsManager
{
    /// <summary>What a state says so that it can be read again.</summary>
    SecretsProviderState State { get; }

    /// <summary>Encrypts. A text that was decrypted or encrypted before may get the same ciphertext again.</summary>
    string Encrypt(string plaintext);

    /// <summary>Decrypts.</summary>
    /// <exception cref="SecretsException">The text was not encrypted with this manager's key.</exception>
    string Decrypt(string ciphertext);
}

/// <summary>Secrets cannot be read or written; the message says why and what to do.</summary>
internal sealed class SecretsException(string message, Exception? innerException = null) : Exception(message, innerException);
