using System.Collections.Immutable;
using Pulumi;
using static FogInfra.Tests.OutputReading;

namespace FogInfra.Tests;

public sealed class InputMapTests
{
    [Fact]
    public async Task Initializer_EitherForm_HasTheValues()
    {
        InputMap<string> added = new() { { "a", "1" }, { "b", Output.Create("2") } };
        InputMap<string> indexed = new() { ["a"] = "1", ["b"] = Output.Create("2") };

        await AssertHasAsync(added, ("a", "1"), ("b", "2"));
        await AssertHasAsync(indexed, ("a", "1"), ("b", "2"));
    }

    [Fact]
    public async Task Assign_EachForm_HasTheValues()
    {
        var dictionary = new Dictionary<string, string> { ["a"] = "1" };

        await AssertHasAsync(dictionary, ("a", "1"));
        await AssertHasAsync(dictionary.ToImmutableDictionary(), ("a", "1"));
        await AssertHasAsync(Output.Create(dictionary), ("a", "1"));
        await AssertHasAsync(Output.Create<IDictionary<string, string>>(dictionary), ("a", "1"));
        await AssertHasAsync(Output.Create(dictionary.ToImmutableDictionary()), ("a", "1"));
    }

    [Fact]
    public async Task Add_AKeyWithAnEqualValue_KeepsIt()
    {
        InputMap<string> map = new() { { "a", "1" } };

        map.Add("a", Output.Create("1"));

        await AssertHasAsync(map, ("a", "1"));
    }

    [Fact]
    public async Task Add_AKeyWithAnotherValue_Fails()
    {
        InputMap<string> map = new() { { "a", "1" } };

        map.Add("a", "2");

        Assert.Contains(
            "'a'", (await Assert.ThrowsAsync<ArgumentException>(() => map.ToOutput().ValueAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddRange_OtherKeys_HasBoth()
    {
        InputMap<string> map = new() { { "a", "1" } };

        map.AddRange(new InputMap<string> { { "b", "2" } });
        map.Add(new InputMap<string> { { "c", "3" } });

        await AssertHasAsync(map, ("a", "1"), ("b", "2"), ("c", "3"));
    }

    [Fact]
    public async Task AddRange_AKeyThatIsThere_Fails()
    {
        InputMap<string> map = new() { { "a", "1" } };

        map.AddRange(new InputMap<string> { { "a", "2" } });

        await Assert.ThrowsAsync<ArgumentException>(() => map.ToOutput().ValueAsync());
    }

    [Fact]
    public async Task Merge_AKeyInBoth_HasTheSecondAndLeavesBothAsTheyAre()
    {
        InputMap<string> first = new() { { "a", "1" }, { "b", "2" } };
        InputMap<string> second = new() { { "b", "3" } };

        var merged = InputMap<string>.Merge(first, second);

        await AssertHasAsync(merged, ("a", "1"), ("b", "3"));
        await AssertHasAsync(first, ("a", "1"), ("b", "2"));
        await AssertHasAsync(second, ("b", "3"));
    }

    [Fact]
    public async Task ToOutput_AValueIsSecretAndOneUnknown_IsBoth()
    {
        InputMap<string> map = new() { { "a", Output.CreateSecret("1") }, { "b", Unknown("2") } };

        Assert.True(await map.ToOutput().IsSecretAsync());
        Assert.False(await map.ToOutput().IsKnownAsync());
    }

    [Fact]
    public void Enumerating_WithForeach_IsNotSupported()
    {
        InputMap<string> map = new() { { "a", "1" } };

        Assert.Throws<NotSupportedException>(() =>
        {
            foreach (var _ in map)
            {
                Assert.Fail("There is nothing to enumerate.");
            }
        });
    }

    [Fact]
    public async Task Enumerating_WithAwait_GivesTheValues()
    {
        InputMap<string> map = new() { { "a", "1" } };
        var pairs = new List<KeyValuePair<string, string>>();

        await foreach (var pair in map)
        {
            pairs.Add(await pair.ToOutput().ValueAsync());
        }

        Assert.Equal([KeyValuePair.Create("a", "1")], pairs);
    }

    [Fact]
    public async Task Add_OfEitherTypeToAMapOfUnions_Works()
    {
        InputMap<Union<int, string>> map = new();

        InputMapExtensions.Add(map, "a", (Input<int>)1);
        InputMapExtensions.Add(map, "b", (Input<string>)"2");

        var values = await map.ToOutput().ValueAsync();
        Assert.Equal(1, values["a"].AsT0);
        Assert.Equal("2", values["b"].AsT1);
    }

    private static async Task AssertHasAsync(InputMap<string> map, params (string Key, string Value)[] expected) =>
        Assert.Equal(expected.ToImmutableDictionary(pair => pair.Key, pair => pair.Value), await map.ToOutput().ValueAsync());
}
