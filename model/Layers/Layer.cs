namespace FogInfra.Model;

/// <summary>Where in the fog a cluster stands, from the centre outwards. The order of the values is the order of a rollout inside a ring.</summary>
public enum Layer
{
    /// <summary>Central: data centres with room to grow.</summary>
    Cloud = 0,

    /// <summary>Regional: sites between the cloud and the devices.</summary>
    Fog = 1,

    /// <summary>Local: small clusters next to the devices.</summary>
    Edge = 2,
}

/// <summary>The names of layers in documents, stack names and labels.</summary>
public static class LayerNames
{
    /// <summary>All layers, from the centre outwards.</summary>
    public static IReadOnlyList<Layer> All { get; } = [Layer.Cloud, Layer.Fog, Layer.Edge];

    /// <summary>The name: <c>cloud</c>, <c>fog</c> or <c>edge</c>.</summary>
    public static string Name(this Layer layer) => layer switch
    {
        Layer.Cloud => "cloud",
        Layer.Fog => "fog",
        Layer.Edge => "edge",
        _ => throw new ArgumentOutOfRangeException(nameof(layer), layer, null),
    };

    /// <summary>The layer of a name; null when there is none.</summary>
    public static Layer? Find(string name) =>
        All.Where(layer => layer.Name() == name).Select(layer => (Layer?)layer).FirstOrDefault();
}
