using System.Text.RegularExpressions;

namespace FogInfra.Embedded.Simulator.Selectors;

/// <summary>Reads label selectors as queries write them.</summary>
internal static partial class LabelQuery
{
    /// <summary>Reads a selector such as <c>app=web,tier notin (a,b),!old</c>.</summary>
    /// <exception cref="FormatException">It is malformed.</exception>
    public static LabelSelector Parse(string text)
    {
        var rest = text.Trim();
        var requirements = new List<LabelRequirement>();
        while (rest.Length > 0)
        {
            var match = Requirement().Match(rest);
            if (!match.Success) throw new FormatException($"unable to parse requirement: {rest}");
            requirements.Add(Read(match));
            rest = rest[match.Length..];
            if (rest.Length == 0) break;
            if (rest[0] != ',' || rest.Length == 1) throw new FormatException($"unable to parse requirement: found '{rest}', expected: ',' or 'end of string'");
            rest = rest[1..];
        }
        return new LabelSelector(requirements);
    }

    private static LabelRequirement Read(Match match)
    {
        var key = match.Groups["key"].Value;
        if (match.Groups["not"].Success) return new LabelRequirement(key, LabelOperator.DoesNotExist, []);
        if (match.Groups["set"].Success)
        {
            var values = match.Groups["set"].Value.Split(',').Select(value => value.Trim()).ToList();
            return new LabelRequirement(key, match.Groups["in"].Value == "in" ? LabelOperator.In : LabelOperator.NotIn, values);
        }
        var one = match.Groups["value"].Value;
        return match.Groups["operator"].Value switch
        {
            "=" or "==" => new LabelRequirement(key, LabelOperator.In, [one]),
            "!=" => new LabelRequirement(key, LabelOperator.NotIn, [one]),
            ">" => new LabelRequirement(key, LabelOperator.GreaterThan, [one]),
            "<" => new LabelRequirement(key, LabelOperator.LessThan, [one]),
            _ => new LabelRequirement(key, LabelOperator.Exists, []),
        };
    }

    [GeneratedRegex(@"^\s*((?<not>!)\s*(?<key>[\w./-]+)|(?<key>[\w./-]+)(\s+(?<in>in|notin)\s*\((?<set>[^()]*)\)|\s*(?<operator>==|=|!=|>|<)\s*(?<value>[\w./-]*))?)\s*", RegexOptions.ExplicitCapture)]
    private static partial Regex Requirement();
}
