using System.Collections.Concurrent;
using System.Security.Cryptography;
using FogInfra.Embedded.Simulator.Api;
using FogInfra.Embedded.Simulator.Kinds;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.OpenApi;

/// <summary>The OpenAPI documents of the kinds of one registry. Each is made when it is first asked for.</summary>
internal sealed class OpenApiDocuments(KindRegistry registry)
{
    private readonly ConcurrentDictionary<string, OpenApiDocument> _groupVersions = new(StringComparer.Ordinal);

    /// <summary>The document that names the others.</summary>
    /// <param name="prefix">The path of the cluster's API in its process.</param>
    public JsonMap Index(string prefix) => JsonMap.Of(("paths", JsonMap.From(registry.All.Select(PathOf).Distinct().Select(path => KeyValuePair.Create(path, (JsonData)JsonMap.Of(
        ("serverRelativeURL", $"{prefix}/openapi/v3/{path}?hash={GroupVersion(path)!.Hash}")))))));

    /// <summary>The OpenAPI 3 document of a group version, such as <c>apis/apps/v1</c>; null when there is none.</summary>
    public OpenApiDocument? GroupVersion(string path)
    {
        var kinds = registry.All.Where(kind => PathOf(kind) == path).ToList();
        if (kinds.Count == 0) return null;
        var isBuiltIn = kinds.TrueForAll(kind => kind.Custom is null);
        return isBuiltIn && !ReferenceEquals(this, BuiltIn) ? BuiltIn.GroupVersion(path) : _groupVersions.GetOrAdd(path, _ => new OpenApiDocument(Describe(kinds)));
    }

    /// <summary>The Swagger 2 document of all kinds.</summary>
    public JsonMap Whole()
    {
        var schemas = new SchemaDocuments("#/definitions/", isVersion3: false);
        return Describe(registry.All, schemas, isVersion3: false, JsonMap.Of(("swagger", "2.0")), () => ("definitions", schemas.All));
    }

    // Most clusters have no kinds of their own, and all share what is the same.
    private static OpenApiDocuments BuiltIn { get; } = new(new KindRegistry([]));

    private static string PathOf(ResourceKind kind) => kind.Group.Length == 0 ? $"api/{kind.Version}" : $"apis/{kind.Group}/{kind.Version}";

    private static JsonMap Describe(IReadOnlyList<ResourceKind> kinds)
    {
        var schemas = new SchemaDocuments("#/components/schemas/", isVersion3: true);
        return Describe(kinds, schemas, isVersion3: true, JsonMap.Of(("openapi", "3.0.0")), () => ("components", JsonMap.Of(("schemas", schemas.All))));
    }

    private static JsonMap Describe(IReadOnlyList<ResourceKind> kinds, SchemaDocuments schemas, bool isVersion3, JsonMap start, Func<(string Name, JsonMap Value)> definitions)
    {
        foreach (var kind in kinds) schemas.Add(kind);
        var documents = new PathDocuments(schemas, isVersion3);
        var paths = kinds.SelectMany(documents.Of).OrderBy(path => path.Path, StringComparer.Ordinal).Select(path => KeyValuePair.Create(path.Path, (JsonData)path.Item));
        var (name, value) = definitions();
        return start
            .With("info", JsonMap.Of(("title", "Kubernetes"), ("version", ServerVersion.Git)))
            .With("paths", JsonMap.From(paths))
            .With(name, value);
    }
}

/// <summary>A document as it is sent.</summary>
internal sealed class OpenApiDocument(JsonMap value)
{
    /// <summary>The document as JSON in UTF-8.</summary>
    public byte[] Utf8 { get; } = JsonWriting.ToUtf8(value);

    /// <summary>Tells it from other versions of itself.</summary>
    public string Hash => field ??= Convert.ToHexString(SHA256.HashData(Utf8));
}
