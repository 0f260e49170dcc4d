using System.Collections.Immutable;

namespace FogInfra.Model.Documents;

/// <summary>Reads how a service runs on each layer: <c>{cloud,fog,edge}: {replicas, containers}</c>.</summary>
internal static class LayersReader
{
    /// <param name="owner">The mapping that has the field.</param>
    /// <param name="field">The field.</param>
    /// <param name="sharedContainers">The containers of a layer that has none of its own; empty where each must have some.</param>
    public static ImmutableSortedDictionary<Layer, ServiceLayer> Read(
        YamlMap owner, string field, ImmutableArray<Container> sharedContainers)
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
            var read = ReadLayer(map, sharedContainers);
            if (LayerNames.Find(name) is { } layer)
            {
                layers[layer] = read;
            }
            else
            {
                owner.Map(field)!.FaultName(name, $"'{name}' is no layer{Suggestion.For(name, LayerNames.All.Select(LayerNames.Name))}");
            }
        }

        return layers.ToImmutable();
    }

    private static ServiceLayer ReadLayer(YamlMap map, ImmutableArray<Container> sharedContainers)
    {
        var own = map.Has("containers");
        var layer = new ServiceLayer
        {
            Replicas = map.WholeNumber("replicas", 0) ?? 1,
            Containers = own ? ContainerReader.Read(map, "containers") : sharedContainers,
        };
        if (!own && sharedContainers.IsEmpty)
        {
            map.FaultHere("The field 'containers' is missing.");
        }

        map.Close();
        return layer;
    }
}
