using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using Pulumi;

namespace Semver;

/// <summary>
/// A version as semver.org 2.0.0 defines it. The type belongs to the package Semver, which Pulumi's packages bring along; it is here
/// because members of <see cref="Pulumi.Automation.Commands.PulumiCommand"/> have it, and those who override them must be able to name it.
/// </summary>
public sealed partial class SemVersion : IEquatable<SemVersion>
{
    private const int DefaultMaxLength = 1024;

    /// <summary>Makes a release.</summary>
    public SemVersion(BigInteger major, BigInteger minor, BigInteger patch)
        : this(major, minor, patch, "", "")
    {
    }

    /// <summary>Makes a release with the patch number 0.</summary>
    public SemVersion(BigInteger major, BigInteger minor)
        : this(major, minor, 0)
    {
    }

    /// <summary>Makes a release with the minor and patch numbers 0.</summary>
    public SemVersion(BigInteger major)
        : this(major, 0)
    {
    }

    private SemVersion(BigInteger major, BigInteger minor, BigInteger patch, string prerelease, string metadata)
    {
        (Major, Minor, Patch) = (NotNegative(major), NotNegative(minor), NotNegative(patch));
        (Prerelease, Metadata) = (prerelease, metadata);
    }

    /// <summary>The first number.</summary>
    public BigInteger Major { get; }

    /// <summary>The second number.</summary>
    public BigInteger Minor { get; }

    /// <summary>The third number.</summary>
    public BigInteger Patch { get; }

    /// <summary>What follows the hyphen; empty for a release.</summary>
    public string Prerelease { get; }

    /// <summary>What follows the plus; often empty.</summary>
    public string Metadata { get; }

    /// <summary>Whether it comes before the release of the same numbers.</summary>
    public bool IsPrerelease => Prerelease.Length > 0;

    /// <summary>Whether it is no prerelease.</summary>
    public bool IsRelease => !IsPrerelease;

    /// <summary>Whether both are the same, metadata included.</summary>
    public static bool operator ==(SemVersion? left, SemVersion? right) => Equals(left, right);

    /// <summary>Whether they differ, if only in the metadata.</summary>
    public static bool operator !=(SemVersion? left, SemVersion? right) => !Equals(left, right);

    /// <summary>Reads a version of the exact form.</summary>
    /// <param name="version">The text.</param>
    /// <param name="maxLength">The longest text that is looked at.</param>
    /// <exception cref="FormatException">The text is no version.</exception>
    public static SemVersion Parse(string version, int maxLength = DefaultMaxLength) => Parse(version, SemVersionStyles.Strict, maxLength);

    /// <summary>Reads a version.</summary>
    /// <param name="version">The text.</param>
    /// <param name="style">In which it may depart from the exact form.</param>
    /// <param name="maxLength">The longest text that is looked at.</param>
    /// <exception cref="FormatException">The text is no version.</exception>
    public static SemVersion Parse(string version, SemVersionStyles style, int maxLength = DefaultMaxLength) =>
        TryParse(version, style, out var parsed, maxLength)
            ? parsed
            : throw new FormatException($"'{version}' is no semantic version, such as 1.2.3, 1.2.3-beta.1 or 1.2.3+build.");

    /// <summary>Reads a version of the exact form.</summary>
    /// <param name="version">The text.</param>
    /// <param name="semver">The version, or null.</param>
    /// <param name="maxLength">The longest text that is looked at.</param>
    /// <returns>Whether it is a version.</returns>
    public static bool TryParse(
        string? version, [NotNullWhen(true)] out SemVersion? semver, int maxLength = DefaultMaxLength) =>
        TryParse(version, SemVersionStyles.Strict, out semver, maxLength);

    /// <summary>Reads a version.</summary>
    /// <param name="version">The text.</param>
    /// <param name="style">In which it may depart from the exact form.</param>
    /// <param name="semver">The version, or null.</param>
    /// <param name="maxLength">The longest text that is looked at.</param>
    /// <returns>Whether it is a version.</returns>
    public static bool TryParse(
        string? version,
        SemVersionStyles style,
        [NotNullWhen(true)] out SemVersion? semver,
        int maxLength = DefaultMaxLength)
    {
        var match = Form().Match(version?.Length <= maxLength ? version : "");
        semver = match.Success && Allows(style, match)
            ? new SemVersion(
                Number(match.Groups["major"]),
                Number(match.Groups["minor"]),
                Number(match.Groups["patch"]),
                match.Groups["prerelease"].Value,
                match.Groups["metadata"].Value)
            : null;
        return semver is not null;
    }

    /// <summary>Below 0 if this one is older, 0 if neither is newer, above 0 if this one is newer. The metadata does not count.</summary>
    public int ComparePrecedenceTo(SemVersion? other)
    {
        if (other is null)
        {
            return 1;
        }

        var order = (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));
        return order != 0 ? order : new SemanticVersion(0, 0, 0, Prerelease).CompareTo(new SemanticVersion(0, 0, 0, other.Prerelease));
    }

    /// <inheritdoc/>
    public bool Equals(SemVersion? other) => other is not null && ToString() == other.ToString();

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SemVersion);

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    /// <summary>The version in the exact form.</summary>
    public override string ToString() =>
        $"{Major}.{Minor}.{Patch}{(IsPrerelease ? "-" + Prerelease : "")}{(Metadata.Length > 0 ? "+" + Metadata : "")}";

    private static bool Allows(SemVersionStyles style, Match match)
    {
        var departures = SemVersionStyles.Strict;
        departures |= match.Groups["before"].Length > 0 ? SemVersionStyles.AllowLeadingWhitespace : 0;
        departures |= match.Groups["after"].Length > 0 ? SemVersionStyles.AllowTrailingWhitespace : 0;
        departures |= match.Groups["v"].Value switch { "v" => SemVersionStyles.AllowLowerV, "V" => SemVersionStyles.AllowUpperV, _ => 0 };
        departures |= match.Groups["zeros"].Success ? SemVersionStyles.AllowLeadingZeros : 0;
        departures |= !match.Groups["minor"].Success ? SemVersionStyles.OptionalMinorPatch
            : !match.Groups["patch"].Success ? SemVersionStyles.OptionalPatch
            : 0;
        return (departures & ~style) == 0;
    }

    private static BigInteger Number(Group group) =>
        group.Success ? BigInteger.Parse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : 0;

    private static BigInteger NotNegative(BigInteger number) =>
        number >= 0 ? number : throw new ArgumentOutOfRangeException(nameof(number), "The numbers of a version are not negative.");

    // A number may have zeros before it, a numeric identifier of a prerelease too; each such zero is seen by the group "zeros".
    [GeneratedRegex(
        """
        ^(?<before>\s*)(?<v>[vV]?)
        (?<zeros>0+(?=[0-9]))?(?<major>[0-9]+)
        (?:\.(?<zeros>0+(?=[0-9]))?(?<minor>[0-9]+)(?:\.(?<zeros>0+(?=[0-9]))?(?<patch>[0-9]+))?)?
        (?:-(?<prerelease>(?:(?<zeros>0+(?=[0-9]+(?:[.+\s]|$)))?[0-9A-Za-z-]+)(?:\.(?<zeros>0+(?=[0-9]+(?:[.+\s]|$)))?[0-9A-Za-z-]+)*))?
        (?:\+(?<metadata>[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?
        (?<after>\s*)$
        """,
        RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
