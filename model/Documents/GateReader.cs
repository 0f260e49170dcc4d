namespace FogInfra.Model.Documents;

/// <summary>Reads the gates of a ring, besides its checks. Each is a mapping with one field that names its kind.</summary>
internal static class GateReader
{
    private static readonly string[] Moments = ["before", "after"];

    /// <summary>The kinds of gates, by the field that names them, and how the rest of each is read.</summary>
    private static readonly Dictionary<string, Func<YamlMap, Gate?>> Kinds = new(StringComparer.Ordinal)
    {
        ["soak"] = map => map.Duration("soak") is { } duration ? new Gate.Soak(duration) : null,
        ["approval"] = map => map.Choice("approval", Moments) is { } moment ? new Gate.Approval { Moment = MomentOf(moment) } : null,
        ["window"] = map => At(map, map.Map("window") is { } window ? WindowReader.Read(window) : null),
        ["ready"] = map => At(map, WatchedGateReader.ReadReady(map)),
        ["http"] = map => At(map, WatchedGateReader.ReadHttp(map)),
        ["prometheus"] = map => At(map, WatchedGateReader.ReadMetric(map)),
        ["job"] = map => At(map, map.Map("job") is { } job ? WatchedGateReader.ReadJob(job) : null),
        ["command"] = map => At(map, WatchedGateReader.ReadCommand(map)),
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
        var title = map.Text("name");
        var (dryRun, limit, interval, maxAge) = (map.Truth("dryRun"), map.Duration("limit"), map.Duration("interval"), map.Duration("maxAge"));
        map.Close();
        return gate is null ? null : gate with
        {
            Title = title,
            DryRun = dryRun ?? false,
            Limit = limit,
            Interval = interval ?? gate.Interval,
            MaxAge = maxAge,
        };
    }

    // Where it stands, for a kind that can stand on either side of a ring.
    private static Gate? At(YamlMap map, Gate? gate) =>
        map.Choice("at", Moments) is { } moment ? gate is null ? null : gate with { Moment = MomentOf(moment) } : gate;

    private static GateMoment MomentOf(string moment) => moment == "before" ? GateMoment.Before : GateMoment.After;
}
