using System.Text.Json;
using Pulumi;

namespace FogInfra.Tests;

public sealed class UnionTests
{
    private static readonly Union<int, string> Number = 1;
    private static readonly Union<int, string> Text = "a";

    [Fact]
    public void Conversions_EitherType_TellWhichItIs()
    {
        Assert.True(Number.IsT0);
        Assert.False(Number.IsT1);
        Assert.Equal(1, Number.AsT0);
        Assert.Equal(1, Number.Value);
        Assert.True(Text.IsT1);
        Assert.Equal("a", Text.AsT1);
        Assert.Equal("a", Text.Value);
    }

    [Fact]
    public void As_TheOtherType_Fails()
    {
        Assert.Throws<InvalidOperationException>(() => Number.AsT1);
        Assert.Throws<InvalidOperationException>(() => Text.AsT0);
    }

    [Fact]
    public void Match_EitherType_RunsItsFunction()
    {
        Assert.Equal("1", Number.Match(number => $"{number}", text => text));
        Assert.Equal("a", Text.Match(number => $"{number}", text => text));
    }

    [Fact]
    public void Switch_EitherType_RunsItsAction()
    {
        var seen = new List<object>();

        Number.Switch(number => seen.Add(number), text => seen.Add(text));
        Text.Switch(number => seen.Add(number), text => seen.Add(text));

        Assert.Equal([1, "a"], seen);
    }

    [Fact]
    public void Map_EitherType_ReplacesOnlyThatType()
    {
        Assert.Equal(2.5, Number.MapT0(number => number + 1.5).AsT0);
        Assert.Equal("a", Text.MapT0(number => number + 1.5).AsT1);
        Assert.Equal('a', Text.MapT1(text => text[0]).AsT1);
        Assert.Equal(2.5, Number.Bimap(number => number + 1.5, text => text[0]).AsT0);
        Assert.Equal('a', Text.Bimap(number => number + 1.5, text => text[0]).AsT1);
    }

    [Fact]
    public void TryPick_EitherType_GivesValueOrRemainder()
    {
        Assert.True(Number.TryPickT0(out var number, out _));
        Assert.Equal(1, number);
        Assert.False(Text.TryPickT0(out _, out var remainder));
        Assert.Equal("a", remainder);
        Assert.True(Text.TryPickT1(out var text, out _));
        Assert.Equal("a", text);
    }

    [Fact]
    public void Equality_TypeAndValue_BothCount()
    {
        Assert.Equal(Number, Union<int, string>.FromT0(1));
        Assert.True(Text == "a");
        Assert.True(Number != Text);
        Assert.NotEqual(Union<int, int>.FromT0(1), Union<int, int>.FromT1(1));
        Assert.Equal(Number.GetHashCode(), Union<int, string>.FromT0(1).GetHashCode());
    }

    [Fact]
    public void ToString_EitherType_NamesTypeAndValue()
    {
        Assert.Equal("System.Int32: 1", Number.ToString());
        Assert.Equal("System.String: a", Text.ToString());
    }

    [Fact]
    public async Task InputUnion_EachForm_HasTheCase()
    {
        Assert.Equal(1, (await ValueOf(1)).AsT0);
        Assert.Equal("a", (await ValueOf("a")).AsT1);
        Assert.Equal("a", (await ValueOf(Text)).AsT1);
        Assert.Equal(1, (await ValueOf(Output.Create(1))).AsT0);
        Assert.Equal("a", (await ValueOf(Output.Create("a"))).AsT1);
        Assert.Equal("a", (await ValueOf(Output.Create(Text))).AsT1);
        Assert.Equal(1, (await ValueOf((Input<int>)1)).AsT0);
        Assert.Equal("a", (await ValueOf((Input<string>)"a")).AsT1);
    }

    [Fact]
    public async Task Extensions_OfOutputsOfUnions_LookIntoThem()
    {
        var number = Output.Create(Number);
        var text = Output.Create(Text);

        Assert.True(await number.IsT0().ValueAsync());
        Assert.True(await text.IsT1().ValueAsync());
        Assert.Equal(1, await number.AsT0().ValueAsync());
        Assert.Equal("a", await text.AsT1().ValueAsync());
        Assert.Equal("a", await text.Value().ValueAsync());
    }

    [Fact]
    public async Task InputJson_EachForm_HasTheValue()
    {
        using var document = JsonDocument.Parse("[1]");

        Assert.Equal(1, await LengthOf("[1]"));
        Assert.Equal(1, await LengthOf(document));
        Assert.Equal(1, await LengthOf(document.RootElement));
        Assert.Equal(1, await LengthOf(Output.Create("[1]")));
        Assert.Equal(1, await LengthOf(Output.Create(document)));
        Assert.Equal(1, await LengthOf(Output.Create(document.RootElement)));
    }

    private static Task<Union<int, string>> ValueOf(InputUnion<int, string> input) => input.ToOutput().ValueAsync();

    private static async Task<int> LengthOf(InputJson input) => (await input.ToOutput().ValueAsync()).GetArrayLength();
}
