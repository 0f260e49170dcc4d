using System.Collections.Immutable;

namespace FogInfra.Rollout.Preview;

/// <summary>What an update does to a resource. The order is that of concern: what destroys comes first.</summary>
public enum ResourceOperation
{
    /// <summary>It is made anew, and the old one goes.</summary>
    Replace,

    /// <summary>It goes.</summary>
    Delete,

    /// <summary>It is made.</summary>
    Create,

    /// <summary>It exists already and is taken over.</summary>
    Import,

    /// <summary>It is changed in place.</summary>
    Update,
}

/// <summary>A property that changes.</summary>
/// <param name="Path">Its path in the resource, for example <c>spec.replicas</c>.</param>
/// <param name="Before">The value before, as JSON text; null when there was none.</param>
/// <param name="After">The value after, as JSON text; null when there will be none.</param>
/// <param name="Replaces">Whether the resource must be replaced because of it.</param>
public sealed record PropertyChange(string Path, string? Before, string? After, bool Replaces = false);

/// <summary>What an update does to one resource.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Type">The resource's type token, for example <c>kubernetes:apps/v1:Deployment</c>.</param>
/// <param name="Name">The resource's name in its stack.</param>
/// <param name="Properties">The properties that change, in the order of their paths; none for a deletion.</param>
public sealed record ResourceChange(ResourceOperation Operation, string Type, string Name, ImmutableArray<PropertyChange> Properties)
{
    /// <summary>The last part of the type token: <c>Deployment</c>.</summary>
    public string Kind => Type[(Type.LastIndexOf(':') + 1)..];
}
