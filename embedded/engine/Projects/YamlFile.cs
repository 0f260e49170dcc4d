using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace FogInfra.Embedded.Engine.Projects;

/// <summary>A parsed YAML (or JSON) file that collects what is wrong with it, so that all problems can be told at once.</summary>
internal sealed class YamlFile
{
    private readonly List<(long Line, long Column, string Text)> _problems = [];

    private YamlFile(string path, YamlNode? root)
    {
        Path = path;
        Root = root;
    }

    /// <summary>Where the file lies.</summary>
    public string Path { get; }

    /// <summary>The root node; null for an empty file.</summary>
    public YamlNode? Root { get; }

    /// <summary>Parses a file's text.</summary>
    /// <exception cref="ProjectException">It is no YAML.</exception>
    public static YamlFile Parse(string path, string text)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text.TrimStart('\uFEFF')));
        }
        catch (YamlException exception)
        {
            throw new ProjectException(
                string.Create(CultureInfo.InvariantCulture, $"could not read '{path}': line {exception.Start.Line}, column {exception.Start.Column}: {exception.Message}"),
                exception);
        }

        var root = stream.Documents.Count == 0 ? null : stream.Documents[0].RootNode;
        return new YamlFile(path, root is YamlScalarNode { Value: null or "" } ? null : root);
    }

    /// <summary>Notes a problem at a node.</summary>
    public void Report(YamlNode node, string problem) => _problems.Add((node.Start.Line, node.Start.Column, problem));

    /// <summary>Tells all problems noted so far, if there are any.</summary>
    /// <exception cref="ProjectException">There are some.</exception>
    public void ThrowIfWrong()
    {
        if (_problems.Count > 0)
        {
            var lines = _problems.Order().Select(problem =>
                string.Create(CultureInfo.InvariantCulture, $"\n* line {problem.Line}, column {problem.Column}: {problem.Text}"));
            throw new ProjectException($"could not validate '{Path}':{string.Concat(lines)}");
        }
    }

    /// <summary>The node as a mapping with its entries by key; null, and a problem noted, when it is something else.</summary>
    public IReadOnlyList<(string Key, YamlNode KeyNode, YamlNode Value)>? Mapping(YamlNode node, string field)
    {
        if (node is not YamlMappingNode mapping)
        {
            Report(node, $"{field} must be an object");
            return null;
        }

        return [.. mapping.Children.Select(entry => ((entry.Key as YamlScalarNode)?.Value ?? "", entry.Key, entry.Value))];
    }

    /// <summary>The node as a text; null, and a problem noted, when it is something else.</summary>
    public string? Text(YamlNode node, string field)
    {
        if (node is YamlScalarNode { Value: { } text } scalar && ToJson(scalar)?.GetValueKind() == JsonValueKind.String)
        {
            return text;
        }

        Report(node, $"{field} must be a text");
        return null;
    }

    /// <summary>A node as JSON, with scalars typed by the rules of YAML 1.2's core schema.</summary>
    public static JsonNode? ToJson(YamlNode node) => node switch
    {
        YamlMappingNode mapping => new JsonObject(mapping.Children.Select(entry =>
            KeyValuePair.Create((entry.Key as YamlScalarNode)?.Value ?? "", ToJson(entry.Value)))),
        YamlSequenceNode sequence => new JsonArray([.. sequence.Children.Select(ToJson)]),
        YamlScalarNode scalar => ScalarToJson(scalar),
        _ => null,
    };

    private static JsonNode? ScalarToJson(YamlScalarNode scalar)
    {
        var text = scalar.Value ?? "";
        if (scalar.Style is not (ScalarStyle.Plain or ScalarStyle.Any))
        {
            return JsonValue.Create(text);
        }

        return text switch
        {
            "" or "~" or "null" or "Null" or "NULL" => null,
            "true" or "True" or "TRUE" => JsonValue.Create(true),
            "false" or "False" or "FALSE" => JsonValue.Create(false),
            _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => JsonValue.Create(whole),
            _ when text.AsSpan().IndexOfAnyInRange('0', '9') >= 0 && double.TryParse(
                text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
            _ => JsonValue.Create(text),
        };
    }
}
