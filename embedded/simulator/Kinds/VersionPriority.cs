using System.Globalization;
using System.Text.RegularExpressions;

namespace FogInfra.Embedded.Simulator.Kinds;

/// <summary>Orders API versions as Kubernetes prefers them: v2, v1, v1beta2, v1beta1, v1alpha1, then all else by name.</summary>
internal sealed partial class VersionPriority : IComparer<string>
{
    public static VersionPriority Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        var (left, right) = (Rank(x ?? ""), Rank(y ?? ""));
        return left == right ? string.CompareOrdinal(x, y) : right.CompareTo(left);
    }

    private static (int Stability, int Major, int Minor) Rank(string version)
    {
        var match = Pattern().Match(version);
        if (!match.Success) return (0, 0, 0);
        var stability = match.Groups["level"].Value switch { "alpha" => 1, "beta" => 2, _ => 3 };
        return (stability, Number(match.Groups["major"]), Number(match.Groups["minor"]));
    }

    private static int Number(Group digits) => int.TryParse(digits.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    [GeneratedRegex("^v(?<major>[0-9]+)((?<level>alpha|beta)(?<minor>[0-9]+))?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
