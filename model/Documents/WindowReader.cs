using System.Collections.Immutable;
using System.Globalization;

namespace FogInfra.Model.Documents;

/// <summary>Reads times at which updates may begin.</summary>
internal static class WindowReader
{
    private static readonly ImmutableArray<DayOfWeek> Week =
        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday, DayOfWeek.Saturday, DayOfWeek.Sunday];

    private static readonly ImmutableArray<string> DayNames = [.. Week.Select(day => day.ToString()[..3].ToLowerInvariant())];

    /// <summary>Reads a window; null, with problems noted, when it is none.</summary>
    public static Gate.Window? Read(YamlMap map)
    {
        var names = map.Texts("days");
        for (var index = 0; index < names.Count; index++)
        {
            if (!DayNames.Contains(names[index]))
            {
                map.FaultItem("days", index, $"'{names[index]}' is no day{Suggestion.For(names[index], DayNames)}");
            }
        }

        var (from, to, zone) = (ReadTime(map, "from"), ReadTime(map, "to"), map.RequiredText("zone"));
        var isKnown = zone.Length > 0 && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _);
        if (zone.Length > 0 && !isKnown)
        {
            map.Fault("zone", $"'{zone}' is no time zone that this machine knows; expected an IANA name such as Europe/Berlin or UTC.");
        }

        map.Close();
        ImmutableArray<DayOfWeek> days = names.Count == 0 ? Week : [.. Week.Where(day => names.Contains(DayNames[Week.IndexOf(day)]))];
        return from is { } opens && to is { } closes && isKnown && !days.IsEmpty ? new Gate.Window(days, opens, closes, zone) { Moment = GateMoment.Before } : null;
    }

    private static TimeOnly? ReadTime(YamlMap map, string field)
    {
        var text = map.RequiredText(field);
        if (text.Length == 0)
        {
            return null;
        }

        if (TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return time;
        }

        map.Fault(field, $"'{text}' is no time of the day; expected one such as 09:30.");
        return null;
    }
}
