using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Schema;

/// <summary>
/// Reads an object as one of its type, as a server that keeps typed records does: what is null or unknown is dropped, what has the wrong type is refused,
/// and quantities become canonical.
/// </summary>
internal sealed class ObjectDecoder
{
    // Typed records leave empty maps and lists out when they are written, but for these.
    private static readonly HashSet<string> StaysEmpty = new(StringComparer.Ordinal) { "rules" };

    private readonly List<string> _unknown = [];
    private readonly bool _checksTypes;

    private ObjectDecoder(bool checksTypes) => _checksTypes = checksTypes;

    /// <summary>Reads an object of a built-in kind.</summary>
    /// <exception cref="DecodingException">A value has the wrong type.</exception>
    public static DecodedObject Typed(JsonMap value, StructSchema schema) => new ObjectDecoder(checksTypes: true).Decode(value, schema);

    /// <summary>Reads a custom object: wrong types are left for validation, which reports them all.</summary>
    public static DecodedObject Custom(JsonMap value, StructSchema schema) => new ObjectDecoder(checksTypes: false).Decode(value, schema);

    private DecodedObject Decode(JsonMap value, StructSchema schema) => new(DecodeStruct(value, schema, ""), _unknown);

    private JsonData DecodeValue(JsonData value, FieldSchema schema, string path, string owner) => (schema, value) switch
    {
        (ScalarSchema type, _) => DecodeScalar(value, type, path, owner),
        (StructSchema type, JsonMap map) => DecodeStruct(map, type, path),
        (MapSchema type, JsonMap map) => map.Change((name, member) => IsNull(member) ? Absent(type.Values) : DecodeValue(member, type.Values, $"{path}.{name}", owner)),
        (ListSchema type, JsonList list) => DecodeList(list, type, path, owner),
        (AnySchema, _) => value,
        _ => Mismatch(value, schema, path, owner),
    };

    private JsonMap DecodeStruct(JsonMap map, StructSchema schema, string path) => map.Change((name, value) =>
    {
        var inner = path.Length == 0 ? name : $"{path}.{name}";
        if (schema.Members.TryGetValue(name, out var member))
        {
            if (IsNull(value)) return member.Nullable ? value : null;
            var decoded = DecodeValue(value, member.Schema, inner, schema.Name);
            return _checksTypes && IsEmptyCollection(decoded, member.Schema) && !StaysEmpty.Contains(name) ? null : decoded;
        }
        if (schema.Others is { } others) return DecodeValue(value, others, inner, schema.Name);
        _unknown.Add(inner);
        return null;
    });

    private JsonList DecodeList(JsonList list, ListSchema schema, string path, string owner)
    {
        var index = 0;
        return list.Change(item =>
        {
            var inner = $"{path}[{index++}]";
            return IsNull(item) ? item : DecodeValue(item, schema.Items, inner, owner);
        });
    }

    private JsonData DecodeScalar(JsonData value, ScalarSchema schema, string path, string owner)
    {
        if (schema.Format == "quantity" && value is JsonText or JsonNumber)
        {
            if (Quantity.Read(value) is not { } quantity)
            {
                if (!_checksTypes) return value;
                throw new DecodingException("quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
            }
            var canonical = quantity.ToString();
            return value.AsText == canonical ? value : canonical;
        }
        var fits = schema.Type switch
        {
            ScalarType.Text => value is JsonText,
            ScalarType.Whole => value is JsonNumber { IsWhole: true } number && (schema.Format != "int32" || number.Whole is >= int.MinValue and <= int.MaxValue),
            ScalarType.Number => value is JsonNumber,
            ScalarType.Flag => value is JsonFlag,
            _ => value is JsonText or JsonNumber { IsWhole: true },
        };
        if (!fits) return Mismatch(value, schema, path, owner);
        if (_checksTypes) CheckFormat((value as JsonText)?.Value, schema.Format);
        return value;
    }

    private static void CheckFormat(string? text, string? format)
    {
        if (format == "byte" && text is not null && !Convert.TryFromBase64String(text, new byte[text.Length], out _))
        {
            throw new DecodingException($"illegal base64 data at input byte {IllegalByte(text)}");
        }
        if (format is "date-time" or "date-time-micro" && KubernetesTime.Parse(text) is null)
        {
            throw new DecodingException($"parsing time \"{text}\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"{text}\" as a time");
        }
    }

    private static int IllegalByte(string text)
    {
        var at = text.AsSpan().IndexOfAnyExcept("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
        return at < 0 ? text.Length - (text.Length % 4) : at;
    }

    private JsonData Mismatch(JsonData value, FieldSchema schema, string path, string owner)
    {
        if (!_checksTypes) return value;
        var given = value switch
        {
            JsonMap => "object",
            JsonList => "array",
            JsonText => "string",
            JsonFlag => "bool",
            _ when schema is ScalarSchema { Type: ScalarType.Whole } => $"number {value}",
            _ => "number",
        };
        throw new DecodingException($"json: cannot unmarshal {given} into Go struct field {ShortName(owner)}.{path} of type {TypeName(schema)}");
    }

    private static string TypeName(FieldSchema schema) => schema switch
    {
        ScalarSchema { Type: ScalarType.Whole, Format: "int32" } => "int32",
        ScalarSchema { Type: ScalarType.Whole } => "int64",
        ScalarSchema { Type: ScalarType.Number } => "float64",
        ScalarSchema { Type: ScalarType.Flag } => "bool",
        ScalarSchema { Type: ScalarType.WholeOrText } => "intstr.IntOrString",
        ScalarSchema => "string",
        ListSchema list => "[]" + TypeName(list.Items),
        MapSchema map => "map[string]" + TypeName(map.Values),
        StructSchema type => VersionedName(type.Name),
        _ => "interface {}",
    };

    private static string ShortName(string type) => type[(type.LastIndexOf('.') + 1)..];

    private static string VersionedName(string type) => string.Join('.', type.Split('.')[^2..]);

    private static bool IsEmptyCollection(JsonData value, FieldSchema schema) => (schema, value) is (MapSchema, JsonMap { Count: 0 }) or (ListSchema, JsonList { Count: 0 });

    private static bool IsNull(JsonData value) => ReferenceEquals(value, JsonData.Null);

    // A null in a map is the value without content of its type.
    private static JsonData? Absent(FieldSchema values) => values is ScalarSchema { Type: ScalarType.Text } ? JsonText.Empty : null;
}

/// <summary>An object as its type has it.</summary>
/// <param name="Value">The object.</param>
/// <param name="Unknown">The paths of the members that the type does not have.</param>
internal sealed record DecodedObject(JsonMap Value, IReadOnlyList<string> Unknown);

/// <summary>A value has the wrong type.</summary>
internal sealed class DecodingException(string message) : Exception(message);
