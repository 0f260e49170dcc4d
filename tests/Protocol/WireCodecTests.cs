using FogInfra.Embedded.Protocol.Values;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf.WellKnownTypes;

namespace FogInfra.Tests;

public sealed class WireCodecTests
{
    private static readonly PropertyValue Unknown = PropertyValue.Unknown;

    [Fact]
    public void RoundTrip_AnyValue_IsTheSame() => Prop
        .ForAll(Values(3).ToArbitrary(), value => value.Equals(WireCodec.FromValue(WireCodec.ToValue(value, WireOptions.KeepAll)!)))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void ToValue_Secret_WithoutKeepSecrets_IsPlain()
    {
        var wire = WireCodec.ToValue(new PropertyValue.Secret("hunter2"), WireOptions.Plain);

        Assert.Equal("hunter2", wire!.StringValue);
    }

    [Fact]
    public void ToStruct_Unknown_WithoutKeepUnknowns_IsLeftOut()
    {
        var wire = WireCodec.ToStruct(PropertyMap.Of(("known", "x"), ("unknown", Unknown)), WireOptions.Plain);

        Assert.Equal(["known"], wire.Fields.Keys);
    }

    [Fact]
    public void ToValue_UnknownInAList_KeepsItsPlace()
    {
        var wire = WireCodec.ToValue(PropertyValue.ListOf("a", Unknown, "b"), WireOptions.Plain);

        Assert.Equal([Value.ForString("a"), Value.ForNull(), Value.ForString("b")], wire!.ListValue.Values);
    }

    [Theory]
    [InlineData("id-1", "id-1")]
    [InlineData(null, "urn:pulumi:s::p::t::n")]
    public void ToValue_Reference_WithoutKeepReferences_IsIdOrUrn(string? id, string expected)
    {
        var wire = WireCodec.ToValue(new PropertyValue.Reference("urn:pulumi:s::p::t::n", id, ""), WireOptions.Plain);

        Assert.Equal(expected, wire!.StringValue);
    }

    [Theory]
    [InlineData(false, false, "x")]
    [InlineData(true, false, "secret")]
    [InlineData(false, true, "unknown")]
    [InlineData(true, true, "unknown")]
    public void ToValue_Output_WithoutKeepOutputs_IsReduced(bool secret, bool unknown, string expected)
    {
        var known = (PropertyValue)"x";
        var wire = WireCodec.ToValue(new PropertyValue.Output(unknown ? null : known, secret, ["urn"]), WireOptions.NoOutputs)!;

        Assert.Equal(
            expected switch { "secret" => new PropertyValue.Secret("x"), "unknown" => Unknown, _ => (PropertyValue)"x" },
            WireCodec.FromValue(wire));
    }

    [Theory]
    [InlineData("04da6b54-80e4-46f7-96ec-b56ff0331ba9")]
    [InlineData("1c4a061d-8072-4f0a-a4cb-0ff528b18fe7")]
    [InlineData("3eeb2bf0-c639-47a8-9e75-3b44932eb421")]
    [InlineData("6a19a0b0-7e62-4c92-b797-7f8e31da9cc2")]
    [InlineData("dd056dcd-154b-4c76-9bd3-c8f88648b5ff")]
    public void FromValue_AnyMarkOfTheUnknown_IsUnknown(string mark)
    {
        Assert.Same(Unknown, WireCodec.FromValue(Value.ForString(mark)));
    }

    [Fact]
    public void FromValue_ReferenceWithUnknownId_HasAnEmptyId()
    {
        var wire = Value.ForStruct(new Struct
        {
            Fields =
            {
                [Signatures.Key] = Value.ForString(Signatures.Reference),
                ["urn"] = Value.ForString("urn:pulumi:s::p::t::n"),
                ["id"] = Value.ForString(Signatures.Unknown),
            },
        });

        Assert.Equal(new PropertyValue.Reference("urn:pulumi:s::p::t::n", "", ""), WireCodec.FromValue(wire));
    }

    [Theory]
    [InlineData(Signatures.Secret)]
    [InlineData(Signatures.Reference)]
    [InlineData("ffffffffffffffffffffffffffffffff")]
    public void FromValue_MalformedMark_Throws(string signature)
    {
        var wire = Value.ForStruct(new Struct { Fields = { [Signatures.Key] = Value.ForString(signature) } });

        Assert.Throws<FormatException>(() => WireCodec.FromValue(wire));
    }

    [Fact]
    public void FromStruct_Null_IsEmpty()
    {
        Assert.Same(PropertyMap.Empty, WireCodec.FromStruct(null));
    }

    private static Gen<PropertyValue> Values(int depth)
    {
        var leaf = Gen.OneOf(
            Gen.Constant(PropertyValue.Null),
            Gen.Constant(Unknown),
            ArbMap.Default.GeneratorFor<bool>().Select(value => (PropertyValue)value),
            ArbMap.Default.GeneratorFor<int>().Select(value => (PropertyValue)(value / 4.0)),
            ArbMap.Default.GeneratorFor<NonNull<string>>().Select(value => (PropertyValue)value.Get),
            Gen.Constant<PropertyValue>(new PropertyValue.Asset(PropertyValue.ContentKind.Text, "text", "hash")),
            Gen.Constant<PropertyValue>(new PropertyValue.Asset(PropertyValue.ContentKind.Path, "a/b", null)),
            Gen.Constant<PropertyValue>(new PropertyValue.Archive(PropertyValue.ContentKind.Uri, "http://x/y.zip", null, "hash")),
            Gen.Constant<PropertyValue>(new PropertyValue.Reference("urn:pulumi:s::p::t::n", "", "1.2.3")),
            Gen.Constant<PropertyValue>(new PropertyValue.Reference("urn:pulumi:s::p::t::n", null, "")));
        if (depth == 0)
        {
            return leaf;
        }

        var inner = Values(depth - 1);
        return Gen.OneOf(
            leaf,
            Gen.ListOf(inner).Select(items => PropertyValue.ListOf(items)),
            Maps(inner).Select(map => (PropertyValue)map),
            inner.Select(value => (PropertyValue)new PropertyValue.Secret(value)),
            inner.Select(value => (PropertyValue)new PropertyValue.Output(value, true, ["urn:a", "urn:b"])),
            Gen.Constant<PropertyValue>(new PropertyValue.Output(null, false, [])),
            Maps(Gen.Constant<PropertyValue>(new PropertyValue.Asset(PropertyValue.ContentKind.Text, "x", null)))
                .Select(assets => (PropertyValue)new PropertyValue.Archive(PropertyValue.ContentKind.Text, null, assets, null)));
    }

    private static Gen<PropertyMap> Maps(Gen<PropertyValue> values) =>
        Gen.ListOf(Gen.Elements("a", "b", "c", "d e", "ü").Zip(values)).Select(pairs => PropertyMap.Of(pairs));
}
