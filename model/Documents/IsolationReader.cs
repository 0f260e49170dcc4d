using System.Collections.Immutable;

namespace FogInfra.Model.Documents;

/// <summary>Reads how an application is kept apart from what else runs in its clusters.</summary>
internal static class IsolationReader
{
    private static readonly string[] SecurityLevels = ["privileged", "baseline", "restricted"];

    /// <summary>What holds on every layer, and what is different on some.</summary>
    public static (Isolation All, ImmutableSortedDictionary<Layer, Isolation> Layers) Read(YamlMap owner)
    {
        var layers = ImmutableSortedDictionary.CreateBuilder<Layer, Isolation>();
        if (owner.Map("isolation") is not { } map)
        {
            return (new Isolation(), layers.ToImmutable());
        }

        var all = ReadFields(map);
        foreach (var (name, own) in map.Entries("layers"))
        {
            var read = ReadFields(own);
            own.Close();
            if (LayerNames.Find(name) is { } layer)
            {
                layers[layer] = read;
            }
            else
            {
                map.Map("layers")!.FaultName(name, $"'{name}' is no layer{Suggestion.For(name, LayerNames.All.Select(LayerNames.Name))}");
            }
        }

        map.Close();
        return (all, layers.ToImmutable());
    }

    private static Isolation ReadFields(YamlMap map) => new()
    {
        Network = map.Truth("network"),
        PodSecurity = map.Choice("podSecurity", SecurityLevels) switch
        {
            "privileged" => PodSecurity.Privileged,
            "baseline" => PodSecurity.Baseline,
            "restricted" => PodSecurity.Restricted,
            _ => null,
        },
        Quota = ContainerReader.ReadQuantities(map, "quota"),
        DefaultLimits = ContainerReader.ReadQuantities(map, "defaultLimits"),
        DefaultRequests = ContainerReader.ReadQuantities(map, "defaultRequests"),
        MonitoringNamespace = ReadNamespace(map, "monitoringNamespace"),
        IngressNamespace = ReadNamespace(map, "ingressNamespace"),
    };

    private static string? ReadNamespace(YamlMap map, string field)
    {
        var name = map.Text(field);
        if (name is not null && !Names.IsLabel(name))
        {
            map.Fault(field, $"'{name}' is no name of a namespace; expected {Names.LabelRule}.");
        }

        return name;
    }
}
