using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.OpenApi;

/// <summary>
/// A Swagger 2 document in protobuf, the form in which Go clients read it. Field numbers: openapiv2/OpenAPIv2.proto of
/// https://github.com/google/gnostic.
/// </summary>
internal static class BinaryDocument
{
    /// <summary>Writes a document.</summary>
    public static byte[] Write(JsonMap document)
    {
        var writer = new ProtobufWriter();
        writer.Text(1, document.Text("swagger"));
        writer.Message(2, info =>
        {
            info.Text(1, document.Text("info", "title"));
            info.Text(2, document.Text("info", "version"));
        });
        writer.Message(8, paths =>
        {
            foreach (var (path, item) in document.Map("paths")) Named(paths, 2, path, value => WritePath(value, item));
        });
        writer.Message(9, definitions =>
        {
            foreach (var (name, schema) in document.Map("definitions")) Named(definitions, 1, name, value => WriteSchema(value, schema));
        });
        return writer.Written.ToArray();
    }

    private static void Named(ProtobufWriter writer, int field, string name, Action<ProtobufWriter> value) => writer.Message(field, named =>
    {
        named.Text(1, name);
        named.Message(2, value);
    });

    private static void WritePath(ProtobufWriter writer, JsonData item)
    {
        foreach (var (method, field) in new[] { ("get", 2), ("put", 3), ("post", 4), ("delete", 5), ("patch", 8) })
        {
            if (item[method] is { } operation) writer.Message(field, value => WriteOperation(value, operation));
        }
        foreach (var parameter in item.Maps("parameters")) writer.Message(9, value => WriteParameter(value, parameter));
    }

    private static void WriteOperation(ProtobufWriter writer, JsonData operation)
    {
        writer.Text(5, operation.Text("operationId"));
        foreach (var type in operation.List("produces").Texts()) writer.Text(6, type);
        foreach (var type in operation.List("consumes").Texts()) writer.Text(7, type);
        foreach (var parameter in operation.Maps("parameters")) writer.Message(8, value => WriteParameter(value, parameter));
        writer.Message(9, responses =>
        {
            foreach (var (code, response) in operation.Map("responses"))
            {
                Named(responses, 1, code, value => value.Message(1, content =>
                {
                    content.Text(1, response.Text("description"));
                    if (response["schema"] is { } schema) content.Message(2, item => item.Message(1, inner => WriteSchema(inner, schema)));
                }));
            }
        });
        WriteExtensions(writer, 13, operation);
    }

    private static void WriteParameter(ProtobufWriter writer, JsonMap parameter) => writer.Message(1, value =>
    {
        if (parameter.Text("in") == "body")
        {
            value.Message(1, body =>
            {
                body.Text(2, parameter.Text("name"));
                body.Text(3, parameter.Text("in"));
                body.Flag(4, parameter.Flag("required"));
                if (parameter["schema"] is { } schema) body.Message(5, inner => WriteSchema(inner, schema));
            });
            return;
        }
        var inPath = parameter.Text("in") == "path";
        value.Message(2, other => other.Message(inPath ? 4 : 3, plain =>
        {
            plain.Flag(1, parameter.Flag("required"));
            plain.Text(2, parameter.Text("in"));
            plain.Text(4, parameter.Text("name"));
            plain.Text(inPath ? 5 : 6, parameter.Text("type"));
            plain.Flag(inPath ? 19 : 20, parameter.Flag("uniqueItems"));
        }));
    });

    private static void WriteSchema(ProtobufWriter writer, JsonData schema)
    {
        writer.Text(1, schema.Text("$ref"));
        writer.Text(2, schema.Text("format"));
        writer.Text(4, schema.Text("description"));
        if (schema["default"] is { } given) writer.Message(5, value => WriteAny(value, given));
        foreach (var name in schema.List("required").Texts()) writer.Text(19, name);
        foreach (var one in schema.List("enum")) writer.Message(20, value => WriteAny(value, one));
        if (schema["additionalProperties"] is { } values) writer.Message(21, item => item.Message(1, inner => WriteSchema(inner, values)));
        if (schema.Text("type") is { } type) writer.Message(22, item => item.Text(1, type));
        if (schema["items"] is { } items) writer.Message(23, list => list.Message(1, inner => WriteSchema(inner, items)));
        if (schema["properties"] is JsonMap properties)
        {
            writer.Message(25, all =>
            {
                foreach (var (name, property) in properties) Named(all, 1, name, value => WriteSchema(value, property));
            });
        }
        WriteExtensions(writer, 31, schema);
    }

    private static void WriteExtensions(ProtobufWriter writer, int field, JsonData owner)
    {
        foreach (var (name, value) in owner as JsonMap ?? JsonMap.Empty)
        {
            if (name.StartsWith("x-", StringComparison.Ordinal)) Named(writer, field, name, any => WriteAny(any, value));
        }
    }

    // Any value is kept as YAML, of which JSON is a part.
    private static void WriteAny(ProtobufWriter writer, JsonData value) => writer.Text(2, JsonWriting.ToText(value));
}
