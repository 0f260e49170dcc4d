using System.Collections.Immutable;
using Semver;

namespace Pulumi.Automation;

public sealed partial class LocalWorkspace
{
    /// <inheritdoc/>
    public override Task InstallPluginAsync(
        string name,
        string version,
        PluginKind kind = PluginKind.Resource,
        PluginInstallOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        string[] exact = options?.ExactVersion == true ? ["--exact"] : [];
        string[] server = string.IsNullOrWhiteSpace(options?.ServerUrl) ? [] : ["--server", options.ServerUrl];
        return RunCommandAsync(["plugin", "install", Name(kind), name, version, .. exact, .. server], cancellationToken);
    }

    /// <inheritdoc/>
    public override Task RemovePluginAsync(
        string? name = null,
        string? versionRange = null,
        PluginKind kind = PluginKind.Resource,
        CancellationToken cancellationToken = default)
    {
        var which = new[] { name, versionRange }.OfType<string>().Where(part => !string.IsNullOrWhiteSpace(part));
        return RunCommandAsync(["plugin", "rm", Name(kind), .. which, "--yes"], cancellationToken);
    }

    /// <inheritdoc/>
    public override Task<ImmutableList<PluginInfo>> ListPluginsAsync(CancellationToken cancellationToken = default) =>
        ReadAsync<ImmutableList<PluginInfo>>(["plugin", "ls", "--json"], cancellationToken);

    /// <inheritdoc/>
    public override Task InstallAsync(InstallOptions? options = null, CancellationToken cancellationToken = default)
    {
        Require(new SemVersion(3, 91), "Installing what a project needs");
        var arguments = new List<string> { "install" };
        if (options?.UseLanguageVersionTools == true)
        {
            Require(new SemVersion(3, 130), nameof(options.UseLanguageVersionTools));
            arguments.Add("--use-language-version-tools");
        }

        if (options?.NoDependencies == true)
        {
            arguments.Add("--no-dependencies");
        }

        if (options?.Reinstall == true)
        {
            arguments.Add("--reinstall");
        }

        if (options?.NoPlugins == true)
        {
            arguments.Add("--no-plugins");
        }

        return RunCommandAsync(arguments, cancellationToken);
    }

    private static string Name(PluginKind kind) => kind.ToString().ToLowerInvariant();
}
