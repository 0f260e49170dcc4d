using System.Globalization;

namespace FogInfra.Model.Documents;

/// <summary>Numbers of clusters, absolute or as a share.</summary>
internal static class Amounts
{
    /// <summary>An amount of clusters to work on; null when the field is missing or, with a problem noted, wrong.</summary>
    public static Amount? Amount(this YamlMap map, string field) => Read(map, field, least: 1);

    /// <summary>An amount of clusters to lose, which may be none.</summary>
    public static Amount? Budget(this YamlMap map, string field) => Read(map, field, least: 0);

    private static Amount? Read(YamlMap map, string field, int least)
    {
        if (map.Text(field) is not { } text)
        {
            return null;
        }

        if (text.EndsWith('%') && Number(text[..^1]) is { } percent && percent >= least && percent <= 100)
        {
            return new Amount.Percent(percent);
        }

        if (Number(text) is { } count && count >= least)
        {
            return new Amount.Count(count);
        }

        map.Fault(field, $"'{text}' is no amount; expected a number of clusters such as 2, or a share from {least}% to 100%.");
        return null;
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
