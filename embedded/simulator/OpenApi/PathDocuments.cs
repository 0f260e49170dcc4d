using FogInfra.Embedded.Simulator.Kinds;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.OpenApi;

/// <summary>The paths of kinds as OpenAPI describes them: what can be asked for where, and with which parameters.</summary>
/// <param name="schemas">Describes the types.</param>
/// <param name="isVersion3">Whether the document is OpenAPI 3; else it is Swagger 2.</param>
internal sealed class PathDocuments(SchemaDocuments schemas, bool isVersion3)
{
    private static readonly string[] PatchTypes =
        ["application/apply-patch+yaml", "application/json-patch+json", "application/merge-patch+json", "application/strategic-merge-patch+json"];

    /// <summary>The paths of a kind.</summary>
    public IEnumerable<(string Path, JsonMap Item)> Of(ResourceKind kind)
    {
        var root = kind.Group.Length == 0 ? $"/api/{kind.Version}" : $"/apis/{kind.Group}/{kind.Version}";
        var space = kind.Namespaced ? "/namespaces/{namespace}" : "";
        if (kind.Namespaced) yield return ($"{root}/{kind.Plural}", JsonMap.Of(("get", Operation(kind, "list", "listForAllNamespaces"))));
        yield return ($"{root}{space}/{kind.Plural}", JsonMap.Of(
            ("get", Operation(kind, "list", "list")), ("post", Operation(kind, "post", "create", Body(kind, "application/json"), Write)), ("delete", Operation(kind, "deletecollection", "deleteCollection")),
            ("parameters", Named(kind, withName: false))));
        yield return ($"{root}{space}/{kind.Plural}/{{name}}", Object(kind, ""));
        if (kind.HasStatus) yield return ($"{root}{space}/{kind.Plural}/{{name}}/status", Object(kind, "Status"));
    }

    private static readonly string[] Write = ["dryRun", "fieldManager", "fieldValidation"];

    private JsonMap Object(ResourceKind kind, string suffix) => JsonMap.Of(
        ("get", Operation(kind, "get", "read" + suffix)),
        ("put", Operation(kind, "put", "replace" + suffix, Body(kind, "application/json"), Write)),
        ("patch", Operation(kind, "patch", "patch" + suffix, Body(kind, PatchTypes), [.. Write, "force"])),
        ("delete", suffix.Length > 0 ? null : Operation(kind, "delete", "delete", null, ["dryRun", "gracePeriodSeconds", "propagationPolicy"])),
        ("parameters", Named(kind, withName: true)));

    private JsonMap Operation(ResourceKind kind, string action, string verb, JsonMap? body = null, params string[] parameters)
    {
        var list = JsonList.From(parameters.Select(Parameter));
        var isList = action is "list" or "deletecollection";
        var schema = schemas.Reference(kind.Schema.Name + (isList ? "List" : ""));
        var answer = isVersion3
            ? JsonMap.Of(("description", "OK"), ("content", JsonMap.Of(("application/json", JsonMap.Of(("schema", schema))))))
            : JsonMap.Of(("description", "OK"), ("schema", schema));
        return JsonMap.Of(
            ("operationId", $"{verb}{kind.Group.Replace(".", "", StringComparison.Ordinal)}{kind.Version}{kind.Kind}"),
            ("parameters", isVersion3 || body is null ? list.Count == 0 ? null : list : JsonList.From(list.Prepend(body))),
            ("requestBody", isVersion3 ? body : null),
            ("consumes", isVersion3 || body is null ? null : JsonList.FromTexts(action == "patch" ? PatchTypes : ["*/*"])),
            ("produces", isVersion3 ? null : JsonList.FromTexts(["application/json"])),
            ("responses", JsonMap.Of(("200", answer))),
            ("x-kubernetes-action", action),
            ("x-kubernetes-group-version-kind", SchemaDocuments.GroupVersionKind(kind, kind.Kind)));
    }

    private JsonMap Body(ResourceKind kind, params string[] types)
    {
        var schema = types.Length == 1 ? schemas.Reference(kind.Schema.Name) : JsonMap.Of(("type", "object"));
        return isVersion3
            ? JsonMap.Of(("required", true), ("content", JsonMap.From(types.Select(type => KeyValuePair.Create(type, (JsonData)JsonMap.Of(("schema", schema)))))))
            : JsonMap.Of(("name", "body"), ("in", "body"), ("required", true), ("schema", schema));
    }

    private JsonMap Parameter(string name) => Parameter(name, "query", name switch { "force" => "boolean", "gracePeriodSeconds" => "integer", _ => "string" }, isRequired: false);

    private JsonList Named(ResourceKind kind, bool withName) => JsonList.From(new[]
    {
        withName ? Parameter("name", "path", "string", isRequired: true) : null,
        kind.Namespaced ? Parameter("namespace", "path", "string", isRequired: true) : null,
    }.OfType<JsonMap>());

    private JsonMap Parameter(string name, string place, string type, bool isRequired)
    {
        var parameter = JsonMap.Of(("name", name), ("in", place), ("required", isRequired ? true : null));
        if (isVersion3) return parameter.With("schema", JsonMap.Of(("type", type), ("uniqueItems", true)));
        return parameter.With("type", type).With("uniqueItems", true);
    }
}
