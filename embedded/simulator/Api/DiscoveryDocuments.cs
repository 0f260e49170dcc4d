using System.Security.Cryptography;
using System.Text;
using FogInfra.Embedded.Simulator.Kinds;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Api;

/// <summary>The documents of discovery, in the old form (a document a group version) and in the aggregated one.</summary>
internal static class DiscoveryDocuments
{
    private static readonly JsonList ObjectVerbs = JsonList.FromTexts(["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"]);

    /// <summary>The versions of the core group.</summary>
    public static JsonMap CoreVersions(string address) => JsonMap.Of(
        ("kind", "APIVersions"),
        ("versions", JsonList.FromTexts(["v1"])),
        ("serverAddressByClientCIDRs", JsonList.Of([JsonMap.Of(("clientCIDR", "0.0.0.0/0"), ("serverAddress", address))])));

    /// <summary>A group with its versions.</summary>
    public static JsonMap Group(ApiGroup group)
    {
        var versions = group.Versions.Select(version => JsonMap.Of(("groupVersion", $"{group.Name}/{version}"), ("version", version))).ToList();
        return JsonMap.Of(("name", group.Name), ("versions", JsonList.From(versions)), ("preferredVersion", versions[0]));
    }

    /// <summary>The resources of a group version.</summary>
    public static JsonMap Resources(IReadOnlyList<ResourceKind> kinds) => JsonMap.Of(
        ("kind", "APIResourceList"),
        ("apiVersion", "v1"),
        ("groupVersion", kinds[0].ApiVersion),
        ("resources", JsonList.From(kinds.OrderBy(kind => kind.Plural, StringComparer.Ordinal).SelectMany(kind => kind.Subresources.Select(name => Subresource(kind, name)).Prepend(Resource(kind))))));

    /// <summary>All groups with their resources.</summary>
    public static JsonMap Aggregated(KindRegistry registry, IEnumerable<ApiGroup> groups, string version) => JsonMap.Of(
        ("kind", "APIGroupDiscoveryList"),
        ("apiVersion", "apidiscovery.k8s.io/" + version),
        ("metadata", JsonMap.Empty),
        ("items", JsonList.From(groups.Select(group => AggregatedGroup(registry, group)))));

    private static JsonMap AggregatedGroup(KindRegistry registry, ApiGroup group) => JsonMap.Of(
        ("metadata", group.Name.Length == 0 ? JsonMap.Empty : JsonMap.Of(("name", group.Name))),
        ("versions", JsonList.From(group.Versions.Select(version => JsonMap.Of(
            ("version", version),
            ("resources", JsonList.From(registry.All
                .Where(kind => kind.Group == group.Name && kind.Version == version)
                .OrderBy(kind => kind.Plural, StringComparer.Ordinal)
                .Select(AggregatedResource))),
            ("freshness", "Current"))))));

    private static JsonMap Resource(ResourceKind kind) => JsonMap.Of(
        ("name", kind.Plural),
        ("singularName", kind.Singular),
        ("namespaced", kind.Namespaced),
        ("kind", kind.Kind),
        ("verbs", ObjectVerbs),
        ("shortNames", Names(kind.ShortNames)),
        ("categories", Names(kind.Categories)),
        ("storageVersionHash", Hash(kind)));

    private static JsonMap Subresource(ResourceKind kind, string name)
    {
        var (answer, verbs) = Describe(kind, name);
        return JsonMap.Of(
            ("name", $"{kind.Plural}/{name}"), ("singularName", ""), ("namespaced", kind.Namespaced),
            ("group", answer.Kind == kind.Kind ? null : answer.Group), ("version", answer.Kind == kind.Kind ? null : answer.Version),
            ("kind", answer.Kind), ("verbs", verbs));
    }

    private static JsonMap AggregatedResource(ResourceKind kind) => JsonMap.Of(
        ("resource", kind.Plural),
        ("responseKind", GroupVersionKind(kind.Group, kind.Version, kind.Kind)),
        ("scope", kind.Namespaced ? "Namespaced" : "Cluster"),
        ("singularResource", kind.Singular),
        ("verbs", ObjectVerbs),
        ("shortNames", Names(kind.ShortNames)),
        ("categories", Names(kind.Categories)),
        ("subresources", kind.Subresources.Count == 0 ? null : JsonList.From(kind.Subresources.Select(name =>
        {
            var (answer, verbs) = Describe(kind, name);
            return JsonMap.Of(("subresource", name), ("responseKind", GroupVersionKind(answer.Group, answer.Version, answer.Kind)), ("verbs", verbs));
        }))));

    private static ((string Group, string Version, string Kind) Answer, JsonList Verbs) Describe(ResourceKind kind, string subresource) => subresource switch
    {
        "scale" => (("autoscaling", "v1", "Scale"), JsonList.FromTexts(["get", "patch", "update"])),
        "eviction" => (("policy", "v1", "Eviction"), JsonList.FromTexts(["create"])),
        "binding" => (("", "v1", "Binding"), JsonList.FromTexts(["create"])),
        "finalize" => ((kind.Group, kind.Version, kind.Kind), JsonList.FromTexts(["update"])),
        "log" => ((kind.Group, kind.Version, kind.Kind), JsonList.FromTexts(["get"])),
        _ => ((kind.Group, kind.Version, kind.Kind), JsonList.FromTexts(["get", "patch", "update"])),
    };

    private static JsonMap GroupVersionKind(string group, string version, string kind) => JsonMap.Of(("group", group), ("version", version), ("kind", kind));

    private static JsonList? Names(IReadOnlyList<string> names) => names.Count == 0 ? null : JsonList.FromTexts(names);

    private static string Hash(ResourceKind kind) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes($"{kind.Group}/{kind.StorageVersion}/{kind.Kind}"))[..8]);
}
