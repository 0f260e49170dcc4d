using System.Globalization;
using System.Text.RegularExpressions;
using FogInfra.Embedded.Simulator.Errors;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Schema;

/// <summary>What every object must fulfil by its schema alone: members that are required, values that are known; for custom objects also types and bounds.</summary>
internal sealed class SchemaValidation
{
    private static readonly TimeSpan PatternTime = TimeSpan.FromSeconds(1); // A pattern of a user's definition must not hold up the server.

    private static readonly HashSet<string> NeedItems = new(StringComparer.Ordinal) { "containers", "nodeSelectorTerms", "paths", "verbs", "versions" };
    private static readonly HashSet<string> MayBeEmpty = new(StringComparer.Ordinal) { "drivers", "value" };

    private readonly List<FieldError> _errors = [];
    private readonly bool _isCustom;

    private SchemaValidation(bool isCustom) => _isCustom = isCustom;

    /// <summary>The faults of an object of a built-in kind. Its status is the controllers' own affair.</summary>
    public static IReadOnlyList<FieldError> BuiltIn(JsonMap value, StructSchema schema) => new SchemaValidation(isCustom: false).Check(value.Without("status"), schema);

    /// <summary>The faults of a custom object.</summary>
    public static IReadOnlyList<FieldError> Custom(JsonMap value, StructSchema schema) => new SchemaValidation(isCustom: true).Check(value, schema);

    private List<FieldError> Check(JsonMap value, StructSchema schema)
    {
        CheckStruct(value, schema, "");
        return _errors;
    }

    private void CheckValue(JsonData value, FieldSchema schema, string path)
    {
        switch (schema, value)
        {
            case (ScalarSchema type, _):
                CheckScalar(value, type, path);
                break;
            case (StructSchema type, JsonMap map):
                CheckStruct(map, type, path);
                break;
            case (MapSchema type, JsonMap map):
                foreach (var (name, member) in map) CheckValue(member, type.Values, Join(path, name));
                break;
            case (ListSchema type, JsonList list):
                for (var i = 0; i < list.Count; i++) CheckValue(list[i], type.Items, $"{path}[{i}]");
                break;
            case (AnySchema, _):
                break;
            default:
                ReportType(value, schema, path);
                break;
        }
    }

    private void CheckStruct(JsonMap map, StructSchema schema, string path)
    {
        foreach (var (name, member) in schema.Members)
        {
            if (member.Required && IsMissing(map[name], name)) _errors.Add(FieldError.Required(Join(path, name)));
        }
        foreach (var (name, value) in map)
        {
            if (schema[name] is { } member && !ReferenceEquals(value, JsonData.Null)) CheckValue(value, member, Join(path, name));
        }
    }

    // Typed records cannot tell an empty text from an absent one. An empty list is an answer to some questions, and not to others.
    private bool IsMissing(JsonData? value, string name) => _isCustom ? value is null : value switch
    {
        null or JsonText { Value.Length: 0 } when MayBeEmpty.Contains(name) => false,
        null or JsonText { Value.Length: 0 } => true,
        JsonList { Count: 0 } => NeedItems.Contains(name),
        _ => false,
    };

    private void CheckScalar(JsonData value, ScalarSchema schema, string path)
    {
        var fits = schema.Type switch
        {
            ScalarType.Text => value is JsonText,
            ScalarType.Whole => value is JsonNumber number && (number.IsWhole || number.Value == Math.Floor(number.Value)),
            ScalarType.Number => value is JsonNumber,
            ScalarType.Flag => value is JsonFlag,
            _ => value is JsonText or JsonNumber,
        };
        if (!fits)
        {
            ReportType(value, schema, path);
            return;
        }
        if (schema.Enum.Count > 0 && !schema.Enum.Contains(value.AsText ?? value.ToString()) && (_isCustom || value.AsText is not ""))
        {
            _errors.Add(FieldError.NotSupported(path, value, schema.Enum));
        }
        if (schema.Bounds is { } bounds) CheckBounds(value, bounds, path);
    }

    private void CheckBounds(JsonData value, ScalarBounds bounds, string path)
    {
        if (value is JsonNumber number)
        {
            if (number.Value < bounds.Minimum) Report($"should be greater than or equal to {Text(bounds.Minimum)}");
            if (number.Value > bounds.Maximum) Report($"should be less than or equal to {Text(bounds.Maximum)}");
        }
        else if (value is JsonText text)
        {
            if (text.Value.Length < bounds.MinLength) Report($"should be at least {bounds.MinLength} chars long");
            if (text.Value.Length > bounds.MaxLength) Report($"may not be more than {bounds.MaxLength} bytes");
            if (bounds.Pattern is { } pattern && !Regex.IsMatch(text.Value, pattern, RegexOptions.CultureInvariant, PatternTime)) Report($"should match '{pattern}'");
        }

        void Report(string what) => _errors.Add(FieldError.Invalid(path, value, $"{path} in body {what}"));
    }

    private void ReportType(JsonData value, FieldSchema schema, string path)
    {
        if (!_isCustom) return; // Reading it has refused that already.
        var type = schema switch
        {
            ScalarSchema { Type: ScalarType.Text } => "string",
            ScalarSchema { Type: ScalarType.Whole } => "integer",
            ScalarSchema { Type: ScalarType.Number } => "number",
            ScalarSchema { Type: ScalarType.Flag } => "boolean",
            ScalarSchema => "integer,string",
            ListSchema => "array",
            _ => "object",
        };
        var error = FieldError.WrongType(path, value, "");
        var given = error.Message["Invalid value: ".Length..].TrimEnd(' ', ':');
        _errors.Add(error with { Message = $"Invalid value: {given}: {path} in body must be of type {type}: {given}" });
    }

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static string Text(double? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";
}
