using System.Text.RegularExpressions;

namespace FogInfra.Rollout.Preview;

/// <summary>
/// Makes texts of several clusters comparable: a cluster's own name, its parent's, and the uids that its API server has given to objects
/// become placeholders.
/// </summary>
/// <param name="cluster">The cluster.</param>
/// <param name="parent">Its parent, or null.</param>
internal sealed class ClusterTemplate(string cluster, string? parent)
{
    /// <summary>What stands for a cluster's own name.</summary>
    public const string Cluster = "{cluster}";

    /// <summary>What stands for its parent's name.</summary>
    public const string Parent = "{parent}";

    /// <summary>What stands for the uid of an object.</summary>
    public const string Uid = "{uid}";

    // The form of RFC 9562, in which Kubernetes gives uids; no two objects have the same.
    private const string UidPattern = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";

    private readonly Regex _names = new(
        $"(?<![A-Za-z0-9])(?:(?<uid>{UidPattern})|(?<own>{Regex.Escape(cluster)}){(parent is null ? "" : $"|{Regex.Escape(parent)}")})(?![A-Za-z0-9])",
        RegexOptions.CultureInvariant);

    /// <summary>The text with placeholders.</summary>
    public string Apply(string text) => _names.Replace(text, match =>
        match.Groups["uid"].Success ? Uid : match.Groups["own"].Success ? Cluster : Parent);
}
