using System.Globalization;
using System.Text.RegularExpressions;

namespace Pulumi;

/// <summary>
/// A version with the order of semver.org 2.0.0, section 11. Missing minor and patch numbers are 0; a leading v is allowed.
/// </summary>
internal sealed partial record SemanticVersion(int Major, int Minor, int Patch, string Prerelease) : IComparable<SemanticVersion>
{
    /// <summary>Reads a version; null when the text is none, or empty.</summary>
    public static SemanticVersion? TryParse(string? text)
    {
        var match = Form().Match(text ?? "");
        return match.Success
            ? new SemanticVersion(Number(match.Groups[1]), Number(match.Groups[2]), Number(match.Groups[3]), match.Groups[4].Value)
            : null;
    }

    public int CompareTo(SemanticVersion? other) =>
        other is null ? 1
        : Major != other.Major ? Major.CompareTo(other.Major)
        : Minor != other.Minor ? Minor.CompareTo(other.Minor)
        : Patch != other.Patch ? Patch.CompareTo(other.Patch)
        : ComparePrerelease(Prerelease, other.Prerelease);

    private static int ComparePrerelease(string left, string right)
    {
        if (left.Length == 0 || right.Length == 0)
        {
            return right.Length.CompareTo(left.Length); // A release is newer than its prereleases.
        }

        var (leftParts, rightParts) = (left.Split('.'), right.Split('.'));
        return leftParts.Zip(rightParts, ComparePart).FirstOrDefault(order => order != 0, leftParts.Length.CompareTo(rightParts.Length));
    }

    private static int ComparePart(string left, string right)
    {
        var leftIsNumber = int.TryParse(left, NumberStyles.None, CultureInfo.InvariantCulture, out var leftNumber);
        var rightIsNumber = int.TryParse(right, NumberStyles.None, CultureInfo.InvariantCulture, out var rightNumber);
        return leftIsNumber && rightIsNumber ? leftNumber.CompareTo(rightNumber)
            : leftIsNumber != rightIsNumber ? rightIsNumber.CompareTo(leftIsNumber)
            : string.CompareOrdinal(left, right);
    }

    private static int Number(Group group) =>
        group.Success ? int.Parse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(
        @"^v?(\d{1,9})(?:\.(\d{1,9}))?(?:\.(\d{1,9}))?(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
