using System.Collections.Concurrent;
using FogInfra.Embedded.Engine.State;

namespace FogInfra.Embedded.Engine.Secrets;

/// <summary>Opens the secrets managers of one command. What has one salt has one manager, so that unchanged secrets keep their ciphertext.</summary>
/// <param name="environment">The command's environment, which says the passphrase.</param>
/// <param name="keys">Keys that were derived before.</param>
internal sealed class SecretsProviders(IReadOnlyDictionary<string, string> environment, PassphraseKeyCache keys)
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
        saltText, salt => new Lazy<Task<PassphraseSecrets>>(() => PassphraseSecrets.OpenAsync(ReadPassphrase(), salt, keys))).Value;

    /// <summary>Makes a manager with a new salt.</summary>
    /// <exception cref="SecretsException">There is no passphrase.</exception>
    public async Task<PassphraseSecrets> CreatePassphraseAsync()
    {
        var created = await PassphraseSecrets.CreateAsync(ReadPassphrase(), keys).ConfigureAwait(false);
        _bySalt[created.SaltText] = new Lazy<Task<PassphraseSecrets>>(Task.FromResult(created));
        return created;
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
