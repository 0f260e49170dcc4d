using System.Collections.Immutable;
using System.Globalization;

namespace FogInfra.Model.Documents;

/// <summary>Reads the rings of a fleet document, and their checks.</summary>
internal static class RingsReader
{
    private static readonly string[] ComparisonFields = [.. ComparisonNames.All.Select(ComparisonNames.Name)];

    public static ImmutableArray<Ring> Read(YamlMap root)
    {
        if (!root.Has("rings"))
        {
            root.FaultHere("The field 'rings' is missing.");
            return [];
        }

        var rings = root.Maps("rings").Select(ReadRing).ToImmutableArray();
        if (rings.IsEmpty && root.IsList("rings"))
        {
            root.Fault("rings", "There is no ring; expected at least one.");
        }

        for (var index = 0; index < rings.Length; index++)
        {
            if (rings[index].Name.Length > 0 && rings[..index].Any(ring => ring.Name == rings[index].Name))
            {
                root.FaultItem("rings", index, $"The name '{rings[index].Name}' is taken by another ring.");
            }
        }

        return rings;
    }

    private static Ring ReadRing(YamlMap map)
    {
        var name = map.RequiredText("name");
        if (name.Length > 0 && !Names.IsLabel(name))
        {
            map.Fault("name", $"'{name}' is no name of a ring; expected {Names.LabelRule}.");
        }

        var checks = map.Maps("checks").Select(ReadCheck).OfType<OutputCheck>().ToImmutableArray();
        map.Close();
        return new Ring(name, checks);
    }

    private static OutputCheck? ReadCheck(YamlMap map)
    {
        var output = map.RequiredText("output");
        var given = ComparisonNames.All.Where(comparison => map.Has(comparison.Name())).ToList();
        if (given.Count != 1)
        {
            map.FaultHere($"Expected exactly one of: {string.Join(", ", ComparisonFields)}.");
            map.Close();
            return null;
        }

        var value = map.RequiredText(given[0].Name());
        if (given[0] is Comparison.AtLeast or Comparison.AtMost && !double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
        {
            map.Fault(given[0].Name(), $"'{value}' is no number.");
        }

        map.Close();
        return new OutputCheck(output, given[0], value);
    }
}
