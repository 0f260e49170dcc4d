namespace FogInfra.Embedded.Engine.Commands;

/// <summary>Changes Pulumi's plugin folder.</summary>
internal static class PluginFolder
{
    /// <summary>Copies a plugin there.</summary>
    /// <param name="home">Pulumi's home folder.</param>
    /// <param name="kind">resource, language and so on.</param>
    /// <param name="name">Its package.</param>
    /// <param name="version">Its version, without a leading v.</param>
    /// <param name="source">The executable, or the folder that it is in.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CommandException">There is no plugin at the source.</exception>
    public static async Task InstallAsync(string home, string kind, string name, string version, string source, CancellationToken cancellationToken)
    {
        var target = Of(home, kind, name, version);
        var files = Directory.Exists(source) ? Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories).ToArray()
            : File.Exists(source) ? [source]
            : throw new CommandException($"there is no plugin at '{source}'");
        var root = Directory.Exists(source) ? source : Path.GetDirectoryName(source)!;
        foreach (var file in files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var copy = Path.Combine(target, Path.GetRelativePath(root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            await Task.Run(() => File.Copy(file, copy, overwrite: true), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Deletes a plugin.</summary>
    public static void Remove(string home, InstalledPlugin plugin) => Directory.Delete(Of(home, plugin.Kind, plugin.Name, plugin.Version), recursive: true);

    private static string Of(string home, string kind, string name, string version) => Path.Combine(home, "plugins", $"{kind}-{name}-v{version}");
}
