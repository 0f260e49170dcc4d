using System.Collections.Immutable;
using System.Text.Json;
using FogInfra.Embedded.Protocol.Values;
using Pulumi;
using static FogInfra.Tests.WireValues;

namespace FogInfra.Tests;

public sealed class OutputReadingTests : EngineTest
{
    private enum Level
    {
        Low = 3,
    }

    [DiscriminatedUnionDiscriminator("kind")]
    [DiscriminatedUnionCase("circle", typeof(Circle))]
    [DiscriminatedUnionCase("square", typeof(Square))]
    private interface IShape;

    [Fact]
    public async Task Scalars_OfEachType_AreRead()
    {
        Assert.Equal("a", await ReadAsync<string>("a"));
        Assert.True(await ReadAsync<bool>(true));
        Assert.Equal(1.5, await ReadAsync<double>(1.5));
        Assert.Equal(7, await ReadAsync<int>(7));
        Assert.Equal(7, await ReadAsync<int?>(7));
        Assert.Null(await ReadAsync<int?>(PropertyValue.Null));
        Assert.Equal(Level.Low, await ReadAsync<Level>(3));
        Assert.Equal("red", (await ReadAsync<Color>("red")).Value);
    }

    [Fact]
    public async Task Collections_OfEachType_AreRead()
    {
        Assert.Equal(["a", "b"], await ReadAsync<ImmutableArray<string>>(List("a", "b")));
        Assert.Equal(1, (await ReadAsync<ImmutableDictionary<string, int>>(Object(("a", 1))))["a"]);
        Assert.Equal([1, 2], (await ReadAsync<ImmutableDictionary<string, ImmutableArray<int>>>(Object(("a", List(1, 2)))))["a"]);
    }

    [Fact]
    public async Task Objects_WithoutType_AreDictionariesAndArrays()
    {
        var value = Assert.IsType<ImmutableDictionary<string, object?>>(
            await ReadAsync<object>(Object(("a", List(1, "x", PropertyValue.Null)), ("__hidden", 1))), exactMatch: false);

        Assert.Equal(["a"], value.Keys);
        Assert.Equal([1.0, "x", null], Assert.IsType<ImmutableArray<object?>>(value["a"]));
    }

    [Fact]
    public async Task OutputTypes_Nested_AreMadeByTheirConstructors()
    {
        var part = await ReadAsync<Part>(Object(
            ("name", "n"),
            ("size-in-cm", 12),
            ("inner", Object(("name", "i"))),
            ("more", List(Object(("name", "m")), Object(("name", "o"))))));

        Assert.Equal("n", part.Name);
        Assert.Equal(12, part.Size);
        Assert.Equal("i", part.Inner!.Name);
        Assert.Equal(0, part.Inner.Size);
        Assert.Equal(["m", "o"], part.More.Select(inner => inner.Name));
    }

    [Fact]
    public async Task Unions_OfEitherType_HoldIt()
    {
        Assert.Equal("a", (await ReadAsync<Union<string, int>>("a")).AsT0);
        Assert.Equal(1, (await ReadAsync<Union<string, int>>(1)).AsT1);
    }

    [Fact]
    public async Task Interfaces_WithADiscriminator_AreMadeByTheCase()
    {
        Assert.Equal(2, Assert.IsType<Circle>(await ReadAsync<IShape>(Object(("kind", "circle"), ("radius", 2)))).Radius);
        Assert.Equal(3, Assert.IsType<Square>(await ReadAsync<IShape>(Object(("kind", "square"), ("side", 3)))).Side);
    }

    [Fact]
    public async Task JsonElements_OfAnyValue_HoldIt()
    {
        var json = await ReadAsync<JsonElement>(Object(("a", List(1, true, PropertyValue.Null))));

        Assert.Equal("""{"a":[1,true,null]}""", json.GetRawText());
    }

    [Fact]
    public async Task Assets_OfEachKind_AreRead()
    {
        Assert.IsType<StringAsset>(await ReadAsync<Asset>(new PropertyValue.Asset(PropertyValue.ContentKind.Text, "t", null)));
        Assert.IsType<FileAsset>(await ReadAsync<AssetOrArchive>(new PropertyValue.Asset(PropertyValue.ContentKind.Path, "p", null)));
        Assert.IsType<RemoteAsset>(await ReadAsync<Asset>(new PropertyValue.Asset(PropertyValue.ContentKind.Uri, "u", null)));
        Assert.IsType<FileArchive>(await ReadAsync<Archive>(new PropertyValue.Archive(PropertyValue.ContentKind.Path, "p", null, null)));
        Assert.IsType<RemoteArchive>(await ReadAsync<Archive>(new PropertyValue.Archive(PropertyValue.ContentKind.Uri, "u", null, null)));
        var assets = PropertyMap.Of(("f", new PropertyValue.Asset(PropertyValue.ContentKind.Text, "t", null)));
        Assert.IsType<AssetArchive>(
            await ReadAsync<Archive>(new PropertyValue.Archive(PropertyValue.ContentKind.Text, null, assets, null)));
    }

    [Fact]
    public async Task Secrets_AnywhereInside_MakeTheOutputSecret()
    {
        var output = await RegisterAsync<ImmutableDictionary<string, string>>(Object(("a", Secret("s")), ("b", "o")));

        Assert.True(await output.IsSecretAsync());
        Assert.Equal("s", (await output.ValueAsync())["a"]);
    }

