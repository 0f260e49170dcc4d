using System.Collections.Immutable;

namespace FogInfra.Model;

/// <summary>An application: services that depend on each other and run on layers of the fog.</summary>
public sealed record Application
{
    /// <summary>The name; also that of its Pulumi project, and of its namespace in each cluster unless another is given.</summary>
    public required string Name { get; init; }

    /// <summary>The namespace in each cluster.</summary>
    public required string Namespace { get; init; }

    /// <summary>The services, each after those that it depends on.</summary>
    public required ImmutableArray<Service> Services { get; init; }

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
}
