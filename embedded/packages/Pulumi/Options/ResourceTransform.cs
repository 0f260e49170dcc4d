using System.Collections.Immutable;

namespace Pulumi;

/// <summary>Changes the inputs and options of a resource; the engine calls it.</summary>
/// <param name="args">The resource.</param>
/// <param name="cancellationToken">Cancelled when the engine gives up.</param>
/// <returns>The inputs and options to use; null to leave them as they are.</returns>
public delegate Task<ResourceTransformResult?> ResourceTransform(ResourceTransformArgs args, CancellationToken cancellationToken = default);

/// <summary>A resource that is about to be registered, as the engine sees it.</summary>
public readonly struct ResourceTransformArgs
{
    /// <summary>Takes what is known about the resource.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">Its type.</param>
    /// <param name="custom">Whether it is a resource of a provider, not a component.</param>
    /// <param name="args">Its inputs.</param>
    /// <param name="options">Its options.</param>
    public ResourceTransformArgs(string name, string type, bool custom, ImmutableDictionary<string, object?> args, ResourceOptions options)
    {
        Name = name;
        Type = type;
        Custom = custom;
        Args = args;
        Options = options;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its type.</summary>
    public string Type { get; }

    /// <summary>Whether it is a resource of a provider, not a component.</summary>
    public bool Custom { get; }

    /// <summary>Its inputs. Values that are secret, unknown or come from resources are outputs.</summary>
    public ImmutableDictionary<string, object?> Args { get; }

    /// <summary>Its options.</summary>
    public ResourceOptions Options { get; }
}

/// <summary>What a transform made of a resource.</summary>
public readonly struct ResourceTransformResult
{
    /// <summary>Takes the inputs and options to use.</summary>
    /// <param name="args">The inputs.</param>
    /// <param name="options">The options.</param>
    public ResourceTransformResult(ImmutableDictionary<string, object?> args, ResourceOptions options)
    {
        Args = args;
        Options = options;
    }

    /// <summary>The inputs.</summary>
    public ImmutableDictionary<string, object?> Args { get; }

    /// <summary>The options.</summary>
    public ResourceOptions Options { get; }
}
