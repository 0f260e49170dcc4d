using System.Text.Json.Nodes;

namespace FogInfra.Model.Documents.Schema;

/// <summary>What kind of value a field takes. Of two ways in which a field was asked for, the greater one says more.</summary>
internal enum SchemaKind
{
    /// <summary>Something; it was only asked whether it is there.</summary>
    Any,

    /// <summary>A mapping with fields of its own.</summary>
    Fields,

    /// <summary>A text; numbers and truth values count as their text.</summary>
    Text,

    /// <summary>A whole number.</summary>
    WholeNumber,

    /// <summary>A truth value.</summary>
    Truth,

    /// <summary>One of some texts.</summary>
    Choice,

    /// <summary>A list of texts.</summary>
    Texts,

    /// <summary>A list of mappings.</summary>
    Maps,

    /// <summary>A mapping from names to texts.</summary>
    TextEntries,

    /// <summary>A mapping from names to mappings.</summary>
    Entries,
}

/// <summary>What is known of a place in a document, as its reader asks for it.</summary>
internal sealed class SchemaNode
{
    private readonly Dictionary<string, int> _required = new(StringComparer.Ordinal);
    private int _visits;

    /// <summary>The kind of value.</summary>
    public SchemaKind Kind { get; private set; }

    /// <summary>The fields of a mapping, in the order in which they are asked for.</summary>
    public OrderedDictionary<string, SchemaNode> Fields { get; } = new(StringComparer.Ordinal);

    /// <summary>The items of a list, or the values of a mapping from names; null for other kinds.</summary>
    public SchemaNode? Items { get; private set; }

    /// <summary>The values of a choice.</summary>
    public IReadOnlyList<string> Choices { get; private set; } = [];

    /// <summary>The bounds of a whole number.</summary>
    public (int Least, int Most) Bounds { get; private set; }

    /// <summary>The fields that were demanded each time that the mapping was read.</summary>
    public IEnumerable<string> Required => Fields.Keys.Where(name => _visits > 0 && _required.GetValueOrDefault(name) == _visits);

    /// <summary>The node of a field.</summary>
    public SchemaNode Field(string name)
    {
        if (!Fields.TryGetValue(name, out var field))
        {
            Fields[name] = field = new SchemaNode();
        }

        return field;
    }

    /// <summary>Notes how a field is asked for.</summary>
    public SchemaNode Note(SchemaKind kind)
    {
        Kind = kind > Kind ? kind : Kind;
        return this;
    }

    /// <summary>Notes the values of a choice.</summary>
    public void NoteChoice(IReadOnlyList<string> choices)
    {
        Note(SchemaKind.Choice);
        Choices = choices;
    }

    /// <summary>Notes the bounds of a whole number.</summary>
    public void NoteBounds(int least, int most)
    {
        Note(SchemaKind.WholeNumber);
        Bounds = (least, most);
    }

    /// <summary>Notes a kind whose values are mappings, and gives their node.</summary>
    public SchemaNode NoteItems(SchemaKind kind)
    {
        Note(kind);
        return Items ??= new SchemaNode();
    }

    /// <summary>Notes that a mapping was read, and which of its fields it must have.</summary>
    public void NoteVisit(IEnumerable<string> required)
    {
        Note(SchemaKind.Fields);
        _visits++;
        foreach (var name in required)
        {
            _required[name] = _required.GetValueOrDefault(name) + 1;
        }
    }

    /// <summary>The node as JSON schema.</summary>
    /// <param name="path">The path of the node, for its description.</param>
    /// <param name="describe">The description of a path; null for none.</param>
    public JsonObject ToJson(string path, Func<string, string?> describe)
    {
        var json = new JsonObject();
        if (describe(path) is { } description)
        {
            json["description"] = description;
        }

        switch (Kind)
        {
            case SchemaKind.Fields:
                WriteFields(json, path, describe, isNullable: false);
                break;
            case SchemaKind.WholeNumber:
                json["type"] = "integer";
                if (Bounds.Least != int.MinValue)
                {
                    json["minimum"] = Bounds.Least;
                }

                if (Bounds.Most != int.MaxValue)
                {
                    json["maximum"] = Bounds.Most;
                }

                break;
            case SchemaKind.Truth:
                json["type"] = "boolean";
                break;
            case SchemaKind.Choice:
                json["enum"] = Texts(Choices);
                break;
            case SchemaKind.Texts:
                json["type"] = "array";
                json["items"] = new JsonObject { ["type"] = Scalars() };
                break;
            case SchemaKind.Maps:
                json["type"] = "array";
                json["items"] = Items!.ToJson($"{path}[]", describe);
                break;
            case SchemaKind.TextEntries:
                json["type"] = "object";
                json["additionalProperties"] = new JsonObject { ["type"] = Scalars() };
                break;
            case SchemaKind.Entries:
                json["type"] = "object";
                var values = new JsonObject();
                Items!.WriteFields(values, $"{path}.*", describe, isNullable: true);
                json["additionalProperties"] = values;
                break;
            case SchemaKind.Text:
                json["type"] = Scalars();
                break;
        }

        return json;
    }

    private void WriteFields(JsonObject json, string path, Func<string, string?> describe, bool isNullable)
    {
        // An entry without a value is an empty mapping.
        json["type"] = isNullable && !Required.Any() ? Texts(["object", "null"]) : "object";
        json["properties"] = new JsonObject(Fields.Select(field => KeyValuePair.Create(
            field.Key, (JsonNode?)field.Value.ToJson(path.Length == 0 ? field.Key : $"{path}.{field.Key}", describe))));
        if (Required.Any())
        {
            json["required"] = Texts(Required);
        }

        json["additionalProperties"] = false;
    }

    private static JsonArray Scalars() => Texts(["string", "number", "boolean"]);

    private static JsonArray Texts(IEnumerable<string> texts) => [.. texts.Select(text => JsonValue.Create(text))];
}
