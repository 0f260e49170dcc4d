using FogInfra.Embedded.Simulator.Apply;
using FogInfra.Embedded.Simulator.Kinds;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Errors;

/// <summary>The refusals of the API, with the codes, reasons and words that clients know.</summary>
internal static class ApiErrors
{
    /// <summary>There is nothing at that path.</summary>
    public static StatusException NoSuchPath() => new(404, "NotFound", "the server could not find the requested resource");

    /// <summary>There is no object of that name.</summary>
    public static StatusException NotFound(GroupResource resource, string name) =>
        new(404, "NotFound", $"{resource} \"{name}\" not found", About(resource, name));

    /// <summary>There is an object of that name already.</summary>
    public static StatusException AlreadyExists(GroupResource resource, string name) =>
        new(409, "AlreadyExists", $"{resource} \"{name}\" already exists", About(resource, name));

    /// <summary>The object is no longer what the writer takes it for.</summary>
    public static StatusException Conflict(GroupResource resource, string name, string? why = null) => new(409, "Conflict",
        $"Operation cannot be fulfilled on {resource} \"{name}\": {why ?? "the object has been modified; please apply your changes to the latest version and try again"}",
        About(resource, name));

    /// <summary>The object breaks the rules of its kind.</summary>
    public static StatusException Invalid(ResourceKind kind, string name, IReadOnlyList<FieldError> errors)
    {
        var text = errors.Count == 1 ? errors[0].ToString() : $"[{string.Join(", ", errors)}]";
        var causes = JsonList.From(errors.Select(error => JsonMap.Of(("reason", error.Reason), ("message", error.Message), ("field", error.Field))));
        return new StatusException(422, "Invalid", $"{kind.QualifiedKind} \"{name}\" is invalid: {text}",
            JsonMap.Of(("name", name), ("group", GroupOf(kind.Group)), ("kind", kind.Kind), ("causes", causes)));
    }

    /// <summary>The object cannot be read as one of its kind.</summary>
    public static StatusException Undecodable(ResourceKind kind, string why) =>
        BadRequest($"{kind.Kind} in version \"{kind.Version}\" cannot be handled as a {kind.Kind}: {why}");

    /// <summary>The request makes no sense.</summary>
    public static StatusException BadRequest(string message) => new(400, "BadRequest", message);

    /// <summary>The patch does not fit the object.</summary>
    public static StatusException Unprocessable(string why) => new(422, "Invalid", "the server rejected our request due to an error in our request",
        JsonMap.Of(("causes", JsonList.Of([JsonMap.Of(("reason", "UnexpectedServerResponse"), ("message", why))]))));

    /// <summary>A rule of the cluster forbids it.</summary>
    public static StatusException Forbidden(GroupResource resource, string name, string why, JsonMap? cause = null)
    {
        var details = About(resource, name);
        return new StatusException(403, "Forbidden", $"{resource} \"{name}\" is forbidden: {why}",
            cause is null ? details : details.With("causes", JsonList.Of([cause])));
    }

    /// <summary>The path does not know that method.</summary>
    public static StatusException MethodNotAllowed() => new(405, "MethodNotAllowed", "the server does not allow this method on the requested resource");

    /// <summary>The body is in a form that is not understood.</summary>
    public static StatusException UnsupportedMediaType(string given, params string[] accepted) => new(415, "UnsupportedMediaType",
        $"the body of the request was in an unknown format - accepted media types include: {string.Join(", ", accepted)}; it was {(given.Length == 0 ? "not named" : given)}");

    /// <summary>No form of answer that is asked for can be given.</summary>
    public static StatusException NotAcceptable() => new(406, "NotAcceptable", "only the following media types are accepted: application/json, application/json;as=Table;v=v1;g=meta.k8s.io");

    /// <summary>The changes since that version are no longer known.</summary>
    public static StatusException Expired(string message) => new(410, "Expired", message);

    /// <summary>The version asked for has not been reached; the client may have known another cluster of that address.</summary>
    public static StatusException TooLargeVersion(long wanted, long current) => new(504, "Timeout", $"Too large resource version: {wanted}, current: {current}", JsonMap.Of(
        ("causes", JsonList.Of([JsonMap.Of(("reason", "ResourceVersionTooLarge"), ("message", "Too large resource version"))])), ("retryAfterSeconds", 1)));

    /// <summary>An applied object does not fit the schema.</summary>
    public static StatusException Unappliable(ResourceKind kind, ObjectKey key, string why) =>
        new(500, "", $"failed to create typed patch object ({key}; {kind.ApiVersion}, Kind={kind.Kind}): {why}");

    /// <summary>Other managers own fields that an apply would change.</summary>
    public static StatusException ApplyConflict(IReadOnlyList<ApplyConflict> conflicts)
    {
        var causes = JsonList.From(conflicts.Select(conflict => JsonMap.Of(
            ("reason", "FieldManagerConflict"), ("message", "conflict with " + Describe(conflict.Owner)), ("field", conflict.Path))));
        var message = conflicts.Count == 1
            ? $"Apply failed with 1 conflict: conflict with {Describe(conflicts[0].Owner)}: {conflicts[0].Path}"
            : $"Apply failed with {conflicts.Count} conflicts: {string.Join('\n', conflicts.GroupBy(conflict => Describe(conflict.Owner)).OrderBy(owner => owner.Key, StringComparer.Ordinal)
                .Select(owner => $"conflicts with {owner.Key}:\n{string.Join('\n', owner.Select(conflict => "- " + conflict.Path))}"))}";
        return new StatusException(409, "Conflict", message, JsonMap.Of(("causes", causes)));
    }

    private static string Describe(FieldManagerId manager)
    {
        if (manager.IsApply) return $"\"{manager.Name}\"";
        return manager.Subresource.Length == 0
            ? $"\"{manager.Name}\" using {manager.ApiVersion}"
            : $"\"{manager.Name}\" with subresource \"{manager.Subresource}\" using {manager.ApiVersion}";
    }

    private static JsonMap About(GroupResource resource, string name) =>
        JsonMap.Of(("name", name), ("group", GroupOf(resource.Group)), ("kind", resource.Plural));

    private static JsonData? GroupOf(string group) => group.Length == 0 ? null : group;
}
