using Semver;

namespace FogInfra.Tests;

/// <summary>The version type that an engine's <c>Version</c> has.</summary>
public sealed class SemVersionTests
{
    [Theory]
    [InlineData("1.2.3", 1, 2, 3, "", "")]
    [InlineData("3.260.0-alpha.1", 3, 260, 0, "alpha.1", "")]
    [InlineData("1.0.0-rc.1+build.5", 1, 0, 0, "rc.1", "build.5")]
    [InlineData("1.0.0+20260102", 1, 0, 0, "", "20260102")]
    [InlineData("0.0.0-0a.x-y", 0, 0, 0, "0a.x-y", "")]
    public void Parse_ExactForm_HasItsParts(string text, int major, int minor, int patch, string prerelease, string metadata)
    {
        var version = SemVersion.Parse(text, SemVersionStyles.Strict);

        Assert.Equal((major, minor, patch), ((int)version.Major, (int)version.Minor, (int)version.Patch));
        Assert.Equal((prerelease, metadata), (version.Prerelease, version.Metadata));
        Assert.Equal(prerelease.Length > 0, version.IsPrerelease);
        Assert.NotEqual(version.IsPrerelease, version.IsRelease);
        Assert.Equal(text, version.ToString());
        Assert.Equal(version, SemVersion.Parse(text));
    }

    [Theory]
    [InlineData("v1.2.3", SemVersionStyles.AllowLowerV, "1.2.3")]
    [InlineData("V1.2.3", SemVersionStyles.AllowV, "1.2.3")]
    [InlineData(" 1.2.3", SemVersionStyles.AllowLeadingWhitespace, "1.2.3")]
    [InlineData("1.2.3\n", SemVersionStyles.AllowTrailingWhitespace, "1.2.3")]
    [InlineData("01.2.3", SemVersionStyles.AllowLeadingZeros, "1.2.3")]
    [InlineData("1.2", SemVersionStyles.OptionalPatch, "1.2.0")]
    [InlineData("1", SemVersionStyles.OptionalMinorPatch, "1.0.0")]
    [InlineData(" v1-beta ", SemVersionStyles.Any, "1.0.0-beta")]
    public void Parse_AnotherForm_IsReadWhereItIsAllowed(string text, SemVersionStyles style, string expected)
    {
        Assert.Equal(expected, SemVersion.Parse(text, style).ToString());
        Assert.False(SemVersion.TryParse(text, SemVersionStyles.Strict, out var version));
        Assert.Null(version);
        Assert.Throws<FormatException>(() => SemVersion.Parse(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1.2.3.4")]
    [InlineData("a.b.c")]
    [InlineData("1.2.-3")]
    [InlineData("1.2.3-")]
    [InlineData("1.2.3-a..b")]
    [InlineData("1.2.3+")]
    [InlineData("1.2.3-ä")]
    [InlineData(null)]
    public void TryParse_NoVersion_IsFalseWhateverIsAllowed(string? text) =>
        Assert.False(SemVersion.TryParse(text, SemVersionStyles.Any, out _));

    [Fact]
    public void ComparePrecedenceTo_TheOrderOfTheSpecification_IsKept()
    {
        // semver.org 2.0.0, section 11, with large numbers added.
        string[] ordered =
        [
            "0.9.0", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0",
            "2.0.0", "2.1.0", "2.1.1", "2.10.0", "10.0.0",
        ];
        var versions = ordered.Select(text => SemVersion.Parse(text)).ToArray();

        for (var i = 0; i < versions.Length; i++)
        {
            for (var j = 0; j < versions.Length; j++)
            {
                Assert.Equal(i.CompareTo(j), Math.Sign(versions[i].ComparePrecedenceTo(versions[j])));
            }
        }

        Assert.True(versions[0].ComparePrecedenceTo(null) > 0);
    }

    [Fact]
    public void Equality_Metadata_CountsButNotForPrecedence()
    {
        var (one, two) = (SemVersion.Parse("1.0.0+a"), SemVersion.Parse("1.0.0+b"));

        Assert.Equal(0, one.ComparePrecedenceTo(two));
        Assert.NotEqual(one, two);
        Assert.True(one != two);
        Assert.True(one == SemVersion.Parse("1.0.0+a"));
        Assert.Equal(one.GetHashCode(), SemVersion.Parse("1.0.0+a").GetHashCode());
    }

    [Fact]
    public void New_Numbers_MakeARelease()
    {
        Assert.Equal("3.0.0", new SemVersion(3).ToString());
        Assert.Equal("3.58.0", new SemVersion(3, 58).ToString());
        Assert.Equal("3.58.1", new SemVersion(3, 58, 1).ToString());
    }
}
