using System.Collections.Immutable;

namespace FogInfra.Model;

/// <summary>An application: services that depend on each other and run on layers of the fog.</summary>
public sealed record Application
{
    /// <summary>The name; also that of its Pulumi project, and of its namespace in each cluster unless another is given.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// The namespace in each cluster. <see cref="LayerPlaceholder"/> in it stands for the layer's name, for layers that share a cluster.
    /// </summary>
    public required string Namespace { get; init; }

    /// <summary>What a namespace's name has in the place of the layer's.</summary>
    public const string LayerPlaceholder = "{layer}";

    /// <summary>How it is kept apart from what else runs in its clusters, on every layer.</summary>
    public Isolation Isolation { get; init; } = new();

    /// <summary>What is different about that on a layer.</summary>
    public ImmutableSortedDictionary<Layer, Isolation> LayerIsolation { get; init; } = ImmutableSortedDictionary<Layer, Isolation>.Empty;

    /// <summary>The namespace in the clusters of a layer.</summary>
    public string NamespaceOn(Layer layer) => Namespace.Replace(LayerPlaceholder, layer.Name(), StringComparison.Ordinal);

    /// <summary>How it is kept apart on a layer.</summary>
    public Isolation IsolationOn(Layer layer) => LayerIsolation.TryGetValue(layer, out var own) ? own.Over(Isolation) : Isolation;

    /// <summary>The services, each after those that it depends on.</summary>
    public required ImmutableArray<Service> Services { get; init; }

    /// <summary>The Pulumi project that brings it about; null for the built-in program.</summary>
    public ProgramFolder? Program { get; init; }

    /// <summary>The service of that name, or null.</summary>
    public Service? FindService(string name) => Services.FirstOrDefault(service => service.Name == name);
}

/// <summary>A part of an application that is versioned and rolled out as one.</summary>
public sealed record Service
{
    /// <summary>The name; also that of its Deployment and Service in each cluster.</summary>
    public required string Name { get; init; }

    /// <summary>The version that is wanted. Containers whose image has no tag take it as their tag.</summary>
    public required string Version { get; init; }

    /// <summary>Names of the services that must be ready before this one is created or updated.</summary>
    public ImmutableArray<string> DependsOn { get; init; } = [];

    /// <summary>How it runs on each layer that it runs on.</summary>
    public required ImmutableSortedDictionary<Layer, ServiceLayer> Layers { get; init; }

    /// <summary>What is different in single clusters, by their names.</summary>
    public ImmutableSortedDictionary<string, ServiceSettings> Clusters { get; init; } =
        ImmutableSortedDictionary.Create<string, ServiceSettings>(StringComparer.Ordinal);

    /// <summary>How it runs in a cluster of one of its layers.</summary>
    public ServiceLayer On(Cluster cluster) =>
        Clusters.TryGetValue(cluster.Name, out var own) ? Layers[cluster.Layer].With(own) : Layers[cluster.Layer];

    /// <summary>Whether the version decides the tag of an image; otherwise each image names its own tag.</summary>
    public bool VersionDecidesImages =>
        Layers.Values.SelectMany(layer => layer.Containers).Any(container => !ImageReference.HasTag(container.Image));
}

/// <summary>How a service runs on one layer.</summary>
public sealed record ServiceLayer
{
    /// <summary>How many pods in each cluster.</summary>
    public required int Replicas { get; init; }

    /// <summary>The containers of a pod.</summary>
    public required ImmutableArray<Container> Containers { get; init; }

    /// <summary>All else. Its replicas and containers are empty: they are above.</summary>
    public ServiceSettings Settings { get; init; } = new();

    /// <summary>This with what is different in one cluster.</summary>
    public ServiceLayer With(ServiceSettings own) => new()
    {
        Replicas = own.Replicas ?? Replicas,
        Containers = Overlay.ByName(own.Containers, Containers, container => container.Name, (upper, lower) => upper.Over(lower)),
        Settings = (own with { Replicas = null, Containers = [] }).Over(Settings),
    };
}
