using System.Globalization;
using System.Text.RegularExpressions;

namespace FogInfra.Model.Documents;

/// <summary>Durations as Kubernetes and Prometheus write them: <c>90s</c>, <c>10m</c>, <c>1h30m</c>, <c>7d</c>.</summary>
public static partial class Durations
{
    /// <summary>What is expected, for messages.</summary>
    public const string Rule = "a duration such as 90s, 10m, 1h30m or 7d";

    /// <summary>Reads a duration; null when the text is none.</summary>
    public static TimeSpan? Parse(string text)
    {
        if (Form().Match(text) is not { Success: true } match || text.Length == 0)
        {
            return null;
        }

        double Part(string name) => match.Groups[name].Success ? double.Parse(match.Groups[name].Value, CultureInfo.InvariantCulture) : 0;
        var seconds = (Part("d") * 86400) + (Part("h") * 3600) + (Part("m") * 60) + Part("s") + (Part("ms") / 1000);
        return seconds <= TimeSpan.MaxValue.TotalSeconds / 1000 ? TimeSpan.FromSeconds(seconds) : null;
    }

    /// <summary>Writes a duration in the same form.</summary>
    public static string Write(TimeSpan duration)
    {
        if (duration < TimeSpan.FromSeconds(1))
        {
            return duration == TimeSpan.Zero ? "0s" : string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMilliseconds:0}ms");
        }

        var parts = new[] { (duration.Days, "d"), (duration.Hours, "h"), (duration.Minutes, "m"), (duration.Seconds, "s") };
        return string.Concat(parts.Where(part => part.Item1 > 0).Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Item1}{part.Item2}")));
    }

    /// <summary>The duration of a field; null when it is missing or, with a problem noted, when it is none.</summary>
    internal static TimeSpan? Duration(this YamlMap map, string field)
    {
        if (map.Text(field) is not { } text)
        {
            return null;
        }

        if (Parse(text) is { } duration)
        {
            return duration;
        }

        map.Fault(field, $"'{text}' is no duration; expected {Rule}.");
        return null;
    }

    [GeneratedRegex(@"^((?<d>\d{1,9})d)?((?<h>\d{1,9})h)?((?<m>\d{1,9})m)?((?<s>\d{1,9})s)?((?<ms>\d{1,9})ms)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
