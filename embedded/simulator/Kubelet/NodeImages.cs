using FogInfra.Embedded.Simulator.Rules;

namespace FogInfra.Embedded.Simulator.Kubelet;

/// <summary>The images that nodes have pulled.</summary>
internal sealed class NodeImages
{
    private readonly HashSet<(string Node, string Image)> _pulled = [];

    /// <summary>Whether a node has an image.</summary>
    public bool Has(string node, ImageName image) => _pulled.Contains((node, image.Full));

    /// <summary>A node has pulled an image.</summary>
    public void Add(string node, ImageName image) => _pulled.Add((node, image.Full));
}
