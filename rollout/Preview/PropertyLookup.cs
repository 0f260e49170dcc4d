using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace FogInfra.Rollout.Preview;

/// <summary>
/// Property paths in Pulumi's notation: <c>spec.containers[0].image</c>, <c>metadata.labels["app.kubernetes.io/name"]</c>.
/// </summary>
internal static partial class PropertyLookup
{
    /// <summary>The value at a path; null when there is none. The root of the path is a property of the object.</summary>
    public static JsonNode? Find(JsonObject root, string path)
    {
        JsonNode? node = root;
        foreach (var step in Steps(path))
        {
            node = (node, step) switch
            {
                (JsonArray list, _) when int.TryParse(step, out var index) && index >= 0 && index < list.Count => list[index],
                (JsonObject map, _) => map[step],
                _ => null,
            };
        }

        return node;
    }

    /// <summary>The path of a member of an object.</summary>
    public static string Member(string path, string name) =>
        !PlainName().IsMatch(name) ? $"{path}[\"{name.Replace("\"", "\\\"", StringComparison.Ordinal)}\"]" : path.Length == 0 ? name : $"{path}.{name}";

    /// <summary>The path of an item of a list.</summary>
    public static string Item(string path, int index) => $"{path}[{index}]";

    private static IEnumerable<string> Steps(string path) => Parts().Matches(path).Select(match =>
        match.Groups["quoted"].Success ? match.Groups["quoted"].Value.Replace("\\\"", "\"", StringComparison.Ordinal)
        : match.Groups["index"].Success ? match.Groups["index"].Value
        : match.Groups["name"].Value);

    [GeneratedRegex("""\["(?<quoted>(?:[^"\\]|\\.)*)"\]|\[(?<index>[0-9]+)\]|(?<name>[^.\[\]]+)""", RegexOptions.CultureInvariant)]
    private static partial Regex Parts();

    [GeneratedRegex("^[A-Za-z0-9_$-]+$", RegexOptions.CultureInvariant)]
    private static partial Regex PlainName();
}
