using System.Text.Json.Nodes;
using FogInfra.Embedded.Protocol.Values;

namespace FogInfra.Tests;

public sealed class PropertyValueTests
{
    private static readonly PropertyMap Map = PropertyMap.Of(
        ("text", "x"),
        ("secret", new PropertyValue.Secret("hunter2")),
        ("list", PropertyValue.ListOf(1, new PropertyValue.Output("y", true, []))),
        ("unknown", PropertyValue.Unknown));

    [Fact]
    public void Equality_MapsInAnotherOrder_AreEqual()
    {
        var reversed = new PropertyMap(Map.Reverse());

        Assert.Equal(Map, reversed);
        Assert.Equal(Map.GetHashCode(), reversed.GetHashCode());
        Assert.NotEqual(Map, Map.With("text", "z"));
        Assert.NotEqual(Map, Map.Without("text"));
    }

    [Fact]
    public void Contains_LooksAtEveryDepth()
    {
        Assert.True(((PropertyValue)Map).ContainsSecrets);
        Assert.True(((PropertyValue)Map).ContainsUnknowns);
        Assert.True(Map["list"]!.ContainsSecrets);
        Assert.False(Map["list"]!.ContainsUnknowns);
        Assert.False(Map["text"]!.ContainsSecrets);
    }

    [Fact]
    public void Reveal_RemovesEveryMark()
    {
        var revealed = ((PropertyValue)Map).Reveal();

        Assert.False(revealed.ContainsSecrets);
        Assert.Equal(PropertyMap.Of(("text", "x"), ("secret", "hunter2"), ("list", PropertyValue.ListOf(1, "y")), ("unknown", PropertyValue.Unknown)), revealed);
    }

    [Fact]
    public void ToString_OfAMap_ShowsNoValues()
    {
        Assert.Equal("{text, secret, list, unknown}", Map.ToString());
    }

    [Fact]
    public void PlainJson_WholeNumbers_AreIntegers()
    {
        var json = PlainJson.ToJson(PropertyMap.Of(("whole", 3), ("half", 0.5), ("huge", 1e300)));

        Assert.Equal("""{"whole":3,"half":0.5,"huge":1E+300}""", json.ToJsonString());
    }

    [Fact]
    public void PlainJson_Unknowns_AreLeftOutOfObjectsAndNullInLists()
    {
        var json = PlainJson.ToJson(PropertyMap.Of(("a", PropertyValue.Unknown), ("b", PropertyValue.ListOf(PropertyValue.Unknown, true))));

        Assert.Equal("""{"b":[null,true]}""", json.ToJsonString());
    }

    [Fact]
    public void PlainJson_RoundTrip_IsTheSame()
    {
        var json = JsonNode.Parse("""{"a":[1,"x",null,{"b":false}],"c":{}}""")!.AsObject();

        Assert.Equal(json.ToJsonString(), PlainJson.ToJson(PlainJson.FromJson(json)).ToJsonString());
    }
}
