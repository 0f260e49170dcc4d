using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Errors;

/// <summary>A field of an object that the API does not accept.</summary>
/// <param name="Reason">The reason in the form of causes, for example <c>FieldValueInvalid</c>.</param>
/// <param name="Field">The field's path, for example <c>spec.ports[0].port</c>.</param>
/// <param name="Message">What is wrong, without the path.</param>
internal sealed record FieldError(string Reason, string Field, string Message)
{
    /// <summary>It is missing.</summary>
    public static FieldError Required(string field, string? detail = null) =>
        new("FieldValueRequired", field, detail is null ? "Required value" : "Required value: " + detail);

    /// <summary>It has a value that cannot be.</summary>
    public static FieldError Invalid(string field, JsonData? value, string detail) =>
        new("FieldValueInvalid", field, $"Invalid value: {(value is null ? "null" : value)}: {detail}");

    /// <summary>It has a value of a wrong type.</summary>
    public static FieldError WrongType(string field, JsonData value, string detail) =>
        new("FieldValueTypeInvalid", field, $"Invalid value: \"{TypeName(value)}\": {detail}");

    /// <summary>It has a value that is not among those that are known.</summary>
    public static FieldError NotSupported(string field, JsonData? value, IEnumerable<string> supported) =>
        new("FieldValueNotSupported", field, $"Unsupported value: {value ?? JsonData.Null}: supported values: {string.Join(", ", supported.Order(StringComparer.Ordinal).Select(one => $"\"{one}\""))}");

    /// <summary>It has a value that another one has and that must be unique.</summary>
    public static FieldError Duplicate(string field, JsonData value) => new("FieldValueDuplicate", field, $"Duplicate value: {value}");

    /// <summary>It must not be there, or must not change.</summary>
    public static FieldError Forbidden(string field, string detail) => new("FieldValueForbidden", field, "Forbidden: " + detail);

    /// <summary>It refers to something that is not there.</summary>
    public static FieldError NotFound(string field, JsonData value) => new("FieldValueNotFound", field, $"Not found: {value}");

    /// <summary>It differs from what it was, and must not.</summary>
    public static FieldError Immutable(string field, JsonData? value) => Invalid(field, value, "field is immutable");

    /// <inheritdoc/>
    public override string ToString() => $"{Field}: {Message}";

    private static string TypeName(JsonData value) => value switch
    {
        JsonMap => "object",
        JsonList => "array",
        JsonText => "string",
        JsonFlag => "boolean",
        JsonNumber { IsWhole: true } => "integer",
        JsonNumber => "number",
        _ => "null",
    };
}
