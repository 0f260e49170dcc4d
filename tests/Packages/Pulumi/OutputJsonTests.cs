using System.Text.Json;
using Pulumi;
using static FogInfra.Tests.OutputReading;

namespace FogInfra.Tests;

public sealed class OutputJsonTests
{
    [Fact]
    public async Task Serialize_APlainValue_WritesIt()
    {
        var json = Output.JsonSerialize(Output.Create(new Plain("a", 1)));

        Assert.Equal("""{"Name":"a","Count":1}""", await json.ValueAsync());
    }

    [Fact]
    public async Task Serialize_WithOptions_FollowsThem()
    {
        var json = Output.JsonSerialize(
            Output.Create(new Plain("a", 1)), new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.CamelCase });

        Assert.Equal("""{"name":"a","count":1}""", await json.ValueAsync());
    }

    [Fact]
    public async Task Serialize_OutputsAndInputsInside_AreWrittenAsTheirValues()
    {
        var value = new Nested { Output = Output.Create("o"), Input = "i", List = { "l" }, Map = { { "k", "m" } } };

        var json = Output.JsonSerialize(Output.Create(value));

        Assert.Equal("""{"Output":"o","Input":"i","List":["l"],"Map":{"k":"m"}}""", await json.ValueAsync());
    }

    [Fact]
    public async Task Serialize_ASecretInside_MakesTheTextSecret()
    {
        var json = Output.JsonSerialize(Output.Create(new Nested { Output = Output.CreateSecret("s") }));

        Assert.True(await json.IsSecretAsync());
        Assert.Contains("\"s\"", await json.ValueAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serialize_AnUnknownInside_MakesTheTextUnknown()
    {
        var json = Output.JsonSerialize(Output.Create(new Nested { Output = Unknown("u") }));

        Assert.False(await json.IsKnownAsync());
    }

    [Fact]
    public async Task Serialize_AnUnknown_IsUnknownAndKeepsItsSecrecy()
    {
        var json = Output.JsonSerialize(Output.CreateSecret(Unknown("u")));

        Assert.False(await json.IsKnownAsync());
        Assert.True(await json.IsSecretAsync());
    }

    [Fact]
    public async Task Deserialize_AText_ReadsIt()
    {
        var value = Output.JsonDeserialize<Plain>(Output.CreateSecret("""{"Name":"a","Count":1}"""));

        Assert.Equal(new Plain("a", 1), await value.ValueAsync());
        Assert.True(await value.IsSecretAsync());
    }

    [Fact]
    public async Task Deserialize_OutputsInside_AreAsSecretAsTheText()
    {
        var json = Output.CreateSecret("""{"Output":"o","Input":"i","List":["l"],"Map":{"k":"m"}}""");

        var value = await Output.JsonDeserialize<Nested>(json).ValueAsync();

        Assert.Equal("o", await value.Output!.ValueAsync());
        Assert.True(await value.Output!.IsSecretAsync());
        Assert.Equal("i", await value.Input.ToOutput().ValueAsync());
        Assert.Equal(["l"], await value.List.ToOutput().ValueAsync());
        Assert.Equal("m", (await value.Map.ToOutput().ValueAsync())["k"]);
    }

    [Fact]
    public async Task Deserialize_AnUnknown_IsUnknown() => Assert.False(await Output.JsonDeserialize<Plain>(Unknown("{}")).IsKnownAsync());

    private sealed record Plain(string Name, int Count);

    private sealed class Nested
    {
        public Output<string>? Output { get; set; }

        public Input<string>? Input { get; set; }

        public InputList<string> List { get; set; } = new();

        public InputMap<string> Map { get; set; } = new();
    }
}
