using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using FogInfra.Embedded.Engine.Values;

namespace FogInfra.Embedded.Engine.Projects;

using ConfigMap = ImmutableSortedDictionary<ConfigKey, ConfigValue>;

/// <summary>A configuration key with the way into its value: what <c>--path</c> makes of a key on the command line.</summary>
/// <param name="Key">The key.</param>
/// <param name="Inner">The steps inside the value; empty for the whole.</param>
internal sealed record ConfigPath(ConfigKey Key, ImmutableArray<PropertyPath.Element> Inner)
{
    /// <summary>Reads a key of the command line.</summary>
    /// <param name="text">The text, with or without a namespace.</param>
    /// <param name="isPath">Dots and brackets lead into the value; otherwise they belong to the name.</param>
    /// <param name="project">The project.</param>
    /// <returns>The path; null when the text is none.</returns>
    public static ConfigPath? TryParse(string text, bool isPath, string project)
    {
        if (!isPath)
        {
            return ConfigKey.TryParse(text, project) is { } whole ? new ConfigPath(whole, []) : null;
        }

        var end = text.IndexOfAny(['.', '[']);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var prefix = colon >= 0 && (end < 0 || colon < end) ? text[..(colon + 1)] : "";
        return PropertyPath.TryParse(text[prefix.Length..]) is { } path && ConfigKey.TryParse(prefix + path.Elements[0].Name, project) is { } key
            ? new ConfigPath(key, path.Elements[1..])
            : null;
    }
}

/// <summary>Reads and changes configuration at paths. Pure: each change gives a new configuration.</summary>
internal static class ConfigPaths
{
    /// <summary>The value at a path; null when there is none.</summary>
    public static ConfigValue? Get(ConfigMap config, ConfigPath path)
    {
        if (!config.TryGetValue(path.Key, out var value) || path.Inner.IsEmpty)
        {
            return value;
        }

        var node = value.ToJson();
        foreach (var step in path.Inner)
        {
            var next = Step(node, step);
            if (next is null)
            {
                return null;
            }

            node = next;
        }

        return ConfigValue.FromJson(node);
    }

    /// <summary>Sets the value at a path; objects and lists on the way are made.</summary>
    /// <exception cref="FormatException">A step leads into something that is no object or list, or past the end of a list.</exception>
    public static ConfigMap Set(ConfigMap config, ConfigPath path, ConfigValue value)
    {
        if (path.Inner.IsEmpty)
        {
            return config.SetItem(path.Key, value);
        }

        var root = config.TryGetValue(path.Key, out var before) && before.IsObject ? before.ToJson() : null;
        return config.SetItem(path.Key, ConfigValue.FromJson(SetInner(root, path.Inner, Typed(value.ToJson()))));
    }

    /// <summary>Removes the value at a path, if there is one.</summary>
    public static ConfigMap Remove(ConfigMap config, ConfigPath path)
    {
        if (path.Inner.IsEmpty || !config.TryGetValue(path.Key, out var value))
        {
            return config.Remove(path.Key);
        }

        var root = value.ToJson();
        var parent = path.Inner[..^1].Aggregate((JsonNode?)root, (node, step) => node is null ? null : Step(node, step));
        var last = path.Inner[^1];
        if (parent is JsonObject map)
        {
            map.Remove(last.Name);
        }
        else if (parent is JsonArray list && last.Index is { } index && index < list.Count)
        {
            list.RemoveAt(index);
        }

        return config.SetItem(path.Key, ConfigValue.FromJson(root));
    }

    private static JsonNode? Step(JsonNode node, PropertyPath.Element step) => node switch
    {
        JsonObject map => map[step.Name],
        JsonArray list when step.Index is { } index && index < list.Count => list[index],
        _ => null,
    };

    private static JsonNode SetInner(JsonNode? node, ImmutableArray<PropertyPath.Element> steps, JsonNode? value)
    {
        if (steps.IsEmpty)
        {
            return value!;
        }

        var step = steps[0];
        node ??= step.Index is null ? new JsonObject() : new JsonArray();
        switch (node)
        {
            case JsonObject map:
                map[step.Name] = SetInner(Detach(map[step.Name]), steps[1..], value);
                return map;
            case JsonArray list when step.Index is { } index && index < list.Count:
                list[index] = SetInner(Detach(list[index]), steps[1..], value);
                return list;
            case JsonArray list when step.Index is { } index && index == list.Count:
                list.Add(SetInner(null, steps[1..], value));
                return list;
            case JsonArray list:
                throw new FormatException(step.Index is null
                    ? $"'{step.Name}' is no index of a list"
                    : $"the index {step.Name} is past the end of a list of {list.Count}");
            default:
                throw new FormatException($"'{step.Name}' leads into a value that is no object or list");
        }
    }

    private static JsonNode? Detach(JsonNode? node) => node?.DeepClone();

    // Inside an object a text that spells a truth value or a whole number becomes one.
    private static JsonNode? Typed(JsonNode node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.String
        ? value.GetValue<string>() switch
        {
            "true" => JsonValue.Create(true),
            "false" => JsonValue.Create(false),
            var text when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                && number.ToString(CultureInfo.InvariantCulture) == text => JsonValue.Create(number),
            _ => node,
        }
        : node;
}
