using System.Collections.Immutable;

namespace Pulumi.Automation;

public sealed partial class LocalWorkspace
{
    private const string MaskedSecret = "[secret]";

    /// <inheritdoc/>
    public override Task CreateStackAsync(string stackName, CancellationToken cancellationToken)
    {
        string[] provider = string.IsNullOrWhiteSpace(SecretsProvider) ? [] : ["--secrets-provider", SecretsProvider];
        return RunCommandAsync(["stack", "init", stackName, .. provider], cancellationToken);
    }

    /// <inheritdoc/>
    public override Task SelectStackAsync(string stackName, CancellationToken cancellationToken) =>
        RunCommandAsync(["stack", "select", "--stack", stackName], cancellationToken);

    /// <inheritdoc/>
    public override Task RemoveStackAsync(string stackName, CancellationToken cancellationToken = default) =>
        RunCommandAsync(["stack", "rm", "--yes", stackName], cancellationToken);

    /// <inheritdoc/>
    public override Task<ImmutableList<StackSummary>> ListStacksAsync(CancellationToken cancellationToken = default) =>
        ReadAsync(["stack", "ls", "--json"], ImmutableList<StackSummary>.Empty, cancellationToken);

    /// <inheritdoc/>
    public override async Task<StackDeployment> ExportStackAsync(string stackName, CancellationToken cancellationToken = default)
    {
        var result = await RunCommandAsync(["stack", "export", "--stack", stackName, "--show-secrets"], cancellationToken).ConfigureAwait(false);
        return StackDeployment.FromJsonString(result.StandardOutput);
    }

    /// <inheritdoc/>
    public override async Task ImportStackAsync(string stackName, StackDeployment state, CancellationToken cancellationToken = default)
    {
        // The state may hold secrets in plain text; nobody else can look into this folder.
        var folder = Directory.CreateTempSubdirectory("automation-import-");
        try
        {
            var path = Path.Combine(folder.FullName, "state.json");
            await File.WriteAllTextAsync(path, state.Json.GetRawText(), cancellationToken).ConfigureAwait(false);
            await RunCommandAsync(["stack", "import", "--file", path, "--stack", stackName], cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <inheritdoc/>
    public override async Task<ImmutableDictionary<string, OutputValue>> GetStackOutputsAsync(
        string stackName, CancellationToken cancellationToken = default)
    {
        // Only the comparison with the masked values tells which outputs are secret.
        var masked = await ReadOutputsAsync([]).ConfigureAwait(false);
        var plain = await ReadOutputsAsync(["--show-secrets"]).ConfigureAwait(false);
        return plain.ToImmutableDictionary(pair => pair.Key, pair => new OutputValue(pair.Value!, masked[pair.Key] is MaskedSecret));

        Task<Dictionary<string, object?>> ReadOutputsAsync(string[] secrets) =>
            ReadAsync<Dictionary<string, object?>>(["stack", "output", "--json", .. secrets, "--stack", stackName], [], cancellationToken);
    }

    /// <inheritdoc/>
    public override Task ChangeSecretsProviderAsync(
        string stackName,
        string newSecretsProvider,
        SecretsProviderOptions? secretsProviderOptions,
        CancellationToken cancellationToken = default)
    {
        string? input = null;
        if (newSecretsProvider == "passphrase")
        {
            input = secretsProviderOptions?.NewPassphrase is { Length: > 0 } passphrase
                ? passphrase
                : throw new ArgumentNullException(nameof(secretsProviderOptions), "The provider 'passphrase' needs a new passphrase.");
        }

        return RunCommandAsync(["stack", "change-secrets-provider", "--stack", stackName, newSecretsProvider], cancellationToken, input);
    }

    /// <inheritdoc/>
    public override async Task<string> GetTagAsync(string stackName, string key, CancellationToken cancellationToken = default)
    {
        var result = await RunCommandAsync(["stack", "tag", "get", key, "--stack", stackName], cancellationToken).ConfigureAwait(false);
        return result.StandardOutput.Trim();
    }

    /// <inheritdoc/>
    public override Task SetTagAsync(string stackName, string key, string value, CancellationToken cancellationToken = default) =>
        RunCommandAsync(["stack", "tag", "set", key, value, "--stack", stackName], cancellationToken);

    /// <inheritdoc/>
    public override Task RemoveTagAsync(string stackName, string key, CancellationToken cancellationToken = default) =>
        RunCommandAsync(["stack", "tag", "rm", key, "--stack", stackName], cancellationToken);

    /// <inheritdoc/>
    public override Task<Dictionary<string, string>> ListTagsAsync(string stackName, CancellationToken cancellationToken = default) =>
        ReadAsync<Dictionary<string, string>>(["stack", "tag", "ls", "--json", "--stack", stackName], cancellationToken);
}
