using System.Collections.Immutable;

namespace Pulumi;

/// <summary>Changes the arguments and options of a resource before it is registered.</summary>
/// <param name="args">The resource.</param>
/// <returns>The arguments and options to use; null to leave them as they are.</returns>
public delegate ResourceTransformationResult? ResourceTransformation(ResourceTransformationArgs args);

/// <summary>A resource that is about to be registered.</summary>
public readonly struct ResourceTransformationArgs
{
    /// <summary>Takes what is known about the resource.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="options">Its options.</param>
    public ResourceTransformationArgs(Resource resource, ResourceArgs args, ResourceOptions options)
    {
        Resource = resource;
        Args = args;
        Options = options;
    }

    /// <summary>The resource.</summary>
    public Resource Resource { get; }

    /// <summary>Its arguments.</summary>
    public ResourceArgs Args { get; }

    /// <summary>Its options.</summary>
    public ResourceOptions Options { get; }
}

/// <summary>What a transformation made of a resource.</summary>
public readonly struct ResourceTransformationResult
{
    /// <summary>Takes the arguments and options to use.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="options">The options.</param>
    public ResourceTransformationResult(ResourceArgs args, ResourceOptions options)
    {
        Args = args;
        Options = options;
    }

    /// <summary>The arguments.</summary>
    public ResourceArgs Args { get; }

    /// <summary>The options.</summary>
    public ResourceOptions Options { get; }
}

/// <summary>Runs transformations.</summary>
internal static class ResourceTransformations
{
    /// <summary>Runs the transformations one after the other, each on what the one before left.</summary>
    /// <exception cref="ArgumentException">One of them changed the parent.</exception>
    public static (ResourceArgs Args, ResourceOptions Options) Run(
        ImmutableArray<ResourceTransformation> transformations, Resource resource, ResourceArgs args, ResourceOptions options)
    {
        foreach (var transformation in transformations)
        {
            if (transformation(new ResourceTransformationArgs(resource, args, options)) is not { } result)
            {
                continue;
            }

            if (result.Options.Parent != options.Parent)
            {
                // Which transformations apply follows from the parent, so it cannot depend on them.
                throw new ArgumentException(
                    $"A transformation gave {resource.GetResourceName()} [{resource.GetResourceType()}] another parent; "
                    + "that is not possible.");
            }

            (args, options) = (result.Args, result.Options);
        }

        return (args, options);
    }
}
