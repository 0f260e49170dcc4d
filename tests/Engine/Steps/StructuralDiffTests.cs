using FogInfra.Embedded.Engine.Steps;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;

namespace FogInfra.Engine.Tests.Steps;

public sealed class StructuralDiffTests
{
    [Fact]
    public void Compare_EqualValues_FindsNothing()
    {
        var map = PropertyMap.Of(("a", 1d), ("b", PropertyMap.Of(("c", "x"))));
        Assert.False(StructuralDiff.Compare(map, map.With("a", 1d)).HasChanges);
    }

    [Fact]
    public void Compare_SecretOnOneSideOnly_FindsNothing() => Assert.False(StructuralDiff.Compare(
        PropertyMap.Of(("a", "x")), PropertyMap.Of(("a", new PropertyValue.Secret("x")))).HasChanges);

    [Fact]
    public void Compare_Differences_AreToldByPath()
    {
        var diff = StructuralDiff.Compare(
            PropertyMap.Of(("gone", 1d), ("list", PropertyValue.ListOf(1d, 2d)), ("map", PropertyMap.Of(("x.y", "old"), ("same", "s")))),
            PropertyMap.Of(("added", 1d), ("list", PropertyValue.ListOf(1d, 3d, 4d)), ("map", PropertyMap.Of(("x.y", "new"), ("same", "s")))));
        Assert.Equal(
            new Dictionary<string, PropertyDiff>
            {
                ["added"] = new(PropertyDiffKind.Add, true),
                ["gone"] = new(PropertyDiffKind.Delete, true),
                ["list[1]"] = new(PropertyDiffKind.Update, true),
                ["list[2]"] = new(PropertyDiffKind.Add, true),
                ["map[\"x.y\"]"] = new(PropertyDiffKind.Update, true),
            },
            diff.Detailed);
        Assert.Equal(["added", "gone", "list", "map"], diff.ChangedKeys.Order());
    }

    [Fact]
    public void Compare_UnknownValue_IsAChange() => Assert.True(StructuralDiff.Compare(
        PropertyMap.Of(("a", "x")), PropertyMap.Of(("a", PropertyValue.Unknown))).HasChanges);
}
