using FogInfra.Embedded.Engine.Values;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Engine.Tests.Values;

public sealed class IgnoredChangesTests
{
    private static readonly PropertyMap Before = PropertyMap.Of(
        ("a", 1d),
        ("map", PropertyMap.Of(("x", "old"), ("y", "old"))),
        ("list", PropertyValue.ListOf(PropertyMap.Of(("p", 1d)), PropertyMap.Of(("p", 2d)))),
        ("only", "before"));

    private static readonly PropertyMap After = PropertyMap.Of(
        ("a", 2d),
        ("map", PropertyMap.Of(("x", "new"), ("y", "new"))),
        ("list", PropertyValue.ListOf(PropertyMap.Of(("p", 8d)), PropertyMap.Of(("p", 9d)))),
        ("added", "after"));

    [Theory]
    [InlineData("a")]
    [InlineData("map.x")]
    [InlineData("list[1].p")]
    public void Apply_PathOnBothSides_TakesTheOldValueThereAndNowhereElse(string path)
    {
        var result = IgnoredChanges.Apply(Before, After, [path], out var failed);
        Assert.Empty(failed);
        Assert.Equal(path == "a" ? 1d : 2d, ((PropertyValue.Number)result["a"]!).Value);
        Assert.Equal(path == "map.x" ? "old" : "new", result.GetMap("map")!.GetText("x"));
        Assert.Equal("new", result.GetMap("map")!.GetText("y"));
        var list = ((PropertyValue.List)result["list"]!).Items;
        Assert.Equal(PropertyMap.Of(("p", path == "list[1].p" ? 2d : 9d)), ((PropertyValue.Map)list[1]).Properties);
    }

    [Fact]
    public void Apply_TopLevelAdded_RemovesItAgain()
    {
        Assert.False(IgnoredChanges.Apply(Before, After, ["added"], out _).Contains("added"));
    }

    [Fact]
    public void Apply_TopLevelRemoved_PutsItBack()
    {
        Assert.Equal("before", IgnoredChanges.Apply(Before, After, ["only"], out _).GetText("only"));
    }

    [Fact]
    public void Apply_Any_TakesAllOldValues()
    {
        Assert.Equal(Before, IgnoredChanges.Apply(Before, After, ["*"], out var failed));
        Assert.Empty(failed);
    }

    [Theory]
    [InlineData("only.deep")]
    [InlineData("list[7].p.q[0]")]
    [InlineData("map[0]")]
    public void Apply_PathThatExistsNowhere_ChangesNothing(string path)
    {
        var result = IgnoredChanges.Apply(Before, After, [path], out _);
        Assert.Equal(After, result);
    }

    [Fact]
    public void Apply_PathIntoSomethingAdded_IsReported()
    {
        var after = After.With("deep", PropertyMap.Of(("x", 1d)));
        Assert.Equal(after, IgnoredChanges.Apply(Before, after, ["deep.x"], out var failed));
        Assert.Equal(["deep.x"], failed);
    }

    [Fact]
    public void Apply_InsideASecret_KeepsItSecret()
    {
        var before = PropertyMap.Of(("s", new PropertyValue.Secret(PropertyMap.Of(("x", "old"), ("y", "old")))));
        var after = PropertyMap.Of(("s", new PropertyValue.Secret(PropertyMap.Of(("x", "new"), ("y", "new")))));
        var result = IgnoredChanges.Apply(before, after, ["s.x"], out _);
        Assert.Equal(new PropertyValue.Secret(PropertyMap.Of(("x", "old"), ("y", "new"))), result["s"]);
    }
}
