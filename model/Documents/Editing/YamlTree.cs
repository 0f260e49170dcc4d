using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace FogInfra.Model.Documents.Editing;

/// <summary>What a document says, apart from how it is written: scalars are texts, the order of a mapping's entries counts not.</summary>
internal static class YamlTree
{
    /// <summary>The content of a document with one mapping.</summary>
    public static JsonObject Read(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return (JsonObject)Of(stream.Documents[0].RootNode)!;
    }

    /// <summary>Sets a value; mappings on the way to it are made.</summary>
    public static void Set(JsonObject root, YamlValue value, string[] path)
    {
        foreach (var name in path[..^1])
        {
            root = root[name] as JsonObject ?? (JsonObject)(root[name] = new JsonObject());
        }

        root[path[^1]] = Of(value);
    }

    /// <summary>Removes an entry.</summary>
    public static void Remove(JsonObject root, string[] path) =>
        path[..^1].Aggregate(root, (map, name) => (JsonObject)map[name]!).Remove(path[^1]);

    private static JsonNode? Of(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(entry => KeyValuePair.Create(((YamlScalarNode)entry.Key).Value!, Of(entry.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(Of)]),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "~" or "null" } => null,
        YamlScalarNode scalar => JsonValue.Create(scalar.Value),
        _ => throw new NotSupportedException($"A {node.NodeType} has no content of its own."),
    };

    private static JsonNode? Of(YamlValue value) => value switch
    {
        YamlValue.Scalar scalar => JsonValue.Create(scalar.Text),
        YamlValue.Number number => JsonValue.Create($"{number.Value}"),
        YamlValue.List list => new JsonArray([.. list.Items.Select(Of)]),
        YamlValue.Map map => new JsonObject(map.Entries.Select(entry => KeyValuePair.Create(entry.Key, Of(entry.Value)))),
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, null),
    };
}
