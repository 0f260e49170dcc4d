using System.Globalization;

namespace FogInfra.Embedded.Engine.State;

/// <summary>How long the operations of a resource may take; null is the provider's default.</summary>
internal sealed record CustomTimeouts(TimeSpan? Create = null, TimeSpan? Update = null, TimeSpan? Delete = null, TimeSpan? Read = null)
{
    /// <summary>All operations have the provider's default.</summary>
    public static CustomTimeouts None { get; } = new();

    /// <summary>Reads a duration as Go writes it, for example <c>1h30m</c>, <c>1.5s</c> or <c>600000000000ns</c>.</summary>
    /// <returns>The duration; null for the empty text, which stands for the default.</returns>
    /// <exception cref="FormatException">The text is no duration.</exception>
    public static TimeSpan? ParseDuration(string text)
    {
        if (text.Length == 0)
        {
            return null;
        }

        var rest = text.AsSpan();
        var negative = rest[0] == '-';
        if (rest[0] is '-' or '+')
        {
            rest = rest[1..];
        }

        if (rest is "0")
        {
            return TimeSpan.Zero;
        }

        var ticks = 0d;
        do
        {
            var digits = rest.IndexOfAnyExcept("0123456789.");
            var unit = digits < 0 ? rest[^0..] : rest[digits..];
            var unitLength = unit.IndexOfAny("0123456789.");
            unit = unitLength < 0 ? unit : unit[..unitLength];
            if (digits <= 0 || TicksPer(unit) is not { } factor
                || !double.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount))
            {
                throw new FormatException($"'{text}' is no duration; expected numbers with units, for example 10m or 1h30m.");
            }

            ticks += amount * factor;
            rest = rest[(digits + unit.Length)..];
        }
        while (rest.Length > 0);

        return TimeSpan.FromTicks((long)Math.Round(negative ? -ticks : ticks));
    }

    private static double? TicksPer(ReadOnlySpan<char> unit) => unit switch
    {
        "ns" => 1 / (double)TimeSpan.NanosecondsPerTick,
        "us" or "µs" or "μs" => TimeSpan.TicksPerMicrosecond,
        "ms" => TimeSpan.TicksPerMillisecond,
        "s" => TimeSpan.TicksPerSecond,
        "m" => TimeSpan.TicksPerMinute,
        "h" => TimeSpan.TicksPerHour,
        _ => null,
    };
}
