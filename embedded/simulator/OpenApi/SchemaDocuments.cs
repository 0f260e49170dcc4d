using FogInfra.Embedded.Simulator.Kinds;
using FogInfra.Embedded.Simulator.Schema;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.OpenApi;

/// <summary>Types as OpenAPI describes them, with Kubernetes' extensions for merging.</summary>
/// <param name="definitions">Where definitions lie in the document, for example <c>#/components/schemas/</c>.</param>
/// <param name="isVersion3">Whether the document is OpenAPI 3; else it is Swagger 2, which has no alternatives.</param>
internal sealed class SchemaDocuments(string definitions, bool isVersion3)
{
    private readonly Dictionary<string, JsonMap> _definitions = new(StringComparer.Ordinal);
    private readonly HashSet<string> _started = new(StringComparer.Ordinal);

    /// <summary>The definitions of all types that were described.</summary>
    public JsonMap All => JsonMap.From(_definitions.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => KeyValuePair.Create(one.Key, (JsonData)one.Value)));

    /// <summary>Adds the definition of a kind and of its list.</summary>
    public void Add(ResourceKind kind)
    {
        Define(kind.Schema);
        if (kind.Custom is { } custom) _definitions[kind.Schema.Name] = AsGiven(custom.OpenApi, _definitions[kind.Schema.Name]);
        _definitions[kind.Schema.Name] = _definitions[kind.Schema.Name].With("x-kubernetes-group-version-kind", JsonList.Of([GroupVersionKind(kind, kind.Kind)]));
        _definitions[kind.Schema.Name + "List"] = JsonMap.Of(
            ("type", "object"),
            ("required", JsonList.FromTexts(["items"])),
            ("properties", JsonMap.Of(
                ("apiVersion", JsonMap.Of(("type", "string"))),
                ("items", JsonMap.Of(("type", "array"), ("items", Reference(kind.Schema.Name)))),
                ("kind", JsonMap.Of(("type", "string"))),
                ("metadata", Reference(ListMetadata)))),
            ("x-kubernetes-group-version-kind", JsonList.Of([GroupVersionKind(kind, kind.ListKind)])));
        _definitions[ListMetadata] = JsonMap.Of(("type", "object"), ("properties", JsonMap.Of(
            ("continue", JsonMap.Of(("type", "string"))),
            ("remainingItemCount", JsonMap.Of(("type", "integer"), ("format", "int64"))),
            ("resourceVersion", JsonMap.Of(("type", "string"))),
            ("selfLink", JsonMap.Of(("type", "string"))))));
    }

    /// <summary>A group, version and kind as the extension names them.</summary>
    public static JsonMap GroupVersionKind(ResourceKind kind, string name) => JsonMap.Of(("group", kind.Group), ("kind", name), ("version", kind.Version));

    /// <summary>A reference to a definition.</summary>
    public JsonMap Reference(string name) => isVersion3
        ? JsonMap.Of(("allOf", JsonList.Of([JsonMap.Of(("$ref", definitions + name))])), ("default", JsonMap.Empty))
        : JsonMap.Of(("$ref", definitions + name));

    private const string ListMetadata = "io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta";

    // The definition's own words, and the members that every object has.
    private static JsonMap AsGiven(JsonMap schema, JsonMap described)
    {
        var common = described.Map("properties").Change((name, value) => name is "apiVersion" or "kind" or "metadata" ? value : null);
        return schema.With("properties", schema.Map("properties").WithAll(common)).Default("object", "type");
    }

    private JsonMap Describe(FieldSchema schema) => schema switch
    {
        StructSchema type => Define(type),
        MapSchema map => JsonMap.Of(("type", "object"), ("additionalProperties", Describe(map.Values)), ("x-kubernetes-map-type", map.IsAtomic ? "atomic" : null)),
        ListSchema list => DescribeList(list),
        ScalarSchema scalar => DescribeScalar(scalar),
        _ => JsonMap.Of(("type", isVersion3 ? null : "object"), ("x-kubernetes-preserve-unknown-fields", true)),
    };

    private JsonMap Define(StructSchema type)
    {
        if (_started.Add(type.Name))
        {
            var members = type.Members.OrderBy(member => member.Key, StringComparer.Ordinal).ToList();
            var required = members.Where(member => member.Value.Required).Select(member => member.Key).ToList();
            _definitions[type.Name] = JsonMap.Of(
                ("type", "object"),
                ("required", required.Count == 0 ? null : JsonList.FromTexts(required)),
                ("properties", JsonMap.From(members.Select(member => KeyValuePair.Create(member.Key, (JsonData)Describe(member.Value))))),
                ("x-kubernetes-map-type", type.IsAtomic ? "atomic" : null),
                ("x-kubernetes-preserve-unknown-fields", type.Others is null ? null : true));
        }
        return Reference(type.Name);
    }

    private JsonMap Describe(StructMember member)
    {
        var described = Describe(member.Schema);
        return member.Default is { } value ? described.With("default", value) : described;
    }

    private JsonMap DescribeList(ListSchema list)
    {
        var strategies = new[] { list.PatchMerges ? "merge" : null, list.PatchRetainsKeys ? "retainKeys" : null }.OfType<string>().ToList();
        return JsonMap.Of(
            ("type", "array"),
            ("items", Describe(list.Items)),
            ("x-kubernetes-list-type", list.Type switch { ListType.Map => "map", ListType.Set => "set", _ => "atomic" }),
            ("x-kubernetes-list-map-keys", list.Keys.Count == 0 ? null : JsonList.FromTexts(list.Keys)),
            ("x-kubernetes-patch-merge-key", list.PatchKey),
            ("x-kubernetes-patch-strategy", strategies.Count == 0 ? null : string.Join(',', strategies)));
    }

    private JsonMap DescribeScalar(ScalarSchema scalar)
    {
        if (scalar.Type == ScalarType.WholeOrText)
        {
            return isVersion3
                ? JsonMap.Of(("oneOf", JsonList.Of([JsonMap.Of(("type", "integer")), JsonMap.Of(("type", "string"))])), ("format", "int-or-string"), ("x-kubernetes-int-or-string", true))
                : JsonMap.Of(("type", "string"), ("format", "int-or-string"));
        }
        var type = scalar.Type switch { ScalarType.Text => "string", ScalarType.Whole => "integer", ScalarType.Number => "number", _ => "boolean" };
        return JsonMap.Of(("type", type), ("format", scalar.Format), ("enum", scalar.Enum.Count == 0 ? null : JsonList.FromTexts(scalar.Enum)));
    }
}
