using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace FogInfra.Embedded.Engine.Commands;

/// <summary>The plugins in Pulumi's plugin folder.</summary>
internal static partial class InstalledPlugins
{
    /// <summary>All of them, sorted by name and version.</summary>
    public static IReadOnlyList<InstalledPlugin> List(string home)
    {
        var folder = new DirectoryInfo(Path.Combine(home, "plugins"));
        return !folder.Exists ? [] : [.. folder.EnumerateDirectories()
            .Select(directory => (Directory: directory, Match: FolderName().Match(directory.Name)))
            .Where(item => item.Match.Success)
            .Select(item => new InstalledPlugin(
                item.Match.Groups["name"].Value,
                item.Match.Groups["kind"].Value,
                item.Match.Groups["version"].Value,
                item.Directory.EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length),
                item.Directory.CreationTimeUtc))
            .OrderBy(plugin => plugin.Name, StringComparer.Ordinal).ThenBy(plugin => plugin.Version, StringComparer.Ordinal)];
    }

    [GeneratedRegex("^(?<kind>resource|language|analyzer|converter|tool)-(?<name>.+)-v(?<version>[0-9]+\\.[0-9]+\\.[0-9]+.*)$")]
    private static partial Regex FolderName();
}

/// <summary>A plugin in the plugin folder.</summary>
/// <param name="Name">Its package.</param>
/// <param name="Kind">resource, language and so on.</param>
/// <param name="Version">Its version, without a leading v.</param>
/// <param name="Size">The size of its folder in bytes.</param>
/// <param name="InstallTime">When it was put there.</param>
internal sealed record InstalledPlugin(string Name, string Kind, string Version, long Size, DateTimeOffset InstallTime)
{
    /// <summary>The plugin as <c>plugin ls --json</c> shows it.</summary>
    public JsonObject ToJson() => new()
    {
        ["name"] = Name, ["kind"] = Kind, ["version"] = Version, ["size"] = Size, ["installTime"] = CommandJson.ToText(InstallTime),
    };
}
