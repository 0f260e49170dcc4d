using System.Text.Json;

namespace FogInfra.Embedded.Kubernetes.Client;

/// <summary>An object as an API server gave it. Immutable.</summary>
public sealed class KubeObject
{
    // The schemas in definitions of large kinds nest deeper than the 64 levels that are allowed by default.
    private static readonly JsonDocumentOptions Limits = new() { MaxDepth = 1000 };

    /// <summary>Wraps the JSON of an object.</summary>
    public KubeObject(JsonElement json)
    {
        Json = json;
        Metadata = Child(json, "metadata");
    }

    /// <summary>The JSON.</summary>
    public JsonElement Json { get; }

    /// <summary>The metadata; undefined when there are none.</summary>
    public JsonElement Metadata { get; }

    /// <summary>The API version; empty when the object does not say.</summary>
    public string ApiVersion => Text("apiVersion") ?? "";

    /// <summary>The kind; empty when the object does not say.</summary>
    public string Kind => Text("kind") ?? "";

    /// <summary>The name.</summary>
    public string Name => Text("metadata", "name") ?? "";

    /// <summary>The namespace, or null.</summary>
    public string? Namespace => Text("metadata", "namespace") is { Length: > 0 } text ? text : null;

    /// <summary>What tells this object from later ones of its name.</summary>
    public string Uid => Text("metadata", "uid") ?? "";

    /// <summary>The version of the object's content.</summary>
    public string ResourceVersion => Text("metadata", "resourceVersion") ?? "";

    /// <summary>How often the specification has changed.</summary>
    public long Generation => Number("metadata", "generation") ?? 0;

    /// <summary>The generation that the object's controller has seen last, or null.</summary>
    public long? ObservedGeneration => Number("status", "observedGeneration");

    /// <summary>The object is being deleted.</summary>
    public bool IsDeleting => Text("metadata", "deletionTimestamp") is not null;

    /// <summary>The conditions of the status.</summary>
    public IEnumerable<ObjectCondition> Conditions => Items("status", "conditions").Select(ObjectCondition.Read);

    /// <summary>Reads an object.</summary>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static KubeObject Parse(string json) => new(JsonElement.Parse(json, Limits));

    /// <summary>Reads an object.</summary>
    /// <exception cref="JsonException">The bytes are not JSON.</exception>
    public static KubeObject Parse(ReadOnlySpan<byte> json) => new(JsonElement.Parse(json, Limits));

    /// <summary>The condition of that type, or null.</summary>
    public ObjectCondition? Condition(string type) => Conditions.FirstOrDefault(condition => condition.Type == type);

    /// <summary>Whether an owner reference names that object.</summary>
    public bool IsOwnedBy(string uid) => Items("metadata", "ownerReferences").Any(owner => TextOf(owner, "uid") == uid);

    /// <summary>The value of an annotation, or null.</summary>
    public string? Annotation(string name) => Text("metadata", "annotations", name);

    /// <summary>The value of a label, or null.</summary>
    public string? Label(string name) => Text("metadata", "labels", name);

    /// <summary>The value at a path; undefined when there is none.</summary>
    public JsonElement At(params ReadOnlySpan<string> path)
    {
        var value = Json;
        foreach (var name in path)
        {
            value = Child(value, name);
        }

        return value;
    }

    /// <summary>The text at a path, or null.</summary>
    public string? Text(params ReadOnlySpan<string> path) => At(path) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    /// <summary>The whole number at a path, or null.</summary>
    public long? Number(params ReadOnlySpan<string> path) =>
        At(path) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number) ? number : null;

    /// <summary>Whether the value at a path is true.</summary>
    public bool IsTrue(params ReadOnlySpan<string> path) => At(path).ValueKind == JsonValueKind.True;

    /// <summary>The items of the list at a path; empty when there is none.</summary>
    public IEnumerable<JsonElement> Items(params ReadOnlySpan<string> path) => ItemsOf(At(path));

    /// <summary>The items of a list; empty when the value is none.</summary>
    internal static IEnumerable<JsonElement> ItemsOf(JsonElement value) => value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [];

    /// <summary>The member of an object; undefined when there is none.</summary>
    internal static JsonElement Child(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var child) ? child : default;

    /// <summary>The text of a member, or null.</summary>
    internal static string? TextOf(JsonElement value, string name) =>
        Child(value, name) is { ValueKind: JsonValueKind.String } child ? child.GetString() : null;

    /// <summary>The whole number of a member, or null.</summary>
    internal static long? NumberOf(JsonElement value, string name) =>
        Child(value, name) is { ValueKind: JsonValueKind.Number } child && child.TryGetInt64(out var number) ? number : null;

    /// <summary>Kind and name, for messages: values may be secret.</summary>
    public override string ToString() => Namespace is null ? $"{Kind} {Name}" : $"{Kind} {Namespace}/{Name}";
}

/// <summary>A condition of an object's status.</summary>
/// <param name="Type">What is judged, for example <c>Available</c>.</param>
/// <param name="Status"><c>True</c>, <c>False</c> or <c>Unknown</c>.</param>
/// <param name="Reason">The reason, one word; may be empty.</param>
/// <param name="Message">The reason, in words; may be empty.</param>
public sealed record ObjectCondition(string Type, string Status, string Reason, string Message)
{
    /// <summary>The condition holds.</summary>
    public bool IsTrue => Status == "True";

    /// <summary>The condition does not hold.</summary>
    public bool IsFalse => Status == "False";

    internal static ObjectCondition Read(JsonElement json) => new(
        KubeObject.TextOf(json, "type") ?? "",
        KubeObject.TextOf(json, "status") ?? "",
        KubeObject.TextOf(json, "reason") ?? "",
        KubeObject.TextOf(json, "message") ?? "");
}