    [Fact]
    public async Task Secrets_InOneOutput_DoNotMakeTheOthersSecret()
    {
        Engine.Answer("pair", Of(("first", Secret("a")), ("second", "b")));
        Pair? pair = null;

        await RunAsync(() => { pair = new Pair("pair"); });

        Assert.True(await pair!.First.IsSecretAsync());
        Assert.False(await pair.Second.IsSecretAsync());
        Assert.Equal("a", await pair.First.ValueAsync());
    }

    [Fact]
    public async Task Unknowns_AnywhereInside_MakeTheOutputUnknown()
    {
        Preview();

        var output = await RegisterAsync<ImmutableArray<string>>(List("a", PropertyValue.Unknown));

        Assert.False(await output.IsKnownAsync());
    }

    [Fact]
    public async Task References_ToATypeWithAClass_AreObjectsOfIt()
    {
        Engine.OnInvoke = request => new()
        {
            Return = Of(("urn", request.Args.Fields["urn"].StringValue), ("id", "id-1"), ("state", Object(("label", "found")))),
        };

        var referenced = await ReadAsync<Referenced>(
            new PropertyValue.Reference("urn:pulumi:dev::proj::test:index:Referenced::it", "id-1", "1.1.0"));

        Assert.Equal("found", await referenced.Label.ValueAsync());
        Assert.Equal("it", referenced.GetResourceName());
    }

    [Fact]
    public async Task References_ToATypeWithoutClass_StandForTheResource()
    {
        const string Urn = "urn:pulumi:dev::proj::other:index:Thing::it";

        var resource = await ReadAsync<Resource>(new PropertyValue.Reference(Urn, "id-1", ""));

        Assert.Equal(Urn, await resource.Urn.ValueAsync());
    }

    [Fact]
    public async Task Values_OfAnotherKind_AreDefaultsAndAWarning()
    {
        Assert.Null(await ReadAsync<string>(12));

        var warning = Assert.Single(Engine.Logs, log => log.Severity == Wire.LogSeverity.Warning);
        Assert.Contains("Box", warning.Message, StringComparison.Ordinal);
        Assert.Contains("value", warning.Message, StringComparison.Ordinal);
        Assert.Equal("urn:pulumi:dev::proj::test:index:Box::box", warning.Urn);
    }

    [Fact]
    public async Task Values_OfAnotherKindInACollection_LeaveTheRest()
    {
        Assert.Equal([1, 0, 3], await ReadAsync<ImmutableArray<int>>(List(1, "two", 3)));
        Assert.Single(Engine.Logs, log => log.Severity == Wire.LogSeverity.Warning);
    }

    [Fact]
    public async Task Numbers_WithAFractionAsInt_AreCutOff() => Assert.Equal(1, await ReadAsync<int>(1.9));

    [Fact]
    public async Task Properties_OfATypeThatAnOutputCannotHave_FailTheProgram()
    {
        var error = await FailAsync(() => { _ = new Box<DateTime>("box"); });

        Assert.Contains("System.DateTime", error, StringComparison.Ordinal);
        Assert.Contains("Value", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Properties_ThatAreNoOutputs_FailTheProgram()
    {
        var error = await FailAsync(() => { _ = new NoOutput("box"); });

        Assert.Contains("label", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    private async Task<T> ReadAsync<T>(PropertyValue value) => await (await RegisterAsync<T>(value)).ValueAsync();

    private async Task<Output<T>> RegisterAsync<T>(PropertyValue value)
    {
        Engine.Answer("box", Of(("value", value)));
        Box<T>? box = null;
        await RunAsync(() => { box = new Box<T>("box"); });
        return box!.Value;
    }

    [ResourceType("test:index:Referenced", "1.2.0")]
    public sealed class Referenced(string name, ResourceArgs? args, CustomResourceOptions? options)
        : CustomResource("test:index:Referenced", name, args, options)
    {
        [Output("label")]
        public Output<string> Label { get; private set; } = null!;
    }

    private sealed class Pair(string name) : CustomResource("test:index:Pair", name, ResourceArgs.Empty, options: null)
    {
        [Output("first")]
        public Output<string> First { get; private set; } = null!;

        [Output("second")]
        public Output<string> Second { get; private set; } = null!;
    }

    private sealed class NoOutput(string name) : CustomResource("test:index:NoOutput", name, ResourceArgs.Empty, options: null)
    {
        [Output("label")]
        public string Label { get; private set; } = "";
    }

    [OutputType]
    private sealed class Part
    {
        [OutputConstructor]
        private Part(string name, [OutputConstructorParameter("size-in-cm")] int size, Part? inner, ImmutableArray<Part> more)
        {
            Name = name;
            Size = size;
            Inner = inner;
            More = more;
        }

        public string Name { get; }

        public int Size { get; }

        public Part? Inner { get; }

        public ImmutableArray<Part> More { get; }
    }

    [OutputType]
    private sealed class Circle : IShape
    {
        [OutputConstructor]
        private Circle(int radius) => Radius = radius;

        public int Radius { get; }
    }

    [OutputType]
    private sealed class Square : IShape
    {
        [OutputConstructor]
        private Square(int side) => Side = side;

        public int Side { get; }
    }

    [EnumType]
    private readonly struct Color
    {
        private Color(string value) => Value = value;

        public string Value { get; }

        public static explicit operator string(Color color) => color.Value;
    }
}
