using FogInfra.Embedded.Simulator.Kinds;
using FogInfra.Embedded.Simulator.Schema;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.CustomResources;

/// <summary>Turns the structural schema of a custom resource definition into the form that built-in kinds have.</summary>
internal static class CustomSchemas
{
    private const string Metadata = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta";

    /// <summary>The type of a version's objects.</summary>
    public static StructSchema Root(string typeName, JsonMap schema)
    {
        var root = schema.Count == 0 ? null : Struct(typeName, schema);
        var members = new Dictionary<string, StructMember>(root?.Members ?? new Dictionary<string, StructMember>(), StringComparer.Ordinal)
        {
            ["apiVersion"] = new(new ScalarSchema(ScalarType.Text), Required: false, Default: null),
            ["kind"] = new(new ScalarSchema(ScalarType.Text), Required: false, Default: null),
            ["metadata"] = new(BuiltInKinds.Instance.Schemas[Metadata], Required: false, Default: null),
        };
        return new StructSchema(typeName, isAtomic: false, () => members) { Others = root is null ? AnySchema.Granular : root.Others };
    }

    private static FieldSchema Convert(string path, JsonMap schema)
    {
        if (schema.Flag("x-kubernetes-int-or-string")) return new ScalarSchema(ScalarType.WholeOrText);
        switch (schema.Text("type"))
        {
            case "object":
                if (schema["additionalProperties"] is JsonMap values) return new MapSchema(Convert(path + ".*", values), IsAtomic(schema));
                if (schema.Map("properties").Count == 0 && KeepsUnknown(schema)) return IsAtomic(schema) ? AnySchema.Atomic : AnySchema.Granular;
                return Struct(path, schema);
            case "array":
                return List(path, schema);
            case "string":
                return Scalar(ScalarType.Text, schema);
            case "integer":
                return Scalar(ScalarType.Whole, schema);
            case "number":
                return Scalar(ScalarType.Number, schema);
            case "boolean":
                return Scalar(ScalarType.Flag, schema);
            default:
                return AnySchema.Granular;
        }
    }

    private static StructSchema Struct(string path, JsonMap schema)
    {
        var required = schema.List("required").Texts().ToHashSet(StringComparer.Ordinal);
        return new StructSchema(path, IsAtomic(schema), () => schema.Map("properties").Where(property => property.Value is JsonMap).ToDictionary(
            property => property.Key,
            property => new StructMember(Convert($"{path}.{property.Key}", (JsonMap)property.Value), required.Contains(property.Key), property.Value["default"])
            {
                Nullable = property.Value.Flag("nullable"),
            },
            StringComparer.Ordinal))
        {
            Others = KeepsUnknown(schema) ? AnySchema.Granular : null,
        };
    }

    private static ListSchema List(string path, JsonMap schema)
    {
        var type = schema.Text("x-kubernetes-list-type") switch { "set" => ListType.Set, "map" => ListType.Map, _ => ListType.Atomic };
        return new ListSchema(Convert(path + "[]", schema.Map("items")), type, [.. schema.List("x-kubernetes-list-map-keys").Texts()]);
    }

    private static ScalarSchema Scalar(ScalarType type, JsonMap schema) => new(type, schema.Text("format"))
    {
        Enum = [.. schema.List("enum").Select(value => value.AsText ?? value.ToString())],
        Bounds = new ScalarBounds(Number(schema["minimum"]), Number(schema["maximum"]), schema.Long("minLength"), schema.Long("maxLength"), schema.Text("pattern")),
    };

    private static bool IsAtomic(JsonMap schema) => schema.Text("x-kubernetes-map-type") == "atomic";

    private static bool KeepsUnknown(JsonMap schema) => schema.Flag("x-kubernetes-preserve-unknown-fields") || schema.Flag("x-kubernetes-embedded-resource");

    private static double? Number(JsonData? value) => (value as JsonNumber)?.Value;
}
