using System.Reflection;

namespace FogInfra.Tests;

/// <summary>
/// The public members of these stand-ins are those that were compared with the real packages, name by name, type by type, and none else.
/// A member that is to be added must be compared first; then its line, which the failing test shows, goes into the list.
/// </summary>
public sealed class ApprovedApiTests
{
    [Theory]
    [InlineData("CliWrap")]
    [InlineData("Pulumi.Automation")]
    public void StandIn_Members_AreThoseThatWereComparedWithTheRealPackage(string assemblyName)
    {
        var approved = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "PublicApi", $"{assemblyName}.approved.txt"))
            .Where(line => !line.StartsWith('#'));

        var members = ApiLines.Of(Assembly.Load(assemblyName)).Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(approved, members);
    }
}
