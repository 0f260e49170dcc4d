using System.Collections.Immutable;
using Pulumi;

namespace FogInfra.Components;

/// <summary>
/// Images of this machine in the nodes of a cluster of kind or k3d, so that pods find them without a registry. An image is loaded
/// once for each digest; those that this machine does not have are left to the nodes to pull.
/// </summary>
[ResourceType(Type, null)]
public sealed class FogClusterImages : CustomResource
{
    /// <summary>The type's token.</summary>
    public const string Type = "fog:index:ClusterImages";

    /// <summary>Asks for images.</summary>
    /// <param name="name">The resource's name; unique in its stack.</param>
    /// <param name="args">Which images, and in which cluster.</param>
    /// <param name="options">Its options.</param>
    public FogClusterImages(string name, FogClusterImagesArgs args, CustomResourceOptions? options = null)
        : base(Type, name, args, options)
    {
    }

    /// <summary>The images that were loaded, with their digests.</summary>
    [Output("loaded")]
    public Output<ImmutableDictionary<string, string>> Loaded { get; private set; } = null!;
}

/// <summary>Which images a cluster's nodes are to have.</summary>
public sealed class FogClusterImagesArgs : ResourceArgs
{
    private InputList<string>? _images;

    /// <summary>The cluster's name.</summary>
    [Input("cluster", required: true)]
    public Input<string> Cluster { get; set; } = null!;

    /// <summary>The cluster's engine, <c>kind</c> or <c>k3d</c>.</summary>
    [Input("engine", required: true)]
    public Input<string> Engine { get; set; } = null!;

    /// <summary>The cluster's output of that name: a cluster that is made anew has no images yet.</summary>
    [Input("instance", required: true)]
    public Input<string> Instance { get; set; } = null!;

    /// <summary>References to images, as pods name them.</summary>
    [Input("images", required: true)]
    public InputList<string> Images
    {
        get => _images ??= [];
        set => _images = value;
    }
}
