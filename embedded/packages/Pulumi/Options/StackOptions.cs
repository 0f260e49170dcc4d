namespace Pulumi;

/// <summary>What applies to all resources of a stack.</summary>
public class StackOptions
{
    /// <summary>Functions that change the arguments and options of every resource before it is registered.</summary>
    public List<ResourceTransformation> ResourceTransformations { get => field ??= []; set; }

    /// <summary>Functions that the engine calls to change every resource, those of remote components too.</summary>
    public List<ResourceTransform> ResourceTransforms { get => field ??= []; set; }
}
