using System.Globalization;

namespace FogInfra.Model.Documents;

/// <summary>Reads how many pods of a service run, where, and how they are replaced.</summary>
internal static class RunningReader
{
    private static readonly string[] Topologies = ["host", "zone"];

    public static Autoscaling? ReadAutoscaling(YamlMap owner)
    {
        if (owner.Map("autoscaling") is not { } map)
        {
            return null;
        }

        var autoscaling = new Autoscaling(
            map.WholeNumber("minReplicas", 1) ?? 1,
            map.RequiredWholeNumber("maxReplicas", 1, int.MaxValue),
            map.WholeNumber("cpuPercent", 1),
            map.WholeNumber("memoryPercent", 1));
        map.Close();
        if (autoscaling.MaxReplicas < autoscaling.MinReplicas && map.Has("maxReplicas"))
        {
            map.Fault("maxReplicas", $"'{autoscaling.MaxReplicas}' is less than 'minReplicas', which is {autoscaling.MinReplicas}.");
        }

        if (!map.Has("cpuPercent") && !map.Has("memoryPercent"))
        {
            map.FaultHere("Expected at least one of: cpuPercent, memoryPercent.");
        }

        return autoscaling;
    }

    public static Disruption? ReadDisruption(YamlMap owner)
    {
        if (owner.Map("disruption") is not { } map)
        {
            return null;
        }

        var disruption = new Disruption(ReadAmount(map, "minAvailable"), ReadAmount(map, "maxUnavailable"));
        map.Close();
        if (map.Has("minAvailable") == map.Has("maxUnavailable"))
        {
            map.FaultHere("Expected exactly one of: minAvailable, maxUnavailable.");
        }

        return disruption;
    }

    public static Spread? ReadSpread(YamlMap owner)
    {
        if (owner.Map("spread") is not { } map)
        {
            return null;
        }

        // Well-known topologies have short names; others are the labels of nodes.
        var over = map.Texts("over").Select(name => name switch
        {
            "host" => LayerDefaults.HostLabel,
            "zone" => LayerDefaults.ZoneLabel,
            _ => name,
        }).ToList();
        for (var index = 0; index < over.Count; index++)
        {
            if (!Names.IsQualifiedName(over[index]))
            {
                map.FaultItem("over", index, $"'{over[index]}' is neither one of {string.Join(", ", Topologies)} nor a label of nodes.");
            }
        }

        if (!map.Has("over"))
        {
            map.FaultHere("The field 'over' is missing.");
        }

        var spread = new Spread { Over = [.. over], MaxSkew = map.WholeNumber("maxSkew", 1) ?? 1, Required = map.Truth("required") ?? false };
        map.Close();
        return spread;
    }

    public static UpdateStrategy? ReadUpdate(YamlMap owner)
    {
        if (owner.Map("update") is not { } map)
        {
            return null;
        }

        var recreate = map.Truth("recreate") ?? false;
        var update = new UpdateStrategy(recreate, ReadAmount(map, "maxSurge"), ReadAmount(map, "maxUnavailable"));
        map.Close();
        if (recreate && (update.MaxSurge ?? update.MaxUnavailable) is not null)
        {
            map.FaultHere("With 'recreate' all old pods go first; 'maxSurge' and 'maxUnavailable' have no meaning.");
        }

        if (update is { MaxSurge: "0" or "0%", MaxUnavailable: "0" or "0%" })
        {
            map.FaultHere("With 'maxSurge' and 'maxUnavailable' both 0 no pod could ever be replaced.");
        }

        return update;
    }

    // Kubernetes' IntOrString: a number of pods, or a share of the wanted ones.
    private static string? ReadAmount(YamlMap map, string field)
    {
        if (map.Text(field) is not { } text)
        {
            return null;
        }

        var number = text.EndsWith('%') ? text[..^1] : text;
        if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value) || (text != number && value > 100))
        {
            map.Fault(field, $"'{text}' is no amount of pods; expected a number such as 1, or a share such as 25%.");
        }

        return text;
    }
}
