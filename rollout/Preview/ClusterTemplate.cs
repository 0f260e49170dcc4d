using System.Text.RegularExpressions;

namespace FogInfra.Rollout.Preview;

/// <summary>Makes texts of several clusters comparable: a cluster's own name, and its parent's, become placeholders.</summary>
/// <param name="cluster">The cluster.</param>
/// <param name="parent">Its parent, or null.</param>
internal sealed class ClusterTemplate(string cluster, string? parent)
{
    /// <summary>What stands for a cluster's own name.</summary>
    public const string Cluster = "{cluster}";

    /// <summary>What stands for its parent's name.</summary>
    public const string Parent = "{parent}";

    private readonly Regex _names = new(
        $"(?<![A-Za-z0-9])(?:(?<own>{Regex.Escape(cluster)}){(parent is null ? "" : $"|{Regex.Escape(parent)}")})(?![A-Za-z0-9])",
        RegexOptions.CultureInvariant);

    /// <summary>The text with placeholders.</summary>
    public string Apply(string text) => _names.Replace(text, match => match.Groups["own"].Success ? Cluster : Parent);
}
