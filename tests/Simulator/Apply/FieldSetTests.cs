using FogInfra.Embedded.Simulator.Apply;
using FogInfra.Embedded.Simulator.Values;
using FsCheck;
using FsCheck.Fluent;

namespace FogInfra.Tests.Apply;

public sealed class FieldSetTests
{
    private static readonly string[] Elements = ["f:a", "f:b", "k:{\"name\":\"x\"}", "v:1"];

    private static Gen<FieldSet> Sets { get; } = Gen.Sized(size => Tree(Math.Min(size, 3)));

    [Fact]
    public void Union_HasTheFieldsOfBoth() =>
        Check((left, right) => SameFields(left.Union(right), Paths(left).Union(Paths(right))));

    [Fact]
    public void Intersect_HasTheFieldsThatBothHave() =>
        Check((left, right) => SameFields(left.Intersect(right), Paths(left).Intersect(Paths(right))));

    [Fact]
    public void Except_HasTheFieldsThatTheOtherLacks() =>
        Check((left, right) => SameFields(left.Except(right), Paths(left).Except(Paths(right))));

    [Fact]
    public void SetEquals_IsEqualityOfFields() =>
        Check((left, right) => left.SetEquals(right) == Paths(left).ToHashSet().SetEquals(Paths(right)));

    [Fact]
    public void Json_IsReadBackAsItWasWritten() =>
        Check((set, _) => set.IsEmpty || FieldSetJson.Read(JsonReading.Parse(FieldSetJson.Write(set).ToString()))!.SetEquals(set));

    [Fact]
    public void Write_IsInTheFormOfKubernetes()
    {
        var set = FieldSet.OfPath("f:metadata", "f:labels").Union(FieldSet.OfPath("f:metadata", "f:labels", "f:app")).Union(FieldSet.OfPath("f:spec", "f:replicas"));

        Assert.Equal("""{"f:metadata":{"f:labels":{".":{},"f:app":{}}},"f:spec":{"f:replicas":{}}}""", FieldSetJson.Write(set).ToString());
    }

    [Theory]
    [InlineData("""{"spec":{}}""")]
    [InlineData("""{"f:spec":1}""")]
    [InlineData("[]")]
    public void Read_AnotherForm_IsRefused(string json) => Assert.Null(FieldSetJson.Read(JsonReading.Parse(json)));

    [Fact]
    public void ToText_SpellsAPathAsMessagesDo() => Assert.Equal(
        ".spec.ports[port=80,protocol=\"TCP\"].name[=\"x\"]",
        PathElements.ToText(["f:spec", "f:ports", "k:{\"port\":80,\"protocol\":\"TCP\"}", "f:name", "v:\"x\""]));

    private static void Check(Func<FieldSet, FieldSet, bool> property) =>
        Prop.ForAll(Gen.Two(Sets).ToArbitrary(), pair => property(pair.Item1, pair.Item2)).Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true));

    private static Gen<FieldSet> Tree(int depth) =>
        from isMember in Gen.Elements(true, false)
        from children in depth == 0 ? Gen.Constant(Array.Empty<FieldSet>()) : Tree(depth - 1).ArrayOf(2)
        from first in Gen.Choose(0, 2)
        select FieldSet.Of(isMember, children.Select((child, index) => KeyValuePair.Create(Elements[first + index], child)));

    private static IEnumerable<string> Paths(FieldSet set) => set.Paths().Select(path => string.Join('/', path));

    private static bool SameFields(FieldSet set, IEnumerable<string> paths) => Paths(set).ToHashSet().SetEquals(paths);
}
