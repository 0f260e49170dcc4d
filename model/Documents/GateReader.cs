namespace FogInfra.Model.Documents;

/// <summary>Reads the gates of a ring, besides its checks. Each is a mapping with one field that names its kind.</summary>
internal static class GateReader
{
    private static readonly string[] Moments = ["before", "after"];

    /// <summary>The kinds of gates, by the field that names them, and how the rest of each is read.</summary>
    private static readonly Dictionary<string, Func<YamlMap, Gate?>> Kinds = new(StringComparer.Ordinal)
    {
        ["soak"] = map => map.Duration("soak") is { } duration ? new Gate.Soak(duration) : null,
        ["approval"] = map => map.Choice("approval", Moments) is { } moment
            ? new Gate.Approval { Moment = moment == "before" ? GateMoment.Before : GateMoment.After }
            : null,
    };

    /// <summary>The fields that name a kind of gate.</summary>
    public static IReadOnlyCollection<string> KindNames => Kinds.Keys;

    /// <summary>Reads one gate; null, with a problem noted, when it is none.</summary>
    public static Gate? Read(YamlMap map)
    {
        var given = Kinds.Keys.Where(map.Has).ToList();
        if (given.Count != 1)
        {
            map.FaultHere($"Expected exactly one of: {string.Join(", ", Kinds.Keys)}.");
            map.Close();
            return null;
        }

        var gate = Kinds[given[0]](map);
        var (dryRun, limit, interval, maxAge) = (map.Truth("dryRun"), map.Duration("limit"), map.Duration("interval"), map.Duration("maxAge"));
        map.Close();
        return gate is null ? null : gate with
        {
            DryRun = dryRun ?? false,
            Limit = limit,
            Interval = interval ?? gate.Interval,
            MaxAge = maxAge,
        };
    }
}
