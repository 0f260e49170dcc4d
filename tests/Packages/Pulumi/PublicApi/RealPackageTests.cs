using System.Reflection;

namespace FogInfra.Tests;

/// <summary>The stand-ins against the packages themselves, member by member.</summary>
public sealed class RealPackageTests
{
    [Theory]
    [InlineData("CliWrap")]
    [InlineData("Pulumi")]
    [InlineData("Pulumi.Automation")]
    [InlineData("Pulumi.Kubernetes")]
    public void StandIn_EveryMember_IsInTheRealAssembly(string assemblyName)
    {
        var packages = RealPackages.Find();
        Assert.SkipWhen(packages is null, "Needs the real packages: build with FogPackages=nuget where the NuGet feed has them.");
        var real = ApiLines.Of(packages!.Load(assemblyName)).Concat(ApiLines.Of(packages.Load("Semver")))
            .Select(ApiLines.Normalize)
            .ToHashSet(StringComparer.Ordinal);

        var members = ApiLines.Of(Assembly.Load(assemblyName)).ToList();

        Assert.True(members.Count > 100, "The stand-in has hardly any members; the comparison would say nothing.");
        Assert.Equal([], members.Where(member => !real.Contains(ApiLines.Normalize(member))));
    }
}
