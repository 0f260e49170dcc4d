using System.Collections.Immutable;
using System.Text.Json;
using FogInfra.Embedded.Protocol.Values;
using Pulumi;
using static FogInfra.Tests.OutputReading;
using static FogInfra.Tests.WireValues;

namespace FogInfra.Tests;

public sealed class InputWritingTests : EngineTest
{
    private enum Level
    {
        Low = 3,
    }

    [Fact]
    public async Task Scalars_EachKind_ArePlain()
    {
        await AssertWrittenAsync("text", "text");
        await AssertWrittenAsync(true, true);
        await AssertWrittenAsync(7, 7);
        await AssertWrittenAsync(1.5, 1.5);
        await AssertWrittenAsync(Level.Low, 3);
        await AssertWrittenAsync((Union<int, string>)"either", "either");
        await AssertWrittenAsync(new Color("red"), "red");
        await AssertWrittenAsync(new Size(2.5), 2.5);
    }

    [Fact]
    public async Task Inputs_OfAnyForm_AreTheirValues()
    {
        await AssertWrittenAsync((Input<string>)"input", "input");
        await AssertWrittenAsync(Output.Create(Output.Create(1)), 1);
        await AssertWrittenAsync((InputUnion<int, string>)1, 1);
        await AssertWrittenAsync((InputList<int>)new() { 1, Output.Create(2) }, List(1, 2));
        await AssertWrittenAsync((InputMap<string>)new() { ["a"] = "1", ["b"] = Output.Create("2") }, Object(("a", "1"), ("b", "2")));
    }

    [Fact]
    public async Task Json_OfEachKind_IsTheValueItWrites()
    {
        await AssertWrittenAsync(
            (InputJson)"""{"a":[1,"x",true,null],"b":{"c":1.5}}""",
            Object(("a", List(1, "x", true, PropertyValue.Null)), ("b", Object(("c", 1.5)))));
        await AssertWrittenAsync(JsonSerializer.SerializeToElement(new { A = 1 }), Object(("A", 1)));
    }

    [Fact]
    public async Task Collections_OfAnyForm_AreListsAndObjects()
    {
        await AssertWrittenAsync(new[] { 1, 2 }, List(1, 2));
        await AssertWrittenAsync(new List<object?> { 1, "a", null }, List(1, "a", PropertyValue.Null));
        await AssertWrittenAsync(ImmutableArray.Create("a"), List("a"));
        await AssertWrittenAsync(default(ImmutableArray<string>), List());
        await AssertWrittenAsync((InputList<string>)default(ImmutableArray<string>), List());
        await AssertWrittenAsync(new Dictionary<string, object?> { ["a"] = 1, ["gone"] = null }, Object(("a", 1)));
    }

    [Fact]
    public async Task Args_InsideArgs_AreObjectsUnderTheirInputNames()
    {
        await AssertWrittenAsync(
            new PartArgs { Name = "n", Sizes = { 1, 2 } },
            Object(("partName", "n"), ("sizes", List(1, 2))));
    }

    [Fact]
    public async Task Args_InputMarkedAsJson_IsAText()
    {
        await RunAsync(() =>
        {
            _ = new Custom("box", new JsonArgs { Document = new Dictionary<string, object?> { ["a"] = new[] { 1, 2 } } });
        });

        using var document = JsonDocument.Parse(Engine.Inputs("box")["document"].StringValue);
        Assert.Equal(2, document.RootElement.GetProperty("a").GetArrayLength());
    }

    [Fact]
    public async Task OutputTypes_AsInputs_AreObjectsOfTheirFields() =>
        await AssertWrittenAsync(new Spot(1, "x"), Object(("left", 1), ("label", "x")));

    [Fact]
    public async Task Assets_OfEachKind_AreMarked()
    {
        await AssertWrittenAsync(new StringAsset("t"), new PropertyValue.Asset(PropertyValue.ContentKind.Text, "t", null));
        await AssertWrittenAsync(new FileAsset("./f"), new PropertyValue.Asset(PropertyValue.ContentKind.Path, "./f", null));
        await AssertWrittenAsync(new RemoteAsset("https://u"), new PropertyValue.Asset(PropertyValue.ContentKind.Uri, "https://u", null));
        await AssertWrittenAsync(new FileArchive("./d"), new PropertyValue.Archive(PropertyValue.ContentKind.Path, "./d", null, null));
        await AssertWrittenAsync(
            new RemoteArchive("https://z"), new PropertyValue.Archive(PropertyValue.ContentKind.Uri, "https://z", null, null));
        var archive = new AssetArchive(new Dictionary<string, AssetOrArchive> { ["f"] = new StringAsset("t") });
        var written = Assert.IsType<PropertyValue.Archive>(await WriteAsync(archive));
        Assert.Equal(PropertyMap.Of(("f", new PropertyValue.Asset(PropertyValue.ContentKind.Text, "t", null))), written.Assets);
    }

