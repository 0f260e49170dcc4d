using FogInfra.Embedded.Engine.Values;

namespace FogInfra.Engine.Tests.Values;

public sealed class PropertyPathTests
{
    [Theory]
    [InlineData("a", "a")]
    [InlineData("a.b", "a.b")]
    [InlineData("a[0].b", "a[0].b")]
    [InlineData("a[\"x.y\"]", "a[\"x.y\"]")]
    [InlineData("[\"x\"].y", "x.y")]
    [InlineData("a[*].b", "a.*.b")]
    [InlineData("*", "*")]
    [InlineData("root[\"say \\\"hi\\\"\"]", "root[\"say \\\"hi\\\"\"]")]
    public void TryParse_Path_ReadsAndWritesIt(string text, string canonical) =>
        Assert.Equal(canonical, PropertyPath.TryParse(text)?.ToString());

    [Theory]
    [InlineData("")]
    [InlineData(".a")]
    [InlineData("a.")]
    [InlineData("a..b")]
    [InlineData("a[")]
    [InlineData("a[x]")]
    [InlineData("a[0]b")]
    [InlineData("a[\"x]")]
    public void TryParse_NoPath_GivesNull(string text) => Assert.Null(PropertyPath.TryParse(text));

    [Theory]
    [InlineData("a", "a.b", true)]
    [InlineData("a", "a", true)]
    [InlineData("*", "b", true)]
    [InlineData("a.*", "a[3].x", true)]
    [InlineData("a[1]", "a[1]", true)]
    [InlineData("a.b", "a", false)]
    [InlineData("a", "ab", false)]
    [InlineData("a[1]", "a[2]", false)]
    public void Contains_Path_HoldsForTheSamePlaceAndPlacesInside(string path, string other, bool expected) =>
        Assert.Equal(expected, PropertyPath.TryParse(path)!.Contains(PropertyPath.TryParse(other)!));
}
