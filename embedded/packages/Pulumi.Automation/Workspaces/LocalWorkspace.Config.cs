using System.Collections.Immutable;
using Semver;

namespace Pulumi.Automation;

public sealed partial class LocalWorkspace
{
    /// <inheritdoc/>
    public override Task<ConfigValue> GetConfigAsync(string stackName, string key, CancellationToken cancellationToken = default) =>
        GetConfigAsync(stackName, key, path: false, cancellationToken);

    /// <inheritdoc/>
    public override Task<ConfigValue> GetConfigAsync(string stackName, string key, bool path, CancellationToken cancellationToken = default) =>
        ReadAsync<ConfigValue>(["config", "get", .. PathFlag(path), key, "--json", "--stack", stackName], cancellationToken);

    /// <inheritdoc/>
    public override Task<ImmutableDictionary<string, ConfigValue>> GetAllConfigAsync(
        string stackName, CancellationToken cancellationToken = default) => ReadAsync(
        ["config", "--show-secrets", "--json", "--stack", stackName], ImmutableDictionary<string, ConfigValue>.Empty, cancellationToken);

    /// <inheritdoc/>
    public override Task SetConfigAsync(string stackName, string key, ConfigValue value, CancellationToken cancellationToken = default) =>
        SetConfigAsync(stackName, key, value, path: false, cancellationToken);

    /// <inheritdoc/>
    public override Task SetConfigAsync(
        string stackName, string key, ConfigValue value, bool path, CancellationToken cancellationToken = default) => RunCommandAsync(
        ["config", "set", .. PathFlag(path), key, Kind(value), "--stack", stackName, "--non-interactive", "--", value.Value], cancellationToken);

    /// <inheritdoc/>
    public override Task SetAllConfigAsync(
        string stackName, IDictionary<string, ConfigValue> configMap, CancellationToken cancellationToken = default) =>
        SetAllConfigAsync(stackName, configMap, path: false, cancellationToken);

    /// <inheritdoc/>
    public override Task SetAllConfigAsync(
        string stackName, IDictionary<string, ConfigValue> configMap, bool path, CancellationToken cancellationToken = default)
    {
        var values = configMap.SelectMany(pair => new[] { Kind(pair.Value), $"{pair.Key}={pair.Value.Value}" });
        return RunCommandAsync(["config", "set-all", "--stack", stackName, .. PathFlag(path), .. values], cancellationToken);
    }

    /// <inheritdoc/>
    public override Task RemoveConfigAsync(string stackName, string key, CancellationToken cancellationToken = default) =>
        RemoveConfigAsync(stackName, key, path: false, cancellationToken);

    /// <inheritdoc/>
    public override Task RemoveConfigAsync(string stackName, string key, bool path, CancellationToken cancellationToken = default) =>
        RunCommandAsync(["config", "rm", key, "--stack", stackName, .. PathFlag(path)], cancellationToken);

    /// <inheritdoc/>
    public override Task RemoveAllConfigAsync(string stackName, IEnumerable<string> keys, CancellationToken cancellationToken = default) =>
        RemoveAllConfigAsync(stackName, keys, path: false, cancellationToken);

    /// <inheritdoc/>
    public override Task RemoveAllConfigAsync(
        string stackName, IEnumerable<string> keys, bool path, CancellationToken cancellationToken = default) =>
        RunCommandAsync(["config", "rm-all", "--stack", stackName, .. PathFlag(path), .. keys], cancellationToken);

    /// <inheritdoc/>
    public override async Task<ImmutableDictionary<string, ConfigValue>> RefreshConfigAsync(
        string stackName, CancellationToken cancellationToken = default)
    {
        await RunCommandAsync(["config", "refresh", "--force", "--stack", stackName], cancellationToken).ConfigureAwait(false);
        return await GetAllConfigAsync(stackName, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async Task AddEnvironmentsAsync(
        string stackName, IEnumerable<string> environments, CancellationToken cancellationToken = default)
    {
        RequireEnvironments();
        await RunCommandAsync(["config", "env", "add", "--stack", stackName, "--yes", .. environments], cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async Task RemoveEnvironmentAsync(string stackName, string environment, CancellationToken cancellationToken = default)
    {
        RequireEnvironments();
        await RunCommandAsync(["config", "env", "rm", environment, "--stack", stackName, "--yes"], cancellationToken).ConfigureAwait(false);
    }

    private void RequireEnvironments() => Require(new SemVersion(3, 95), "Adding and removing environments");

    private static string[] PathFlag(bool isPath) => isPath ? ["--path"] : [];

    private static string Kind(ConfigValue value) => value.IsSecret ? "--secret" : "--plaintext";
}
