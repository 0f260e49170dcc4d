using System.Globalization;
using System.Text.RegularExpressions;

namespace FogInfra.Embedded.Simulator.Values;

/// <summary>
/// The part of JSON paths that custom resource definitions use for columns and replica counts: members, quoted members, indexes, wildcards and
/// filters for equality, for example <c>.status.conditions[?(@.type=="Ready")].status</c>.
/// </summary>
internal static partial class SimpleJsonPath
{
    /// <summary>The values at a path.</summary>
    public static IReadOnlyList<JsonData> Find(JsonData value, string path)
    {
        IEnumerable<JsonData> found = [value];
        foreach (Match step in Step().Matches(path)) found = found.SelectMany(current => Follow(current, step)).ToList();
        return [.. found];
    }

    /// <summary>The members of a path without wildcards and filters.</summary>
    public static string[] Members(string path) => [.. Step().Matches(path).Select(step => step.Groups["quoted"].Success ? step.Groups["quoted"].Value : Unescape(step.Groups["member"].Value))];

    private static IEnumerable<JsonData> Follow(JsonData current, Match step)
    {
        if (step.Groups["index"].Success)
        {
            var index = int.Parse(step.Groups["index"].Value, CultureInfo.InvariantCulture);
            return current is JsonList list && index < list.Count ? [list[index]] : [];
        }
        if (step.Groups["all"].Success) return current is JsonList items ? items : current is JsonMap map ? map.Select(member => member.Value) : [];
        if (step.Groups["filter"].Success)
        {
            var (member, wanted) = (step.Groups["filter"].Value, step.Groups["wanted"].Value);
            return current is JsonList items ? items.Where(item => item.At(member.Split('.')) is { } value && (value.AsText ?? value.ToString()) == wanted) : [];
        }
        var name = step.Groups["quoted"].Success ? step.Groups["quoted"].Value : Unescape(step.Groups["member"].Value);
        return current[name] is { } found ? [found] : [];
    }

    private static string Unescape(string member) => member.Replace(@"\.", ".", StringComparison.Ordinal);

    [GeneratedRegex("""\.(?<member>(\\\.|[^.\[\]])+)|\['(?<quoted>[^']+)'\]|\[(?<index>[0-9]+)\]|\[(?<all>\*)\]|\[\?\(@\.(?<filter>[\w.]+)\s*==\s*["'](?<wanted>[^"']*)["']\)\]""", RegexOptions.ExplicitCapture)]
    private static partial Regex Step();
}
