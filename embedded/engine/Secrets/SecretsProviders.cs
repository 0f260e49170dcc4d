using System.Collections.Concurrent;
using FogInfra.Embedded.Engine.State;

namespace FogInfra.Embedded.Engine.Secrets;

/// <summary>Opens the secrets managers of one command. What has one salt has one manager, so that unchanged secrets keep their ciphertext.</summary>
/// <param name="environment">The command's environment, which says the passphrase.</param>
/// <param name="keys">Keys that were derived before.</param>
/// <param name="otherPassphrase">What is tried where the environment's passphrase is wrong; null for nothing.</param>
internal sealed class SecretsProviders(IReadOnlyDictionary<string, string> environment, PassphraseKeyCache keys, string? otherPassphrase = null)
{
    private const string PassphraseVariable = "PULUMI_CONFIG_PASSPHRASE";
    private const string PassphraseFileVariable = "PULUMI_CONFIG_PASSPHRASE_FILE";

    private readonly ConcurrentDictionary<string, Lazy<Task<PassphraseSecrets>>> _bySalt = new(StringComparer.Ordinal);

    /// <summary>Opens the manager that a state names.</summary>
    /// <exception cref="SecretsException">It is of a kind that this engine does not have, or cannot be opened.</exception>
    public async Task<ISecretsManager> OpenAsync(SecretsProviderState provider) => provider.Type == PassphraseSecrets.ProviderType
        ? await OpenPassphraseAsync(provider.State?["salt"]?.GetValue<string>() ?? "").ConfigureAwait(false)
        : throw new SecretsException($"the secrets provider '{provider.Type}' is not supported by this engine; only passphrase is");

    /// <summary>Opens the manager of a salt.</summary>
    /// <exception cref="SecretsException">There is no passphrase, or it is wrong.</exception>
    public Task<PassphraseSecrets> OpenPassphraseAsync(string saltText) => _bySalt.GetOrAdd(
        saltText, salt => new Lazy<Task<PassphraseSecrets>>(() => OpenAsync(salt))).Value;

    /// <summary>Makes a manager with a new salt.</summary>
    /// <exception cref="SecretsException">There is no passphrase.</exception>
    public Task<PassphraseSecrets> CreatePassphraseAsync() => CreatePassphraseAsync(ReadPassphrase());

    /// <summary>Makes a manager with a new salt and a passphrase of its own.</summary>
    public async Task<PassphraseSecrets> CreatePassphraseAsync(string passphrase)
    {
        var created = await PassphraseSecrets.CreateAsync(passphrase, keys).ConfigureAwait(false);
        _bySalt[created.SaltText] = new Lazy<Task<PassphraseSecrets>>(Task.FromResult(created));
        return created;
    }

    private async Task<PassphraseSecrets> OpenAsync(string salt)
    {
        try
        {
            return await PassphraseSecrets.OpenAsync(ReadPassphrase(), salt, keys).ConfigureAwait(false);
        }
        catch (SecretsException) when (otherPassphrase is not null)
        {
            try
            {
                return await PassphraseSecrets.OpenAsync(otherPassphrase, salt, keys).ConfigureAwait(false);
            }
            catch (SecretsException)
            {
                // Neither opens it; what is wrong with the environment's is the news.
            }

            throw;
        }
    }

    private string ReadPassphrase()
    {
        if (environment.TryGetValue(PassphraseVariable, out var passphrase))
        {
            return passphrase;
        }

        if (environment.GetValueOrDefault(PassphraseFileVariable) is { Length: > 0 } file)
        {
            return File.Exists(file) ? File.ReadAllText(file).Trim() : throw new SecretsException($"could not read {PassphraseFileVariable}: '{file}' does not exist");
        }

        throw new SecretsException(
            $"passphrase must be set with {PassphraseVariable} or {PassphraseFileVariable} environment variables");
    }
}
