using FogInfra.Embedded.Simulator.Errors;
using FogInfra.Embedded.Simulator.Kinds;

namespace FogInfra.Embedded.Simulator.Api;

/// <summary>What a URL below <c>/api</c> or <c>/apis</c> names.</summary>
/// <param name="Kind">The kind, in the URL's version.</param>
/// <param name="Namespace">The namespace; empty for cluster-wide objects, and for a list over all namespaces.</param>
/// <param name="Name">The object's name; null for the collection.</param>
/// <param name="Subresource">The subresource; empty for the object itself.</param>
internal sealed record RequestPath(ResourceKind Kind, string Namespace, string? Name, string Subresource)
{
    /// <summary>The object's key.</summary>
    public ObjectKey Key => new(Namespace, Name ?? "");

    /// <summary>Reads the segments of a URL.</summary>
    /// <exception cref="StatusException">There is nothing of that kind.</exception>
    public static RequestPath Parse(string[] segments, KindRegistry kinds)
    {
        var (group, version, rest) = segments switch
        {
            ["api", var coreVersion, .. var after] => ("", coreVersion, after),
            ["apis", var name, var groupVersion, .. var after] => (name, groupVersion, after),
            _ => throw ApiErrors.NoSuchPath(),
        };
        var space = "";
        // Namespaces are a resource themselves: /namespaces/NAME/status is about one, /namespaces/NAME/pods about what lies in it.
        if (rest is ["namespaces", var given, var inner, ..] && inner is not ("status" or "finalize")) (space, rest) = (given, rest[2..]);
        if (rest.Length is 0 or > 3 || kinds.Find(group, version, rest[0]) is not { } kind) throw ApiErrors.NoSuchPath();
        var path = new RequestPath(kind, space, rest.Length > 1 ? rest[1] : null, rest.Length > 2 ? rest[2] : "");
        var misplaced = kind.Namespaced ? space.Length == 0 && path.Name is not null : space.Length > 0;
        if (misplaced || (path.Subresource.Length > 0 && !kind.Subresources.Contains(path.Subresource))) throw ApiErrors.NoSuchPath();
        return path;
    }
}
