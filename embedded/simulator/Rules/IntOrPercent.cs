using System.Globalization;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Rules;

/// <summary>A number of pods, or a percentage of them.</summary>
internal static class IntOrPercent
{
    /// <summary>Whether it is a number that is not negative, or a percentage.</summary>
    public static bool IsValid(JsonData? value) => value is null or JsonNumber { IsWhole: true, Whole: >= 0 } || Percent(value) is >= 0;

    /// <summary>Whether it is zero.</summary>
    public static bool IsZero(JsonData? value) => value?.AsLong == 0 || Percent(value) == 0;

    /// <summary>The number of pods.</summary>
    /// <param name="value">The number or percentage.</param>
    /// <param name="total">All pods.</param>
    /// <param name="roundUp">Whether a fraction counts as a whole pod.</param>
    public static long Of(JsonData? value, long total, bool roundUp) => Percent(value) is { } percent
        ? (long)(roundUp ? Math.Ceiling(percent * total / 100m) : Math.Floor(percent * total / 100m))
        : value?.AsLong ?? 0;

    private static decimal? Percent(JsonData? value) =>
        value is JsonText { Value: [.. var digits, '%'] } && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var percent) ? percent : null;
}
