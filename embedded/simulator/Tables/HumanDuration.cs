namespace FogInfra.Embedded.Simulator.Tables;

/// <summary>Durations as kubectl shows ages: at most two units, and one where the second says little.</summary>
internal static class HumanDuration
{
    /// <summary>Formats a duration.</summary>
    public static string Format(TimeSpan duration)
    {
        var seconds = (long)duration.TotalSeconds;
        if (seconds < -1) return "<invalid>";
        if (seconds < 0) return "0s";
        var (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86400);
        if (seconds < 120) return $"{seconds}s";
        if (minutes < 10) return Two(minutes, "m", seconds % 60, "s");
        if (hours < 3) return $"{minutes}m";
        if (hours < 8) return Two(hours, "h", minutes % 60, "m");
        if (hours < 48) return $"{hours}h";
        if (days < 8) return Two(days, "d", hours % 24, "h");
        if (days < 2 * 365) return $"{days}d";
        return days < 8 * 365 ? Two(days / 365, "y", days % 365, "d") : $"{days / 365}y";
    }

    private static string Two(long large, string largeUnit, long small, string smallUnit) => small == 0 ? $"{large}{largeUnit}" : $"{large}{largeUnit}{small}{smallUnit}";
}
