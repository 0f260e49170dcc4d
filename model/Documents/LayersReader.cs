using System.Collections.Immutable;

namespace FogInfra.Model.Documents;

/// <summary>Reads how a service runs on each layer, and what is different in single clusters.</summary>
internal static class LayersReader
{
    /// <summary>Reads <c>{cloud,fog,edge}: SETTINGS</c>.</summary>
    /// <param name="owner">The mapping that has the field.</param>
    /// <param name="field">The field.</param>
    /// <param name="shared">What holds on every layer that does not say otherwise.</param>
    public static ImmutableSortedDictionary<Layer, ServiceLayer> Read(YamlMap owner, string field, ServiceSettings shared)
    {
        owner.RequiredMap(field);
        var entries = owner.Entries(field);
        if (entries.Count == 0 && owner.Has(field))
        {
            owner.Fault(field, "There is no layer; expected at least one of: cloud, fog, edge.");
        }

        var layers = ImmutableSortedDictionary.CreateBuilder<Layer, ServiceLayer>();
        foreach (var (name, map) in entries)
        {
            var own = SettingsReader.Read(map, shared.Containers);
            map.Close();
            if (own.Containers.IsEmpty && shared.Containers.IsEmpty && !map.Has("containers"))
            {
                map.FaultHere("The field 'containers' is missing.");
            }

            if (LayerNames.Find(name) is { } layer)
            {
                layers[layer] = Resolve(own.Over(shared), layer);
                SettingsCheck.Check(layers[layer], map);
            }
            else
            {
                owner.Map(field)!.FaultName(name, $"'{name}' is no layer{Suggestion.For(name, LayerNames.All.Select(LayerNames.Name))}");
            }
        }

        return layers.ToImmutable();
    }

    /// <summary>Reads <c>clusters: {NAME: SETTINGS}</c>. That there are such clusters is checked by whoever knows them.</summary>
    /// <param name="owner">The mapping that has the field.</param>
    /// <param name="layers">How the service runs on each layer.</param>
    public static ImmutableSortedDictionary<string, ServiceSettings> ReadClusters(
        YamlMap owner, ImmutableSortedDictionary<Layer, ServiceLayer> layers)
    {
        // A cluster's containers may be laid over those of whatever layer it stands on.
        ImmutableArray<Container> known = [.. layers.Values.SelectMany(layer => layer.Containers)];
        var clusters = ImmutableSortedDictionary.CreateBuilder<string, ServiceSettings>(StringComparer.Ordinal);
        foreach (var (name, map) in owner.Entries("clusters"))
        {
            clusters[name] = SettingsReader.Read(map, known);
            map.Close();
        }

        return clusters.ToImmutable();
    }

    private static ServiceLayer Resolve(ServiceSettings settings, Layer layer) => new()
    {
        Replicas = settings.Autoscaling?.MinReplicas ?? settings.Replicas ?? LayerDefaults.Of(layer).Replicas,
        Containers = settings.Containers,
        Settings = settings with { Replicas = null, Containers = [] },
    };
}
