using System.Collections.Immutable;
using FogInfra.Embedded.Engine.Values;
using FogInfra.Embedded.Protocol.Values;
using FogInfra.Embedded.Provider;

namespace FogInfra.Embedded.Engine.Steps;

/// <summary>Compares values by their structure. Whether something is secret makes no difference.</summary>
internal static class StructuralDiff
{
    /// <summary>How two sets of inputs differ.</summary>
    public static ResourceDiff Compare(PropertyMap before, PropertyMap after)
    {
        var detailed = ImmutableSortedDictionary.CreateBuilder<string, PropertyDiff>(StringComparer.Ordinal);
        CompareMaps(Reveal(before), Reveal(after), [], detailed);
        if (detailed.Count == 0)
        {
            return ResourceDiff.None;
        }

        return new ResourceDiff
        {
            HasChanges = true,
            ChangedKeys = [.. detailed.Keys.Select(TopLevel).Distinct()],
            Detailed = detailed.ToImmutable(),
        };
    }

    /// <summary>Whether two sets of values are equal, secrets compared by what they hold.</summary>
    public static bool AreEqual(PropertyMap before, PropertyMap after) => Reveal(before).Equals(Reveal(after));

    private static PropertyMap Reveal(PropertyMap map) => map.Select(value => value.Reveal());

    private static string TopLevel(string path) => PropertyPath.TryParse(path)?.Elements[0].Name ?? path;

    private static void CompareMaps(
        PropertyMap before, PropertyMap after, ImmutableArray<PropertyPath.Element> path, ImmutableSortedDictionary<string, PropertyDiff>.Builder found)
    {
        foreach (var name in before.Names.Union(after.Names))
        {
            CompareValues(before[name], after[name], path.Add(PropertyPath.Element.Of(name)), found);
        }
    }

    private static void CompareValues(
        PropertyValue? before, PropertyValue? after, ImmutableArray<PropertyPath.Element> path, ImmutableSortedDictionary<string, PropertyDiff>.Builder found)
    {
        switch (before, after)
        {
            case (PropertyValue.Map old, PropertyValue.Map now):
                CompareMaps(old.Properties, now.Properties, path, found);
                return;
            case (PropertyValue.List old, PropertyValue.List now):
                for (var index = 0; index < Math.Max(old.Items.Length, now.Items.Length); index++)
                {
                    CompareValues(
                        index < old.Items.Length ? old.Items[index] : null,
                        index < now.Items.Length ? now.Items[index] : null,
                        path.Add(PropertyPath.Element.At(index)),
                        found);
                }

                return;
            default:
                if (!Equals(before, after))
                {
                    var kind = before is null ? PropertyDiffKind.Add : after is null ? PropertyDiffKind.Delete : PropertyDiffKind.Update;
                    found[PropertyPath.Of(path).ToString()] = new PropertyDiff(kind, InputDiff: true);
                }

                return;
        }
    }
}
