using System.Collections.Immutable;
using System.Text.Json;

namespace FogInfra.Embedded.Kubernetes.Client;

/// <summary>Reads the documents in which an API server says what it serves, in the old form and the aggregated one.</summary>
internal static class DiscoveryDocuments
{
    /// <summary>Reads a document of groups.</summary>
    /// <returns>The group versions, the preferred one of a group first; with their kinds where the document has them.</returns>
    public static IEnumerable<(string ApiVersion, ImmutableArray<ApiResource>? Resources)> ReadGroups(KubeObject document) => document.Kind switch
    {
        "APIGroupDiscoveryList" => document.Items("items").SelectMany(ReadAggregatedGroup),
        "APIVersions" => document.Items("versions").Select(version => (version.GetString()!, (ImmutableArray<ApiResource>?)null)),
        "APIGroupList" => document.Items("groups").SelectMany(group =>
            KubeObject.ItemsOf(KubeObject.Child(group, "versions")).Select(version => KubeObject.TextOf(version, "groupVersion")!)
                .OrderByDescending(version => version == KubeObject.TextOf(KubeObject.Child(group, "preferredVersion"), "groupVersion"))
                .Select(version => (version, (ImmutableArray<ApiResource>?)null))),
        _ => [],
    };

    /// <summary>Reads a document of the kinds of one group version, in the old form.</summary>
    public static ImmutableArray<ApiResource> ReadResources(KubeObject document, string apiVersion)
    {
        // Subresources are listed as pods/log.
        var names = document.Items("resources").Select(resource => KubeObject.TextOf(resource, "name") ?? "").ToHashSet(StringComparer.Ordinal);
        return [.. from resource in document.Items("resources")
                   let name = KubeObject.TextOf(resource, "name")
                   where name is not null && !name.Contains('/')
                   select new ApiResource(
                       apiVersion, KubeObject.TextOf(resource, "kind") ?? "", name, KubeObject.Child(resource, "namespaced").ValueKind == JsonValueKind.True)
                   {
                       HasStatus = names.Contains($"{name}/status"),
                   }];
    }

    private static IEnumerable<(string, ImmutableArray<ApiResource>?)> ReadAggregatedGroup(JsonElement group)
    {
        var name = KubeObject.TextOf(KubeObject.Child(group, "metadata"), "name") ?? "";
        foreach (var version in KubeObject.ItemsOf(KubeObject.Child(group, "versions")))
        {
            var apiVersion = name == "" ? KubeObject.TextOf(version, "version")! : $"{name}/{KubeObject.TextOf(version, "version")}";
            yield return (apiVersion, [.. KubeObject.ItemsOf(KubeObject.Child(version, "resources")).Select(resource => new ApiResource(
                apiVersion,
                KubeObject.TextOf(KubeObject.Child(resource, "responseKind"), "kind") ?? "",
                KubeObject.TextOf(resource, "resource") ?? "",
                KubeObject.TextOf(resource, "scope") == "Namespaced")
            {
                HasStatus = KubeObject.ItemsOf(KubeObject.Child(resource, "subresources")).Any(sub => KubeObject.TextOf(sub, "subresource") == "status"),
            })]);
        }
    }
}