    [Fact]
    public async Task Secrets_AnywhereInside_AreWrappedWhereTheyAre()
    {
        await AssertWrittenAsync(Output.CreateSecret("s"), Secret("s"));
        await AssertWrittenAsync(
            new Dictionary<string, object?> { ["a"] = Output.CreateSecret(1), ["b"] = 2 }, Object(("a", Secret(1)), ("b", 2)));
        await AssertWrittenAsync((InputList<string>)new() { "a", Output.CreateSecret("b") }, List("a", Secret("b")));
        await AssertWrittenAsync(
            (InputMap<string>)new() { ["a"] = Output.CreateSecret("1"), ["b"] = "2" }, Object(("a", Secret("1")), ("b", "2")));
        await AssertWrittenAsync((InputList<string>)Output.CreateSecret(ImmutableArray.Create("a")), Secret(List("a")));
    }

    [Fact]
    public async Task Secrets_OfNull_AreKept() => await AssertWrittenAsync(Output.CreateSecret((string?)null), Secret(PropertyValue.Null));

    [Fact]
    public async Task Unknowns_AnywhereInside_StayWhereTheyAre()
    {
        Preview();
        await AssertWrittenAsync(Unknown("u"), PropertyValue.Unknown);
        await AssertWrittenAsync((InputList<string>)new() { "a", Unknown("b") }, List("a", PropertyValue.Unknown));
        await AssertWrittenAsync(
            (InputMap<string>)new() { ["a"] = Unknown("1"), ["b"] = "2" }, Object(("a", PropertyValue.Unknown), ("b", "2")));
        await AssertWrittenAsync(Output.CreateSecret(Unknown("u")), PropertyValue.Unknown);
        await AssertWrittenAsync((InputList<string>)Unknown(ImmutableArray.Create("a")), PropertyValue.Unknown);
    }

    [Fact]
    public async Task Nulls_AsInputs_AreLeftOut()
    {
        await RunAsync(() =>
        {
            _ = new Box<string>("box", new() { ["value"] = null, ["other"] = Output.Create((string?)null), ["third"] = 1 });
        });

        Assert.Equal(["third"], Engine.Inputs("box").Keys);
    }

    [Fact]
    public async Task Resources_AsInputs_AreReferences()
    {
        await RunAsync(() =>
        {
            var other = new Box<string>("other");
            var group = new Group("group");
            _ = new Box<string>("box", new() { ["value"] = other, ["other"] = group });
        });

        Assert.Equal(
            new PropertyValue.Reference("urn:pulumi:dev::proj::test:index:Box::other", "other-id", ""),
            Engine.Inputs("box")["value"].Read());
        Assert.Equal(
            new PropertyValue.Reference("urn:pulumi:dev::proj::test:index:Group::group", null, ""), Engine.Inputs("box")["other"].Read());
    }

    [Fact]
    public async Task Resources_WhoseIdIsUnknown_AreReferencesWithAnEmptyId()
    {
        Preview();
        Engine.Answer("other", Of(), id: "");

        await RunAsync(() =>
        {
            var other = new Box<string>("other");
            _ = new Box<string>("box", new() { ["value"] = other });
        });

        Assert.Equal(
            new PropertyValue.Reference("urn:pulumi:dev::proj::test:index:Box::other", "", ""), Engine.Inputs("box")["value"].Read());
    }

    [Fact]
    public async Task Resources_ForAnEngineWithoutReferences_AreIdsAndUrns()
    {
        Engine.Features.Remove("resourceReferences");

        await RunAsync(() =>
        {
            var other = new Box<string>("other");
            var group = new Group("group");
            _ = new Box<string>("box", new() { ["value"] = other, ["other"] = group });
        });

        Assert.Equal("other-id", Engine.Inputs("box")["value"].StringValue);
        Assert.Equal("urn:pulumi:dev::proj::test:index:Group::group", Engine.Inputs("box")["other"].StringValue);
    }

