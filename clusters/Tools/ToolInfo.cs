using System.Text.RegularExpressions;

namespace FogInfra.Clusters.Tools;

/// <summary>What is known of the tools: where to get them, and which versions do.</summary>
internal static partial class ToolInfo
{
    /// <summary>The tools, by their programs. kind 0.20 is the first whose nodes outlive a restart of Docker in every topology; k3d 5 has the configuration of version 1alpha5.</summary>
    private static readonly Dictionary<string, (Version Least, string Where)> Tools = new()
    {
        ["kind"] = (new Version(0, 20), "https://kind.sigs.k8s.io/docs/user/quick-start/#installation"),
        ["k3d"] = (new Version(5, 5), "https://k3d.io/#installation"),
        ["docker"] = (new Version(20, 10), "https://docs.docker.com/engine/install/"),
    };

    /// <summary>The oldest version of a tool that does.</summary>
    public static Version Least(string tool) => Tools[tool].Least;

    /// <summary>That a tool is missing, and where to get it.</summary>
    public static string Missing(string tool) =>
        $"There is no program '{tool}' on PATH.{(Tools.TryGetValue(tool, out var known) ? $" Install version {known.Least} or newer: {known.Where}" : "")}";

    /// <summary>That a tool is too old; null when it is not.</summary>
    public static string? TooOld(string tool, Version version) => version >= Least(tool)
        ? null
        : $"{tool} is of version {version}; expected {Least(tool)} or newer: {Tools[tool].Where}";

    /// <summary>The first version in what a tool says of itself; null when there is none.</summary>
    public static Version? VersionIn(string text) =>
        VersionForm().Match(text) is { Success: true } match && Version.TryParse(match.Groups[1].Value, out var version) ? version : null;

    [GeneratedRegex(@"([0-9]+\.[0-9]+(?:\.[0-9]+)?)", RegexOptions.CultureInvariant)]
    private static partial Regex VersionForm();
}
