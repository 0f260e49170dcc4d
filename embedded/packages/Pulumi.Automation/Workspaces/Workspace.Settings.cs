using System.Collections.Immutable;

namespace Pulumi.Automation;

public abstract partial class Workspace
{
    private const string NoPaths = "This workspace does not take paths as configuration keys.";

    /// <summary>The project file; null if there is none.</summary>
    public abstract Task<ProjectSettings?> GetProjectSettingsAsync(CancellationToken cancellationToken = default);

    /// <summary>Writes the project file.</summary>
    public abstract Task SaveProjectSettingsAsync(ProjectSettings settings, CancellationToken cancellationToken = default);

    /// <summary>A stack's file; null if there is none.</summary>
    public abstract Task<StackSettings?> GetStackSettingsAsync(string stackName, CancellationToken cancellationToken = default);

    /// <summary>Writes a stack's file.</summary>
    public abstract Task SaveStackSettingsAsync(string stackName, StackSettings settings, CancellationToken cancellationToken = default);

    /// <summary>A value of a stack's configuration.</summary>
    public abstract Task<ConfigValue> GetConfigAsync(string stackName, string key, CancellationToken cancellationToken = default);

    /// <summary>A value of a stack's configuration.</summary>
    /// <param name="stackName">The stack.</param>
    /// <param name="key">The key.</param>
    /// <param name="path">Whether the key is a path into objects and lists.</param>
    /// <param name="cancellationToken">Ends the command.</param>
    public virtual Task<ConfigValue> GetConfigAsync(string stackName, string key, bool path, CancellationToken cancellationToken = default) =>
        path ? throw new NotSupportedException(NoPaths) : GetConfigAsync(stackName, key, cancellationToken);

    /// <summary>A stack's configuration, with its secrets in plain text.</summary>
    public abstract Task<ImmutableDictionary<string, ConfigValue>> GetAllConfigAsync(
        string stackName, CancellationToken cancellationToken = default);

    /// <summary>Sets a value of a stack's configuration.</summary>
    public abstract Task SetConfigAsync(string stackName, string key, ConfigValue value, CancellationToken cancellationToken = default);

    /// <summary>Sets a value of a stack's configuration.</summary>
    /// <param name="stackName">The stack.</param>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <param name="path">Whether the key is a path into objects and lists.</param>
    /// <param name="cancellationToken">Ends the command.</param>
    public virtual Task SetConfigAsync(
        string stackName, string key, ConfigValue value, bool path, CancellationToken cancellationToken = default) =>
        path ? throw new NotSupportedException(NoPaths) : SetConfigAsync(stackName, key, value, cancellationToken);

    /// <summary>Sets values of a stack's configuration.</summary>
    public abstract Task SetAllConfigAsync(
        string stackName, IDictionary<string, ConfigValue> configMap, CancellationToken cancellationToken = default);

    /// <summary>Sets values of a stack's configuration.</summary>
    /// <param name="stackName">The stack.</param>
    /// <param name="configMap">The values by key.</param>
    /// <param name="path">Whether the keys are paths into objects and lists.</param>
    /// <param name="cancellationToken">Ends the command.</param>
    public virtual Task SetAllConfigAsync(
        string stackName, IDictionary<string, ConfigValue> configMap, bool path, CancellationToken cancellationToken = default) =>
        path ? throw new NotSupportedException(NoPaths) : SetAllConfigAsync(stackName, configMap, cancellationToken);

    /// <summary>Removes a value of a stack's configuration.</summary>
    public abstract Task RemoveConfigAsync(string stackName, string key, CancellationToken cancellationToken = default);

    /// <summary>Removes a value of a stack's configuration.</summary>
    /// <param name="stackName">The stack.</param>
    /// <param name="key">The key.</param>
    /// <param name="path">Whether the key is a path into objects and lists.</param>
    /// <param name="cancellationToken">Ends the command.</param>
    public virtual Task RemoveConfigAsync(string stackName, string key, bool path, CancellationToken cancellationToken = default) =>
        path ? throw new NotSupportedException(NoPaths) : RemoveConfigAsync(stackName, key, cancellationToken);

    /// <summary>Removes values of a stack's configuration.</summary>
    public abstract Task RemoveAllConfigAsync(string stackName, IEnumerable<string> keys, CancellationToken cancellationToken = default);

    /// <summary>Removes values of a stack's configuration.</summary>
    /// <param name="stackName">The stack.</param>
    /// <param name="keys">The keys.</param>
    /// <param name="path">Whether the keys are paths into objects and lists.</param>
    /// <param name="cancellationToken">Ends the command.</param>
    public virtual Task RemoveAllConfigAsync(
        string stackName, IEnumerable<string> keys, bool path, CancellationToken cancellationToken = default) =>
        path ? throw new NotSupportedException(NoPaths) : RemoveAllConfigAsync(stackName, keys, cancellationToken);

    /// <summary>Takes a stack's configuration from its last update, and gives it.</summary>
    public abstract Task<ImmutableDictionary<string, ConfigValue>> RefreshConfigAsync(
        string stackName, CancellationToken cancellationToken = default);

    /// <summary>Adds environments of Pulumi's service to a stack's configuration.</summary>
    public abstract Task AddEnvironmentsAsync(
        string stackName, IEnumerable<string> environments, CancellationToken cancellationToken = default);

    /// <summary>Removes an environment of Pulumi's service from a stack's configuration.</summary>
    public abstract Task RemoveEnvironmentAsync(string stackName, string environment, CancellationToken cancellationToken = default);
}
