using System.Collections.Immutable;
using Pulumi;
using static FogInfra.Tests.OutputReading;

namespace FogInfra.Tests;

public sealed class InputListTests
{
    [Fact]
    public async Task Initializer_ValuesAndOutputs_KeepsTheirOrder()
    {
        InputList<string> list = new() { "a", Output.Create("b"), (Input<string>)"c" };

        Assert.Equal(["a", "b", "c"], await list.ToOutput().ValueAsync());
    }

    [Fact]
    public async Task Initializer_OfAProperty_AddsToIt()
    {
        var options = new CustomResourceOptions { Version = "1.0.0" };
        var holder = new Holder { Names = { "a", "b" } };

        holder.Names.Add("c", "d");
        holder.Names.AddRange(new[] { "e" });

        Assert.Equal(["a", "b", "c", "d", "e"], await holder.Names.ToOutput().ValueAsync());
        Assert.Empty(await options.DependsOn.ToOutput().ValueAsync());
    }

    [Fact]
    public async Task Assign_EachForm_GivesItsItems()
    {
        Assert.Equal(["a"], await ValuesOf("a"));
        Assert.Equal(["a"], await ValuesOf(Output.Create("a")));
        Assert.Equal(["a"], await ValuesOf((Input<string>)"a"));
        Assert.Equal(["a", "b"], await ValuesOf(new[] { "a", "b" }));
        Assert.Equal(["a", "b"], await ValuesOf(new[] { Output.Create("a"), Output.Create("b") }));
        Assert.Equal(["a", "b"], await ValuesOf(new Input<string>[] { "a", "b" }));
        Assert.Equal(["a", "b"], await ValuesOf(new List<string> { "a", "b" }));
        Assert.Equal(["a", "b"], await ValuesOf(new List<Output<string>> { Output.Create("a"), Output.Create("b") }));
        Assert.Equal(["a", "b"], await ValuesOf(new List<Input<string>> { "a", "b" }));
        Assert.Equal(["a", "b"], await ValuesOf(ImmutableArray.Create("a", "b")));
        Assert.Equal(["a", "b"], await ValuesOf(ImmutableArray.Create(Output.Create("a"), Output.Create("b"))));
        Assert.Equal(["a", "b"], await ValuesOf(ImmutableArray.Create<Input<string>>("a", "b")));
        Assert.Equal(["a", "b"], await ValuesOf(Output.Create(new[] { "a", "b" })));
        Assert.Equal(["a", "b"], await ValuesOf(Output.Create(new List<string> { "a", "b" })));
        Assert.Equal(["a", "b"], await ValuesOf(Output.Create<IEnumerable<string>>(["a", "b"])));
        Assert.Equal(["a", "b"], await ValuesOf(Output.Create(ImmutableArray.Create("a", "b"))));
    }

    [Fact]
    public async Task Concat_TwoLists_LeavesBothAsTheyAre()
    {
        InputList<int> first = new() { 1 };
        InputList<int> second = new() { 2 };

        var both = first.Concat(second);
        first.Add(3);

        Assert.Equal([1, 2], await both.ToOutput().ValueAsync());
        Assert.Equal([1, 3], await first.ToOutput().ValueAsync());
        Assert.Equal([2], await second.ToOutput().ValueAsync());
    }

    [Fact]
    public async Task Add_AnotherList_TakesItsItemsOfThatMoment()
    {
        InputList<int> first = new() { 1 };
        InputList<int> second = new() { 2 };

        first.Add(second);
        second.Add(9);

        Assert.Equal([1, 2], await first.ToOutput().ValueAsync());
    }

    [Fact]
    public async Task ToOutput_ReadBeforeAnAdd_IsNotChangedByIt()
    {
        InputList<int> list = new() { 1 };
        var before = list.ToOutput();

        list.Add(2);

        Assert.Equal([1], await before.ValueAsync());
        Assert.Equal([1, 2], await list.ToOutput().ValueAsync());
    }

    [Fact]
    public async Task ToOutput_AnItemIsSecretAndOneUnknown_IsBoth()
    {
        InputList<string> list = new() { "a", Output.CreateSecret("b"), Unknown("c") };

        Assert.True(await list.ToOutput().IsSecretAsync());
        Assert.False(await list.ToOutput().IsKnownAsync());
    }

    [Fact]
    public async Task ToOutput_OfADefaultArray_HasIt()
    {
        InputList<string> list = default(ImmutableArray<string>);

        Assert.True((await list.ToOutput().ValueAsync()).IsDefault);
    }

    [Fact]
    public void Enumerating_WithForeach_IsNotSupported()
    {
        InputList<string> list = new() { "a" };

        Assert.Throws<NotSupportedException>(() =>
        {
            foreach (var _ in list)
            {
                Assert.Fail("There is nothing to enumerate.");
            }
        });
    }

    [Fact]
    public async Task Enumerating_WithAwait_GivesTheItemsOrNoneWhileUnknown()
    {
        InputList<string> known = new() { "a", Output.Create("b") };
        InputList<string> unknown = Unknown(ImmutableArray.Create("c"));

        Assert.Equal(["a", "b"], await CollectAsync(known));
        Assert.Empty(await CollectAsync(unknown));
    }

    [Fact]
    public async Task Add_OfEitherTypeToAListOfUnions_Works()
    {
        InputList<Union<int, string>> list = new();

        InputListExtensions.Add(list, (Input<int>)1);
        InputListExtensions.Add(list, (Input<string>)"b");

        Assert.Equal([Union<int, string>.FromT0(1), Union<int, string>.FromT1("b")], await list.ToOutput().ValueAsync());
    }

    private static async Task<ImmutableArray<string>> ValuesOf(InputList<string> list) => await list.ToOutput().ValueAsync();

    private static async Task<List<string>> CollectAsync(InputList<string> list)
    {
        var items = new List<string>();
        await foreach (var item in list)
        {
            items.Add(await item.ToOutput().ValueAsync());
        }

        return items;
    }

    private sealed class Holder
    {
        public InputList<string> Names { get; } = new();
    }
}
