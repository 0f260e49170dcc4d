using System.Globalization;
using System.Text.RegularExpressions;

namespace Pulumi;

/// <summary>
/// Durations as the engine writes them: numbers with units, such as <c>1h30m</c> or <c>600000000000ns</c> (Go, time.ParseDuration).
/// </summary>
internal static partial class GoDuration
{
    /// <summary>Reads a duration; null for an empty text.</summary>
    /// <exception cref="FormatException">The text is no duration.</exception>
    public static TimeSpan? Parse(string text)
    {
        if (text.Length == 0)
        {
            return null;
        }

        var match = Form().Match(text);
        if (!match.Success)
        {
            throw new FormatException($"'{text}' is no duration; expected numbers with the units ns, us, ms, s, m or h, such as 1h30m.");
        }

        var numbers = match.Groups["number"].Captures
            .Select(number => decimal.Parse(number.ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture));
        var ticks = numbers.Zip(match.Groups["unit"].Captures, (number, unit) => number * TicksOf(unit.Value)).Sum();
        return TimeSpan.FromTicks((long)(match.Groups["minus"].Success ? -ticks : ticks));
    }

    private static decimal TicksOf(string unit) => unit switch
    {
        "ns" => 0.01m,
        "us" or "µs" or "μs" => TimeSpan.TicksPerMicrosecond,
        "ms" => TimeSpan.TicksPerMillisecond,
        "s" => TimeSpan.TicksPerSecond,
        "m" => TimeSpan.TicksPerMinute,
        _ => TimeSpan.TicksPerHour,
    };

    [GeneratedRegex(
        @"^(?:(?<minus>-)|\+)?(?:0|(?:(?<number>\d+\.?\d*|\.\d+)(?<unit>ns|us|µs|μs|ms|s|m|h))+)$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
