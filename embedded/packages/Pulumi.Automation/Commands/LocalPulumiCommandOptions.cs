using Semver;

namespace Pulumi.Automation.Commands;

/// <summary>Which <c>pulumi</c> is wanted.</summary>
public class LocalPulumiCommandOptions
{
    /// <summary>The oldest version that will do, if that is newer than what this library needs.</summary>
    public SemVersion? Version { get; set; }

    /// <summary>Whether any version will do.</summary>
    public bool SkipVersionCheck { get; set; }
}
