using System.Text;
using System.Text.Json;
using FogInfra.Embedded.Engine.Backend;
using FogInfra.Embedded.Engine.Projects;
using FogInfra.Embedded.Engine.Secrets;
using FogInfra.Embedded.Engine.State;

namespace FogInfra.Embedded.Engine.Commands;

/// <summary>A stack that a command works on: its files in the backend, its settings, and its secrets.</summary>
internal sealed class OpenedStack(
    CommandContext context, FileBackend backend, StackFiles files, ProjectFile? project, string? configFile, string? otherPassphrase = null)
{
    private readonly SecretsProviders _secrets = new(context.Environment, context.Options.PassphraseKeys, otherPassphrase);

    /// <summary>The backend.</summary>
    public FileBackend Backend => backend;

    /// <summary>Its files in the backend.</summary>
    public StackFiles Files => files;

    /// <summary>Its name.</summary>
    public StackName Name => files.Name;

    /// <summary>The current project; null outside of one.</summary>
    public ProjectFile? Project => project;

    /// <summary>Its name as people see it.</summary>
    public string DisplayName => Name.ToDisplay(project?.Name);

    /// <summary>The current project.</summary>
    /// <exception cref="ProjectException">There is none.</exception>
    public ProjectFile RequireProject() => project ?? throw new ProjectException(
        $"no Pulumi.yaml project file found (searching upwards from {context.WorkingDirectory})");

    /// <summary>Reads its settings.</summary>
    public Task<StackSettings> ReadSettingsAsync()
    {
        var owner = RequireProject();
        var path = configFile is null ? StackSettings.PathOf(owner, Name.Name) : Path.GetFullPath(configFile, context.WorkingDirectory);
        return StackSettings.ReadAsync(path, owner.Name, context.Canceled);
    }

    /// <summary>Writes its settings; what did not change stays as it was written.</summary>
    public Task WriteSettingsAsync(StackSettings settings) => AtomicFile.WriteAsync(
        settings.Path, Encoding.UTF8.GetBytes(StackSettingsWriter.ToText(settings, RequireProject().Name)), context.Canceled);

    /// <summary>What encrypts the secrets of its settings and of new states. A stack that has no salt yet gets one.</summary>
    public async Task<ISecretsManager> OpenSecretsAsync()
    {
        var settings = await ReadSettingsAsync().ConfigureAwait(false);
        if (settings.EncryptionSalt.Length > 0)
        {
            return await _secrets.OpenPassphraseAsync(settings.EncryptionSalt).ConfigureAwait(false);
        }

        if (settings.SecretsProvider is not ("" or "default" or PassphraseSecrets.ProviderType))
        {
            throw new SecretsException($"the secrets provider '{settings.SecretsProvider}' is not supported by this engine; only passphrase is");
        }

        var deployment = await ReadDeploymentAsync().ConfigureAwait(false);
        if (deployment is { } json && SnapshotReader.ReadSecretsProvider(json) is { } known)
        {
            return await _secrets.OpenAsync(known).ConfigureAwait(false);
        }

        var created = await _secrets.CreatePassphraseAsync().ConfigureAwait(false);
        await WriteSettingsAsync(settings with { EncryptionSalt = created.SaltText }).ConfigureAwait(false);
        return created;
    }

    /// <summary>Makes what encrypts its secrets with the other passphrase and a new salt.</summary>
    public Task<PassphraseSecrets> CreateSecretsAsync() =>
        _secrets.CreatePassphraseAsync(otherPassphrase ?? throw new InvalidOperationException("the stack was opened without another passphrase"));

    /// <summary>What decrypts its settings: as above, but nothing is made, and none is needed where nothing is encrypted.</summary>
    public async Task<ISecretsManager?> FindSecretsAsync(StackSettings settings) =>
        settings.Config.Values.Any(value => value.IsSecret) ? await OpenSecretsAsync().ConfigureAwait(false) : null;

    /// <summary>The JSON of its state; null when it was never updated.</summary>
    public async Task<JsonElement?> ReadDeploymentAsync() =>
        SnapshotReader.OpenCheckpoint(await files.ReadCheckpointAsync(context.Canceled).ConfigureAwait(false));

    /// <summary>Its state with secrets decrypted; null when it was never updated.</summary>
    /// <exception cref="SnapshotException">The state cannot be read, or breaks the rules.</exception>
    public async Task<Snapshot?> ReadSnapshotAsync()
    {
        var (deployment, journal) = await ReadFilesAsync().ConfigureAwait(false);
        var checkpoint = deployment is { } json ? await DecryptAsync(json).ConfigureAwait(false) : null;
        if (journal is null)
        {
            return checkpoint is null ? null : Checked(checkpoint);
        }

        var secrets = await _secrets.OpenAsync(journal.Secrets).ConfigureAwait(false);
        return Checked(journal.Replay(checkpoint, new ValueJsonReader(secrets)));
    }

    /// <summary>Its state with secrets masked, for which no passphrase is needed; null when it was never updated.</summary>
    public async Task<Snapshot?> ReadMaskedSnapshotAsync()
    {
        var (deployment, journal) = await ReadFilesAsync().ConfigureAwait(false);
        var reader = new ValueJsonReader(null, hideSecrets: true);
        var checkpoint = deployment is { } json ? SnapshotReader.Read(json, reader) : null;
        return journal is null ? checkpoint : journal.Replay(checkpoint, reader);
    }

    /// <summary>A state that came from somewhere, with secrets decrypted; whether it keeps the rules is for the caller to see.</summary>
    public Task<Snapshot> ReadUncheckedAsync(JsonElement deployment) => DecryptAsync(deployment);

    /// <summary>Writes a state, its secrets encrypted by the stack's own settings.</summary>
    public async Task WriteSnapshotAsync(Snapshot snapshot)
    {
        var secrets = await OpenSecretsAsync().ConfigureAwait(false);
        var checkpoint = new SnapshotWriter(ValueJson.Encrypted(secrets))
            .ToCheckpoint(Name.ToString(), snapshot with { SecretsProvider = secrets.State });
        await files.WriteCheckpointAsync(checkpoint, context.Canceled).ConfigureAwait(false);
        files.DeleteJournal(); // What it says was part of the state that was read before, or is meant to be forgotten.
    }

    /// <summary>Puts the journal of an update that died into the checkpoint.</summary>
    /// <param name="snapshot">The state as it was read, the journal's changes with it; null when there is none.</param>
    public async Task EndJournalAsync(Snapshot? snapshot)
    {
        if (files.HasJournal && snapshot is not null)
        {
            await WriteSnapshotAsync(snapshot).ConfigureAwait(false);
        }

        files.DeleteJournal(); // There still when the update died before it wrote anything to it.
    }

    /// <summary>Locks the stack until the result is disposed.</summary>
    public Task<StackLock> LockAsync() => StackLock.AcquireAsync(files, context.Options.Clock, context.Canceled);

    private async Task<(JsonElement? Deployment, Journal? Journal)> ReadFilesAsync()
    {
        var (checkpoint, journal) = await files.ReadAsync(context.Canceled).ConfigureAwait(false);
        return (SnapshotReader.OpenCheckpoint(checkpoint), journal);
    }

    private async Task<Snapshot> DecryptAsync(JsonElement deployment)
    {
        var provider = SnapshotReader.ReadSecretsProvider(deployment);
        var secrets = provider is not null && HasSecrets(deployment) ? await _secrets.OpenAsync(provider).ConfigureAwait(false) : null;
        return SnapshotReader.Read(deployment, new ValueJsonReader(secrets));
    }

    private Snapshot Checked(Snapshot snapshot)
    {
        var problems = context.ChecksIntegrity ? SnapshotIntegrity.Check(snapshot) : [];
        return problems.IsEmpty
            ? snapshot
            : throw new SnapshotException($"snapshot integrity failure; refusing to use it: {string.Join("; ", problems)}");
    }

    // Only a state with something encrypted needs its passphrase.
    private static bool HasSecrets(JsonElement deployment) => deployment.GetRawText().Contains("\"ciphertext\"", StringComparison.Ordinal);
}