    [Fact]
    public async Task RemoteComponent_OutputsAsInputs_KeepTheirDependencies()
    {
        Engine.Features.Add("outputValues");

        await RunAsync(() =>
        {
            var other = new Box<string>("other", new() { ["value"] = "v" });
            var inputs = new BoxArgs(new() { ["value"] = Output.CreateSecret(other.Value), ["other"] = "plain", ["third"] = other });
            _ = new Group("group", inputs, remote: true);
        });

        var output = Assert.IsType<PropertyValue.Output>(Engine.Inputs("group")["value"].Read());
        Assert.Equal(new PropertyValue.Output("v", true, ["urn:pulumi:dev::proj::test:index:Box::other"]), output);
        Assert.Equal("plain", Engine.Inputs("group")["other"].StringValue);
        Assert.Equal(["urn:pulumi:dev::proj::test:index:Box::other"], Engine.Registration("group").PropertyDependencies["value"].Urns);
        Assert.Empty(Engine.Registration("group").PropertyDependencies["third"].Urns);
    }

    [Theory]
    [InlineData(1L, "System.Int64")]
    [InlineData(1f, "System.Single")]
    [InlineData('c', "System.Char")]
    public async Task Types_ThatPulumiDoesNotKnow_FailAndNameResourceAndPath(object value, string type)
    {
        var error = await FailAsync(() =>
        {
            _ = new Box<string>("box", new() { ["value"] = new Dictionary<string, object?> { ["deep"] = new[] { value } } });
        });

        Assert.Contains("box", error, StringComparison.Ordinal);
        Assert.Contains("value.deep[0]", error, StringComparison.Ordinal);
        Assert.Contains(type, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tasks_AsInputs_FailAndNameThePath()
    {
        var error = await FailAsync(() => { _ = new Box<string>("box", new() { ["value"] = Task.FromResult(1) }); });

        Assert.Contains("value", error, StringComparison.Ordinal);
        Assert.Contains("Task", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dictionaries_WithKeysOtherThanStrings_Fail()
    {
        var error = await FailAsync(() => { _ = new Box<string>("box", new() { ["value"] = new Dictionary<int, string> { [1] = "a" } }); });

        Assert.Contains("value", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inputs_ThatAreRequiredButMissing_FailAndNameTheMember()
    {
        var error = await FailAsync(() => { _ = new Box<string>("box", new() { ["value"] = new PartArgs() }); });

        Assert.Contains("PartArgs", error, StringComparison.Ordinal);
        Assert.Contains("Name", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DictionaryArgs_Always_AreTheInputs()
    {
        var inputs = ImmutableDictionary<string, object?>.Empty.Add("a", "1").Add("b", Output.CreateSecret(2)).Add("gone", null);

        await RunAsync(() => { _ = new Custom("box", new DictionaryResourceArgs(inputs)); });

        Assert.Equal(PropertyMap.Of(("a", "1"), ("b", Secret(2))), Engine.Registration("box").Object.Read());
    }

    [Fact]
    public void DictionaryArgs_WithATypeThatPulumiDoesNotKnow_Fail() =>
        Assert.Throws<InvalidOperationException>(
            () => new DictionaryResourceArgs(ImmutableDictionary<string, object?>.Empty.Add("a", DateTime.MinValue)));

    private async Task AssertWrittenAsync(object value, PropertyValue expected) => Assert.Equal(expected, await WriteAsync(value));

    private async Task<PropertyValue> WriteAsync(object value)
    {
        var name = $"box-{Engine.Registrations.Count}";
        await RunAsync(() => { _ = new Box<object>(name, new() { ["value"] = value }); });
        return Engine.Inputs(name)["value"].Read();
    }

    private sealed class Custom(string name, ResourceArgs args) : CustomResource("test:index:Custom", name, args, options: null);

    private sealed class PartArgs : ResourceArgs
    {
        [Input("partName", required: true)]
        public Input<string>? Name { get; set; }

        [Input("sizes")]
        private InputList<int>? _sizes;

        public InputList<int> Sizes => _sizes ??= new();

        [Input("unset")]
        public Input<string>? Unset { get; set; }
    }

    private sealed class JsonArgs : ResourceArgs
    {
        [Input("document", json: true)]
        public object? Document { get; set; }
    }

    [OutputType]
    private sealed class Spot
    {
        public readonly int Left;
        public readonly string Label;

        [OutputConstructor]
        public Spot(int left, string label)
        {
            Left = left;
            Label = label;
        }
    }

    [EnumType]
    private readonly struct Color(string value)
    {
        private readonly string _value = value;

        public static explicit operator string(Color color) => color._value;
    }

    [EnumType]
    private readonly struct Size(double value)
    {
        private readonly double _value = value;

        public static explicit operator double(Size size) => size._value;
    }
}
