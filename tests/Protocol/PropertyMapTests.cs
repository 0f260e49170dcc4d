using FogInfra.Embedded.Protocol.Values;
using FsCheck;
using FsCheck.Fluent;

namespace FogInfra.Tests;

public sealed class PropertyMapTests
{
    // Few values are searched one by one, many by their hash.
    public static TheoryData<int> Sizes => [0, 1, 8, 9, 40];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void ValuesAreFoundByTheirNames(int size)
    {
        var map = Numbered(size);

        Assert.Equal(size, map.Count);
        Assert.Equal(Enumerable.Range(0, size).Select(number => $"name{number}"), map.Names);
        Assert.All(Enumerable.Range(0, size), number =>
        {
            Assert.Equal(number, map[$"name{number}"]);
            Assert.True(map.TryGetValue($"name{number}", out var found) && found.Equals(map[$"name{number}"]));
            Assert.True(map.Contains($"name{number}"));
        });
        Assert.Null(map["other"]);
        Assert.False(map.TryGetValue("other", out _));
        Assert.False(map.Contains("NAME0"));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void OfTwoWithOneName_TheLaterCounts_InTheFirstOnesPlace(int size)
    {
        var twice = new PropertyMap([.. Numbered(size), .. Numbered(size).Select(value => value.AsSecret())]);

        Assert.Equal(Numbered(size).Names, twice.Names);
        Assert.All(twice.Values, value => Assert.IsType<PropertyValue.Secret>(value));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void With_AddsAndReplaces_AndLeavesTheOldMapAlone(int size)
    {
        var map = Numbered(size);
        var changed = map.With("name0", "changed").With(PropertyMap.Of(("new", "x")));

        Assert.Equal(Math.Max(size, 1) + 1, changed.Count);
        Assert.Equal("changed", changed["name0"]);
        Assert.Equal("x", changed["new"]);
        Assert.Equal(map, changed.Without("name0", "new").With(map));
        Assert.Equal(Numbered(size), map);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Select_ThatChangesNothing_GivesTheSameMap(int size)
    {
        PropertyValue nested = PropertyMap.Of(("list", PropertyValue.ListOf(Numbered(size), new PropertyValue.Secret("x"))));
        var map = Numbered(size).With("nested", nested);

        Assert.Same(map, map.Select(value => value));
        Assert.Same(nested, nested.SelectItems(item => item.SelectItems(inner => inner)));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Select_ThatChangesTheLast_KeepsTheOthers(int size)
    {
        var map = Numbered(size).With("last", "x");
        var changed = map.Select(value => value is PropertyValue.Text ? "y" : value);

        Assert.Equal("y", changed["last"]);
        Assert.Equal("x", map["last"]);
        Assert.Equal(map.Without("last"), changed.Without("last"));
        Assert.Equal(map.Names, changed.Names);
    }

    [Fact]
    public void SelectItems_ReplacesInListsObjectsAndSecrets()
    {
        static PropertyValue Louder(PropertyValue value) => value is PropertyValue.Text text ? text.Value.ToUpperInvariant() : value.SelectItems(Louder);
        PropertyValue before = PropertyMap.Of(("list", PropertyValue.ListOf("a", 1)), ("secret", new PropertyValue.Secret("b")), ("kept", true));

        Assert.Equal(
            PropertyMap.Of(("list", PropertyValue.ListOf("A", 1)), ("secret", new PropertyValue.Secret("B")), ("kept", true)), Louder(before));
    }

    [Fact]
    public void Names_AreShared()
    {
        var names = new PropertyNames();
        var (first, second) = (new string(['a', 'b']), new string(['a', 'b']));

        Assert.Same(first, names.Share(first));
        Assert.Same(first, names.Share(second));
        Assert.Same(first, names.Share("xab".AsSpan(1)));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void SharedWith_EqualMap_IsTheOther(int size)
    {
        var (map, other) = (Numbered(size), Numbered(size));

        Assert.Same(other, map.SharedWith(other));
    }

    [Fact]
    public void SharedWith_MapWithOneChange_HasTheRestOfTheOther()
    {
        static PropertyMap Of(string image) => PropertyMap.Of(
            ("same", PropertyMap.Of(("a", 1), ("b", PropertyValue.ListOf("x")))),
            ("other", PropertyMap.Of(("image", image), ("env", PropertyValue.ListOf("y")))),
            ("own", image));
        var (map, known) = (Of("v2"), Of("v1"));

        var shared = map.SharedWith(known);

        Assert.Equal(map, shared);
        Assert.Same(known["same"], shared["same"]);
        Assert.Same(known.GetMap("other")!["env"], shared.GetMap("other")!["env"]);
        Assert.Equal("v1", known["own"]);
    }

    [Fact]
    public void SharedWith_AnyOther_IsEqual() => Prop
        .ForAll(Maps.Two().ToArbitrary(), two => two.Item1.SharedWith(two.Item2).Equals(two.Item1))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void InOrderOfNames_AnyMap_IsSorted() => Prop
        .ForAll(Maps.ToArbitrary(), map =>
            map.InOrderOfNames().Select(pair => pair.Key).SequenceEqual(map.Names.Order(StringComparer.Ordinal))
            && map.InOrderOfNames().All(pair => pair.Value.Equals(map[pair.Key])))
        .QuickCheckThrowOnFailure();

    // Of few names and values, so that two of them have much in common.
    private static Gen<PropertyMap> Maps => Gen.Choose(0, 40).ListOf().Select(numbers => PropertyMap.Of(numbers.Select(number =>
        ($"name{number % 12}", number % 3 == 0 ? (PropertyValue)PropertyMap.Of(("inner", number % 5)) : number))));

    private static PropertyMap Numbered(int size) =>
        new(Enumerable.Range(0, size).Select(number => KeyValuePair.Create($"name{number}", (PropertyValue)number)));
}
