using Semver;

namespace Pulumi.Automation.Commands;

/// <summary>Whether this library and a version of <c>pulumi</c> understand each other.</summary>
internal static class VersionCheck
{
    private static readonly SemVersion Oldest = new(3, 1, 0);

    /// <param name="output">What <c>pulumi version</c> wrote.</param>
    /// <param name="wanted">The oldest version that will do; counts if it is newer than what this library needs.</param>
    /// <param name="isAnyVersionFine">Whether nothing is checked.</param>
    /// <returns>The version; null if it is none and any version is fine.</returns>
    /// <exception cref="InvalidOperationException">The version will not do.</exception>
    public static SemVersion? Check(string output, SemVersion? wanted, bool isAnyVersionFine)
    {
        SemVersion.TryParse(output.Trim(), SemVersionStyles.Any, out var version);
        if (isAnyVersionFine)
        {
            return version;
        }

        var oldest = wanted?.ComparePrecedenceTo(Oldest) > 0 ? wanted : Oldest;
        return version is null
                ? throw new InvalidOperationException(
                    $"pulumi does not say its version, but '{output.Trim()}'. {LocalPulumiCommand.SkipVersionCheckVar}=true goes on without it.")
            : version.Major > oldest.Major
                ? throw new InvalidOperationException($"pulumi has the version {version}; its major version must be {oldest.Major}.")
            : version.ComparePrecedenceTo(oldest) < 0
                ? throw new InvalidOperationException($"pulumi has the version {version}; it must be {oldest} or newer.")
            : version;
    }
}
