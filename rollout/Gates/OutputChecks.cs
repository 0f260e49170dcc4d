using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using FogInfra.Model;

namespace FogInfra.Rollout.Gates;

/// <summary>Evaluates checks on the outputs of a cluster. Pure; a value that is missing never passes.</summary>
public static class OutputChecks
{
    /// <summary>Evaluates a check.</summary>
    /// <param name="check">The check.</param>
    /// <param name="outputs">The cluster's outputs.</param>
    public static CheckResult Evaluate(OutputCheck check, JsonNode? outputs)
    {
        var values = Select(outputs, "", check.Output.Split('.')).ToList();
        var failed = values.Where(found => !Holds(check, found.Value)).ToList();
        return values.Count == 0
            ? new CheckResult(check, false, $"there is no output '{check.Output}'")
            : new CheckResult(check, failed.Count == 0, Describe(failed.Count > 0 ? failed : values));
    }

    private static IEnumerable<(string Path, JsonNode? Value)> Select(JsonNode? node, string path, ReadOnlyMemory<string> steps)
    {
        if (steps.IsEmpty)
        {
            return [(path, node)];
        }

        var (step, rest) = (steps.Span[0], steps[1..]);
        IEnumerable<(string Name, JsonNode? Value)> children = node switch
        {
            JsonObject map when step == "*" => map.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (pair.Key, pair.Value)),
            JsonObject map => map.TryGetPropertyValue(step, out var value) ? [(step, value)] : [],
            JsonArray list when step == "*" => list.Select((value, index) => ($"{index}", value)),
            JsonArray list => int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < list.Count ? [(step, list[index])] : [],
            _ => [],
        };
        return children.SelectMany(child => Select(child.Value, path.Length == 0 ? child.Name : $"{path}.{child.Name}", rest));
    }

    private static bool Holds(OutputCheck check, JsonNode? value) => check.Comparison switch
    {
        Comparison.Is => Text(value) == check.Value,
        Comparison.IsNot => Text(value) != check.Value,
        Comparison.AtLeast => Number(value) >= double.Parse(check.Value, CultureInfo.InvariantCulture),
        Comparison.AtMost => Number(value) <= double.Parse(check.Value, CultureInfo.InvariantCulture),
        _ => throw new ArgumentOutOfRangeException(nameof(check), check.Comparison, null),
    };

    private static string Describe(IEnumerable<(string Path, JsonNode? Value)> values) =>
        string.Join(", ", values.Select(found => $"{found.Path} = {Text(found.Value)}"));

    private static double? Number(JsonNode? value) =>
        value?.GetValueKind() == JsonValueKind.Number ? double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture) : null;

    private static string Text(JsonNode? value) => value?.GetValueKind() switch
    {
        null => "null",
        JsonValueKind.String => value.GetValue<string>(),
        _ => value.ToJsonString(),
    };
}
