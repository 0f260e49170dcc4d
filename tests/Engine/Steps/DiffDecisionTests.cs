using System.Collections.Immutable;
using FogInfra.Embedded.Engine.Steps;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;

namespace FogInfra.Engine.Tests.Steps;

public sealed class DiffDecisionTests
{
    private static readonly PropertyMap Before = PropertyMap.Of(("a", 1d), ("b", 1d));
    private static readonly PropertyMap After = PropertyMap.Of(("a", 2d), ("b", 1d));

    private static ImmutableSortedDictionary<string, PropertyDiff> Detail(string path, PropertyDiffKind kind) =>
        ImmutableSortedDictionary<string, PropertyDiff>.Empty.Add(path, new PropertyDiff(kind));

    [Fact]
    public void FromProvider_Unknown_ComparesInputs()
    {
        var diff = DiffDecision.FromProvider(new DiffResult { Changes = DiffChanges.Unknown }, Before, After, []);
        Assert.True(diff.HasChanges);
        Assert.Equal(["a"], diff.ChangedKeys);
        Assert.False(diff.IsReplace);
    }

    [Fact]
    public void FromProvider_UnknownWithIgnoredPath_FindsNothing() =>
        Assert.False(DiffDecision.FromProvider(new DiffResult { Changes = DiffChanges.Unknown }, Before, After, ["a"]).HasChanges);

    [Fact]
    public void FromProvider_NoneWithReplaces_IsNoReplacement() =>
        Assert.False(DiffDecision.FromProvider(new DiffResult { Changes = DiffChanges.None, Replaces = ["a"] }, Before, After, []).IsReplace);

    [Theory]
    [InlineData(PropertyDiffKind.UpdateReplace, true)]
    [InlineData(PropertyDiffKind.AddReplace, true)]
    [InlineData(PropertyDiffKind.DeleteReplace, true)]
    [InlineData(PropertyDiffKind.Update, false)]
    public void FromProvider_DetailedDiff_ReplacesForKindsThatSaySo(PropertyDiffKind kind, bool replaces) => Assert.Equal(
        replaces,
        DiffDecision.FromProvider(new DiffResult { Changes = DiffChanges.Some, DetailedDiff = Detail("a", kind) }, Before, After, []).IsReplace);

    [Theory]
    [InlineData("a", true)]
    [InlineData("*", true)]
    [InlineData("b", false)]
    public void WithReplaceOnChanges_PathOfAChangedProperty_Replaces(string path, bool replaces)
    {
        var diff = DiffDecision.FromProvider(new DiffResult { Changes = DiffChanges.Unknown }, Before, After, []);
        Assert.Equal(replaces, DiffDecision.WithReplaceOnChanges(diff, [path], hasInitErrors: false).IsReplace);
    }

    [Fact]
    public void WithReplaceOnChanges_ProviderDoesNotSayWhatChanges_InputsAreCompared()
    {
        var diff = DiffDecision.FromProvider(new DiffResult { Changes = DiffChanges.Some }, Before, After, []);
        Assert.True(DiffDecision.WithReplaceOnChanges(diff, ["a"], false, () => StructuralDiff.Compare(Before, After)).IsReplace);
        Assert.False(DiffDecision.WithReplaceOnChanges(diff, ["b"], false, () => StructuralDiff.Compare(Before, After)).IsReplace);
        Assert.False(DiffDecision.WithReplaceOnChanges(diff, ["a"], false).IsReplace);
    }

    [Fact]
    public void WithReplaceOnChanges_InitErrors_ReplaceOnlyWhenAskedFor()
    {
        Assert.True(DiffDecision.WithReplaceOnChanges(ResourceDiff.None, ["#initerror"], hasInitErrors: true).IsReplace);
        Assert.False(DiffDecision.WithReplaceOnChanges(ResourceDiff.None, ["a"], hasInitErrors: true).IsReplace);
        Assert.False(DiffDecision.WithReplaceOnChanges(ResourceDiff.None, ["#initerror"], hasInitErrors: false).IsReplace);
    }

    public static TheoryData<PropertyValue?, PropertyValue?, bool> Triggers => new()
    {
        { null, "x", false },
        { "x", null, false },
        { "x", PropertyValue.Null, false },
        { "x", "x", false },
        { "x", new PropertyValue.Secret("x"), false },
        { "x", "y", true },
        { "x", PropertyValue.Unknown, true },
    };

    [Theory]
    [MemberData(nameof(Triggers))]
    public void TriggerReplaces_ByValue(PropertyValue? before, PropertyValue? after, bool expected) =>
        Assert.Equal(expected, DiffDecision.TriggerReplaces(before, after));
}
