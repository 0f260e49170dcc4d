using System.Text;

namespace FogInfra.Embedded.Kubernetes.Client;

/// <summary>Where an API server has the objects of one kind.</summary>
/// <param name="ApiVersion">Group and version, for example <c>apps/v1</c>; <c>v1</c> for the core group.</param>
/// <param name="Kind">The kind, for example <c>Deployment</c>.</param>
/// <param name="Plural">The name in URLs, for example <c>deployments</c>.</param>
/// <param name="Namespaced">Whether objects lie in namespaces.</param>
public sealed record ApiResource(string ApiVersion, string Kind, string Plural, bool Namespaced)
{
    /// <summary>The server says that the objects have a status that is written apart from them.</summary>
    public bool HasStatus { get; init; }

    /// <summary>The API group; empty for the core group.</summary>
    public string Group => ApiVersion.IndexOf('/') is >= 0 and var slash ? ApiVersion[..slash] : "";

    /// <summary>The path of the objects, of one of them, or of one's subresource.</summary>
    /// <param name="namespace">The namespace; null for objects of all namespaces, or of a kind that lies in none.</param>
    /// <param name="name">The object's name, or null.</param>
    /// <param name="subresource">The subresource, or null.</param>
    public string Path(string? @namespace, string? name = null, string? subresource = null)
    {
        var path = new StringBuilder(GroupVersionPath(ApiVersion));
        if (Namespaced && @namespace is not null)
        {
            path.Append("/namespaces/").Append(Uri.EscapeDataString(@namespace));
        }

        path.Append('/').Append(Plural);
        if (name is not null)
        {
            path.Append('/').Append(Uri.EscapeDataString(name));
        }

        return (subresource is null ? path : path.Append('/').Append(subresource)).ToString();
    }

    /// <summary>The path under which a group version is served.</summary>
    public static string GroupVersionPath(string apiVersion) => apiVersion.Contains('/') ? $"/apis/{apiVersion}" : $"/api/{apiVersion}";
}
