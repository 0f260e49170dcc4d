using System.Text.Json.Nodes;
using FogInfra.Model.Documents;
using FogInfra.Model.Documents.Schema;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace FogInfra.Tests;

/// <summary>The published schema, the reader of documents, and the examples agree.</summary>
public sealed class FleetSchemaTests
{
    private static readonly string Published = Path.Combine(Path.GetDirectoryName(Caller())!, "..", "..", "docs", "fleet.schema.json");

    [Fact]
    public void PublishedSchema_IsThatOfTheReader()
    {
        var text = FleetSchema.ToText();
        if (Environment.GetEnvironmentVariable("FOG_APPROVE") == "1")
        {
            File.WriteAllText(Published, text);
        }

        Assert.True(
            File.Exists(Published) && File.ReadAllText(Published) == text,
            "docs/fleet.schema.json is not what the reader of fleet documents knows. Run this test with FOG_APPROVE=1, and read the diff.");
    }

    [Fact]
    public void Example_IsValid() => Assert.Empty(Validate(Yaml(File.ReadAllText("fleet.yaml"))));

    [Theory]
    [InlineData("kind: Fleet", "kind: Fleat", "kind")]
    [InlineData("rings:", "rinks:", "rinks")]
    [InlineData("layer: cloud", "layr: cloud", "clusters.cloud-1.layr")]
    [InlineData("onFailure: rollback", "onFailure: explode", "policy.onFailure")]
    [InlineData("containerPort: 8080", "containerPort: 99999", "applications.shop.services.orders.containers[0].ports[0].containerPort")]
    [InlineData("replicas: 3", "replicas: many", "applications.shop.services.orders.layers.cloud.replicas")]
    public void WhatTheReaderRefuses_TheSchemaRefuses_WhereItCanTell(string found, string instead, string path)
    {
        var text = File.ReadAllText("fleet.yaml");
        var at = text.IndexOf(found, StringComparison.Ordinal);
        text = text[..at] + instead + text[(at + found.Length)..];

        Assert.NotEmpty(FleetReader.Read("fleet.yaml", text).Problems);
        Assert.Contains(path, Validate(Yaml(text)));
    }

    [Fact]
    public void EveryFieldOfTheSchema_IsKnownToTheReader_AndNoOther()
    {
        // A document with one field too many in each mapping: the reader must name exactly the fields that the schema has not.
        var text = File.ReadAllText("fleet.yaml");
        Assert.Empty(FleetReader.Read("fleet.yaml", text).Problems);
        var extra = text.Replace("metadata:\n", "metadata:\n  extra: 1\n", StringComparison.Ordinal)
            .Replace("{layer: cloud, ring: core}", "{layer: cloud, ring: core, extra: 1}", StringComparison.Ordinal)
            .Replace("simulator:\n", "simulator:\n  extra: 1\n", StringComparison.Ordinal);

        var problems = FleetReader.Read("fleet.yaml", extra).Problems.Select(problem => problem.Field).Order(StringComparer.Ordinal);

        Assert.Equal(["clusters.cloud-1.extra", "metadata.extra", "simulator.extra"], problems);
        Assert.Equal(problems, Validate(Yaml(extra)).Order(StringComparer.Ordinal));
    }

    // As much of JSON schema as the schema uses.
    private static List<string> Validate(JsonNode? value) => [.. Validate(FleetSchema.ToJson(), value, "")];

    private static IEnumerable<string> Validate(JsonObject schema, JsonNode? value, string path)
    {
        if (schema["const"] is { } constant && !JsonNode.DeepEquals(constant, value))
        {
            return [path];
        }

        if (schema["enum"] is JsonArray choices && !choices.Any(choice => JsonNode.DeepEquals(choice, value)))
        {
            return [path];
        }

        if (schema["type"] is { } types && !(types is JsonArray list ? list : [types.DeepClone()]).Any(type => IsOfType((string)type!, value)))
        {
            return [path];
        }

        return value switch
        {
            JsonObject map => map.SelectMany(entry => ValidateField(schema, entry.Key, entry.Value, path.Length == 0 ? entry.Key : $"{path}.{entry.Key}"))
                .Concat((schema["required"] as JsonArray ?? []).Where(name => !map.ContainsKey((string)name!)).Select(name => $"{path}.{name}")),
            JsonArray items when schema["items"] is JsonObject each => items.SelectMany((item, index) => Validate(each, item, $"{path}[{index}]")),
            JsonValue number when number.TryGetValue(out double given)
                && (given < (schema["minimum"]?.GetValue<int>() ?? int.MinValue) || given > (schema["maximum"]?.GetValue<int>() ?? int.MaxValue)) => [path],
            _ => [],
        };
    }

    private static IEnumerable<string> ValidateField(JsonObject schema, string name, JsonNode? value, string path) =>
        schema["properties"]?[name] is JsonObject field ? Validate(field, value, path)
        : schema["additionalProperties"] is JsonObject other ? Validate(other, value, path)
        : schema["additionalProperties"] is JsonValue ? [path]
        : [];

    private static bool IsOfType(string type, JsonNode? value) => (type, value) switch
    {
        ("null", null) or ("object", JsonObject) or ("array", JsonArray) => true,
        ("string", JsonValue text) => text.TryGetValue(out string? _),
        ("boolean", JsonValue truth) => truth.TryGetValue(out bool _),
        ("number", JsonValue number) => number.TryGetValue(out double _),
        ("integer", JsonValue number) => number.TryGetValue(out double given) && given == Math.Floor(given),
        _ => false,
    };

    // As editors read YAML: plain scalars have types.
    private static JsonNode? Yaml(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return Yaml(stream.Documents[0].RootNode);
    }

    private static JsonNode? Yaml(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(entry => KeyValuePair.Create(((YamlScalarNode)entry.Key).Value!, Yaml(entry.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(Yaml)]),
        YamlScalarNode { Style: not ScalarStyle.Plain } text => JsonValue.Create(text.Value),
        YamlScalarNode { Value: null or "" or "~" or "null" } => null,
        YamlScalarNode { Value: "true" or "false" } truth => JsonValue.Create(truth.Value == "true"),
        YamlScalarNode scalar => double.TryParse(scalar.Value, System.Globalization.CultureInfo.InvariantCulture, out var number) ? JsonValue.Create(number) : JsonValue.Create(scalar.Value),
        _ => throw new NotSupportedException(),
    };

    private static string Caller([System.Runtime.CompilerServices.CallerFilePath] string file = "") => file;
}
