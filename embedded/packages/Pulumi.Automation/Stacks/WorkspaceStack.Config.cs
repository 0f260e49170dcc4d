using System.Collections.Immutable;

namespace Pulumi.Automation;

public sealed partial class WorkspaceStack
{
    /// <summary>A value of its configuration.</summary>
    public Task<ConfigValue> GetConfigAsync(string key, CancellationToken cancellationToken = default) =>
        GetConfigAsync(key, path: false, cancellationToken);

    /// <summary>A value of its configuration.</summary>
    /// <param name="key">The key.</param>
    /// <param name="path">Whether the key is a path into objects and lists.</param>
    /// <param name="cancellationToken">Ends the command.</param>
    public Task<ConfigValue> GetConfigAsync(string key, bool path, CancellationToken cancellationToken = default) =>
        Workspace.GetConfigAsync(Name, key, path, cancellationToken);

    /// <summary>Its configuration, with its secrets in plain text.</summary>
    public Task<ImmutableDictionary<string, ConfigValue>> GetAllConfigAsync(CancellationToken cancellationToken = default) =>
        Workspace.GetAllConfigAsync(Name, cancellationToken);

    /// <summary>Sets a value of its configuration.</summary>
    public Task SetConfigAsync(string key, ConfigValue value, CancellationToken cancellationToken = default) =>
        SetConfigAsync(key, value, path: false, cancellationToken);

    /// <summary>Sets a value of its configuration.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <param name="path">Whether the key is a path into objects and lists.</param>
    /// <param name="cancellationToken">Ends the command.</param>
    public Task SetConfigAsync(string key, ConfigValue value, bool path, CancellationToken cancellationToken = default) =>
        Workspace.SetConfigAsync(Name, key, value, path, cancellationToken);

    /// <summary>Sets values of its configuration.</summary>
    public Task SetAllConfigAsync(IDictionary<string, ConfigValue> configMap, CancellationToken cancellationToken = default) =>
        SetAllConfigAsync(configMap, path: false, cancellationToken);

    /// <summary>Sets values of its configuration.</summary>
    /// <param name="configMap">The values by key.</param>
    /// <param name="path">Whether the keys are paths into objects and lists.</param>
    /// <param name="cancellationToken">Ends the command.</param>
    public Task SetAllConfigAsync(IDictionary<string, ConfigValue> configMap, bool path, CancellationToken cancellationToken = default) =>
        Workspace.SetAllConfigAsync(Name, configMap, path, cancellationToken);

    /// <summary>Removes a value of its configuration.</summary>
    public Task RemoveConfigAsync(string key, CancellationToken cancellationToken = default) =>
        RemoveConfigAsync(key, path: false, cancellationToken);

    /// <summary>Removes a value of its configuration.</summary>
    /// <param name="key">The key.</param>
    /// <param name="path">Whether the key is a path into objects and lists.</param>
    /// <param name="cancellationToken">Ends the command.</param>
    public Task RemoveConfigAsync(string key, bool path, CancellationToken cancellationToken = default) =>
        Workspace.RemoveConfigAsync(Name, key, path, cancellationToken);

    /// <summary>Removes values of its configuration.</summary>
    public Task RemoveAllConfigAsync(IEnumerable<string> keys, CancellationToken cancellationToken = default) =>
        RemoveAllConfigAsync(keys, path: false, cancellationToken);

    /// <summary>Removes values of its configuration.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="path">Whether the keys are paths into objects and lists.</param>
    /// <param name="cancellationToken">Ends the command.</param>
    public Task RemoveAllConfigAsync(IEnumerable<string> keys, bool path, CancellationToken cancellationToken = default) =>
        Workspace.RemoveAllConfigAsync(Name, keys, path, cancellationToken);

    /// <summary>Takes its configuration from its last update, and gives it.</summary>
    public Task<ImmutableDictionary<string, ConfigValue>> RefreshConfigAsync(CancellationToken cancellationToken = default) =>
        Workspace.RefreshConfigAsync(Name, cancellationToken);

    /// <summary>Adds environments of Pulumi's service to its configuration.</summary>
    public Task AddEnvironmentsAsync(IEnumerable<string> environments, CancellationToken cancellationToken = default) =>
        Workspace.AddEnvironmentsAsync(Name, environments, cancellationToken);

    /// <summary>Removes an environment of Pulumi's service from its configuration.</summary>
    public Task RemoveEnvironmentAsync(string environment, CancellationToken cancellationToken = default) =>
        Workspace.RemoveEnvironmentAsync(Name, environment, cancellationToken);

    /// <summary>A tag's value.</summary>
    public Task<string> GetTagAsync(string key, CancellationToken cancellationToken = default) =>
        Workspace.GetTagAsync(Name, key, cancellationToken);

    /// <summary>Sets a tag.</summary>
    public Task SetTagAsync(string key, string value, CancellationToken cancellationToken = default) =>
        Workspace.SetTagAsync(Name, key, value, cancellationToken);

    /// <summary>Removes a tag.</summary>
    public Task RemoveTagAsync(string key, CancellationToken cancellationToken = default) =>
        Workspace.RemoveTagAsync(Name, key, cancellationToken);

    /// <summary>Its tags.</summary>
    public Task<Dictionary<string, string>> ListTagsAsync(CancellationToken cancellationToken = default) =>
        Workspace.ListTagsAsync(Name, cancellationToken);
}
