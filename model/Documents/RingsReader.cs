using System.Collections.Immutable;
using System.Globalization;

namespace FogInfra.Model.Documents;

/// <summary>Reads the rings of a fleet document, their checks and gates.</summary>
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

        foreach (var (index, gate) in rings.Index().SelectMany(ring => ring.Item.Gates.OfType<Gate.Metric>().Select(gate => (ring.Index, gate))))
        {
            if (gate.Baseline is { } baseline && rings.Take(index).All(ring => ring.Name != baseline))
            {
                root.FaultItem("rings", index, $"The baseline '{baseline}' is no ring before this one{Suggestion.For(baseline, rings.Take(index).Select(ring => ring.Name))}");
            }
        }

        return rings;
    }

    /// <summary>Reads the field <c>checks</c>.</summary>
    public static ImmutableArray<OutputCheck> ReadChecks(YamlMap map) => [.. map.Maps("checks").Select(ReadCheck).OfType<OutputCheck>()];

    private static Ring ReadRing(YamlMap map)
    {
        var name = map.RequiredText("name");
        if (name.Length > 0 && !Names.IsLabel(name))
        {
            map.Fault("name", $"'{name}' is no name of a ring; expected {Names.LabelRule}.");
        }
        else if (name == Ring.CatchUp)
        {
            map.Fault("name", $"'{name}' is the ring of those that come late; choose another name.");
        }

        var ring = new Ring(name, ReadChecks(map))
        {
            Clusters = map.Map("clusters") is { } selector ? ReadSelector(selector) : null,
            Canaries = map.Amount("canaries"),
            MaxConcurrent = map.Amount("maxConcurrent"),
            FailureBudget = map.Budget("failureBudget"),
            Quorum = map.Budget("quorum"),
            TimeLimit = map.Duration("timeLimit"),
            PreStage = map.Truth("preStage") ?? false,
            Gates = [.. map.Maps("gates").Select(GateReader.Read).OfType<Gate>()],
        };
        foreach (var twice in ring.Gates.GroupBy(gate => gate.Name).Where(gates => gates.Count() > 1))
        {
            map.Fault("gates", $"The gate '{twice.Key}' is there twice.");
        }

        map.Close();
        return ring;
    }

    private static ClusterSelector ReadSelector(YamlMap map)
    {
        var layers = map.Texts("layers");
        for (var index = 0; index < layers.Count; index++)
        {
            if (LayerNames.Find(layers[index]) is null)
            {
                map.FaultItem("layers", index, $"'{layers[index]}' is no layer{Suggestion.For(layers[index], LayerNames.All.Select(LayerNames.Name))}");
            }
        }

        var selector = new ClusterSelector
        {
            Layers = [.. layers.Select(LayerNames.Find).OfType<Layer>()],
            Sites = [.. map.Texts("sites")],
            Names = [.. map.Texts("names")],
            Labels = map.TextEntries("labels").ToImmutableSortedDictionary(StringComparer.Ordinal),
        };
        map.Close();
        return selector;
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
