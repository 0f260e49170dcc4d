using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace FogInfra.Embedded.Engine.Monitor;

/// <summary>A range of versions as programs write it: <c>&gt;=3.100.0 &lt;4.0.0 || 5.x</c>. What comes after the three numbers does not count.</summary>
internal sealed partial class VersionRange
{
    private readonly ImmutableArray<ImmutableArray<Func<Version, bool>>> _alternatives;

    private VersionRange(ImmutableArray<ImmutableArray<Func<Version, bool>>> alternatives) => _alternatives = alternatives;

    /// <summary>Reads a range; null when the text is none.</summary>
    public static VersionRange? TryParse(string text)
    {
        var alternatives = ImmutableArray.CreateBuilder<ImmutableArray<Func<Version, bool>>>();
        foreach (var alternative in text.Split("||"))
        {
            var terms = Term().Matches(alternative);
            if (terms.Count == 0 || Term().Replace(alternative, "").Trim().Length > 0)
            {
                return null;
            }

            alternatives.Add([.. terms.SelectMany(ToConditions)]);
        }

        return new VersionRange(alternatives.ToImmutable());
    }

    /// <summary>Whether a version lies in it.</summary>
    public bool Contains(Version version) => _alternatives.Any(conditions => conditions.All(condition => condition(version)));

    /// <summary>The numbers of a version such as <c>v3.260.0-dev</c>.</summary>
    public static Version ParseVersion(string text) => Version.Parse(text.TrimStart('v').Split('-', '+')[0]);

    // A part that is left out, or x, stands for any number: 3.x is everything from 3.0.0 to before 4.0.0.
    private static IEnumerable<Func<Version, bool>> ToConditions(Match term)
    {
        int? Part(string name) => int.TryParse(term.Groups[name].Value, out var number) ? number : null;
        var (major, minor, patch) = (Part("major"), Part("minor"), Part("patch"));
        var first = new Version(major ?? 0, minor ?? 0, patch ?? 0);
        var next = (major, minor, patch) switch
        {
            (null, _, _) => new Version(int.MaxValue, 0, 0),
            (_, null, _) => new Version(first.Major + 1, 0, 0),
            (_, _, null) => new Version(first.Major, first.Minor + 1, 0),
            _ => new Version(first.Major, first.Minor, first.Build + 1),
        };
        return term.Groups["operator"].Value switch
        {
            ">" => [version => version >= next],
            ">=" => [version => version >= first],
            "<" => [version => version < first],
            "<=" => [version => version < next],
            "!=" or "!" => [version => version < first || version >= next],
            "^" => [version => version >= first, version => version.Major == first.Major],
            "~" => [version => version >= first, version => version.Major == first.Major && version.Minor == first.Minor],
            _ => [version => version >= first, version => version < next],
        };
    }

    [GeneratedRegex(@"(?<operator>>=|<=|!=|==|[><=!^~]?)\s*v?(?<major>\d+|[xX*])(\.(?<minor>\d+|[xX*]))?(\.(?<patch>\d+|[xX*]))?(?:[-+][0-9A-Za-z.+-]+)?\s*")]
    private static partial Regex Term();
}
