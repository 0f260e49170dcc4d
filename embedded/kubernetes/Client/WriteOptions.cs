using System.Collections.Immutable;

namespace FogInfra.Embedded.Kubernetes.Client;

/// <summary>How an object is to be written.</summary>
/// <param name="FieldManager">Who counts as the owner of the fields that are written.</param>
public sealed record WriteOptions(string FieldManager)
{
    /// <summary>Nothing is stored; the server only tells what would be.</summary>
    public bool DryRun { get; init; }

    /// <summary>Fields are taken from other managers. Only for an apply.</summary>
    public bool Force { get; init; }

    /// <summary>The part that is written, for example <c>status</c>; null for the object itself. Only for a JSON patch.</summary>
    public string? Subresource { get; init; }
}

/// <summary>A written object.</summary>
/// <param name="Object">The object as the server has it now.</param>
/// <param name="Created">It was not there before.</param>
/// <param name="Warnings">What the server warns of.</param>
public sealed record WriteResult(KubeObject Object, bool Created, ImmutableArray<string> Warnings);

/// <summary>What happens to the objects that an object owns when it is deleted.</summary>
public enum DeletionPropagation
{
    /// <summary>They are deleted first, and only then is the owner gone.</summary>
    Foreground,

    /// <summary>They are deleted after the owner.</summary>
    Background,

    /// <summary>They stay.</summary>
    Orphan,
}

/// <summary>Which objects to list or watch.</summary>
public sealed record ObjectSelection
{
    /// <summary>All objects.</summary>
    public static ObjectSelection All { get; } = new();

    /// <summary>A label selector, or null.</summary>
    public string? Labels { get; init; }

    /// <summary>A field selector, or null.</summary>
    public string? Fields { get; init; }
}

/// <summary>Objects, and the version of the list that they are of.</summary>
/// <param name="Items">The objects.</param>
/// <param name="ResourceVersion">The version from which a watch can go on.</param>
public sealed record ObjectList(ImmutableArray<KubeObject> Items, string ResourceVersion);
