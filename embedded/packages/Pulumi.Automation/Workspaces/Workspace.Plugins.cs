using System.Collections.Immutable;

namespace Pulumi.Automation;

public abstract partial class Workspace
{
    /// <summary>Installs a plugin.</summary>
    public Task InstallPluginAsync(string name, string version, PluginKind kind, CancellationToken cancellationToken) =>
        InstallPluginAsync(name, version, kind, options: null, cancellationToken);

    /// <summary>Installs a plugin.</summary>
    public abstract Task InstallPluginAsync(
        string name,
        string version,
        PluginKind kind = PluginKind.Resource,
        PluginInstallOptions? options = null,
        CancellationToken cancellationToken = default);

    /// <summary>Removes plugins; all of a kind without a name.</summary>
    public abstract Task RemovePluginAsync(
        string? name = null,
        string? versionRange = null,
        PluginKind kind = PluginKind.Resource,
        CancellationToken cancellationToken = default);

    /// <summary>The installed plugins.</summary>
    public abstract Task<ImmutableList<PluginInfo>> ListPluginsAsync(CancellationToken cancellationToken = default);

    /// <summary>Installs what the project needs.</summary>
    public abstract Task InstallAsync(InstallOptions? options = null, CancellationToken cancellationToken = default);
}
