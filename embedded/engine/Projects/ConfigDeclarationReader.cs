using System.Collections.Immutable;
using System.Text.Json.Nodes;
using YamlDotNet.RepresentationModel;

namespace FogInfra.Embedded.Engine.Projects;

/// <summary>Reads the <c>config</c> of a project file.</summary>
internal static class ConfigDeclarationReader
{
    private static readonly string[] Fields = ["type", "items", "description", "secret", "default", "value"];

    /// <summary>Reads all declarations; problems are noted in the file.</summary>
    public static ImmutableArray<ConfigDeclaration> Read(YamlFile file, YamlNode node, string project) =>
        [.. (file.Mapping(node, "config") ?? []).Select(item => ReadOne(file, item.Key, item.KeyNode, item.Value, project)).OfType<ConfigDeclaration>()];

    private static ConfigDeclaration? ReadOne(YamlFile file, string key, YamlNode keyNode, YamlNode value, string project)
    {
        if (ConfigKey.TryParse(key, project) is not { } parsed)
        {
            file.Report(keyNode, ConfigKey.ExplainMalformed(key));
            return null;
        }

        var own = parsed.Namespace == project;
        if (value is not YamlMappingNode)
        {
            var plain = YamlFile.ToJson(value);
            return new ConfigDeclaration(key, null, false, own ? plain : null, own ? null : plain);
        }

        var fields = file.Mapping(value, $"config.{key}")!;
        foreach (var (name, nameNode, _) in fields.Where(field => !Fields.Contains(field.Key)))
        {
            file.Report(nameNode, $"config.{key} has no field '{name}'; expected {string.Join(", ", Fields)}");
        }

        YamlNode? Field(string name) => fields.Where(field => field.Key == name).Select(field => field.Value).FirstOrDefault();
        CheckCombination(file, key, value, own, Field);
        var type = Field("type") is { } typeNode ? ReadType(file, key, typeNode, Field("items")) : null;
        var declaration = new ConfigDeclaration(
            key, type, Field("secret") is YamlScalarNode { Value: "true" }, ToJson(Field("default")), ToJson(Field("value")));
        if (type is not null && declaration.Default is { } given && !type.Accepts(given))
        {
            file.Report(Field("default")!, $"the default value specified for configuration key '{key}' is not of the expected type '{type}'");
        }

        return declaration;
    }

    private static void CheckCombination(YamlFile file, string key, YamlNode value, bool own, Func<string, YamlNode?> field)
    {
        if (field("default") is not null && field("value") is not null)
        {
            file.Report(value, $"config.{key} has both default and value; only one of them may be given");
        }

        if (own)
        {
            return;
        }

        foreach (var name in new[] { "type", "default" })
        {
            if (field(name) is { } wrong)
            {
                file.Report(wrong, $"config.{key} belongs to another namespace than the project's; it must have value and no {name}");
            }
        }

        if (field("value") is null)
        {
            file.Report(value, $"config.{key} belongs to another namespace than the project's; it must have value");
        }
    }

    private static ConfigType? ReadType(YamlFile file, string key, YamlNode node, YamlNode? items)
    {
        var name = file.Text(node, $"config.{key}.type");
        if (name is null)
        {
            return null;
        }

        if (!ConfigType.Names.Contains(name))
        {
            file.Report(node, $"config.{key}.type is '{name}'; expected {string.Join(", ", ConfigType.Names)}");
            return null;
        }

        if (name != "array")
        {
            return new ConfigType(name);
        }

        var itemFields = items is null ? [] : file.Mapping(items, $"config.{key}.items") ?? [];
        var itemType = itemFields.Where(field => field.Key == "type").Select(field => field.Value).FirstOrDefault();
        if (itemType is null)
        {
            file.Report(items ?? node, $"config.{key} is an array; it must say what its items are: items: {{type: TYPE}}");
            return null;
        }

        var nested = itemFields.Where(field => field.Key == "items").Select(field => field.Value).FirstOrDefault();
        return ReadType(file, $"{key}.items", itemType, nested) is { } inner ? new ConfigType(name, inner) : null;
    }

    private static JsonNode? ToJson(YamlNode? node) => node is null ? null : YamlFile.ToJson(node);
}
