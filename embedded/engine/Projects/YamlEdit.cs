using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace FogInfra.Embedded.Engine.Projects;

/// <summary>Changes entries of a stack's settings in the lines of the file, and leaves every other line as it is.</summary>
/// <param name="lines">The file's lines; changed in place.</param>
/// <param name="project">The project, whose keys may stand without a namespace.</param>
internal sealed class YamlEdit(List<string> lines, string project)
{
    private const string Config = "config";

    /// <summary>Whether the file is written so that entries can be changed line by line: mappings in block style, no anchors.</summary>
    public bool Open(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text.TrimStart('\uFEFF')));
        if (stream.Documents.Count == 0 || stream.Documents[0].RootNode is YamlScalarNode { Value: null or "" })
        {
            return true; // Comments only.
        }

        return stream.Documents.Count == 1
            && stream.Documents[0].RootNode is YamlMappingNode { Style: not MappingStyle.Flow } root
            && root.Children.All(entry => (entry.Key as YamlScalarNode)?.Value != Config
                || entry.Value is YamlMappingNode { Style: not MappingStyle.Flow } or YamlScalarNode { Value: null or "" })
            && stream.Documents[0].AllNodes.All(node => node.Anchor.IsEmpty);
    }

    /// <summary>Sets a top-level entry; null removes it. A new one comes first.</summary>
    public void SetTopLevel(string name, JsonNode? value)
    {
        var entry = FindTopLevel(name);
        string[] text = value is null ? [] : [.. YamlText.Entry(name, value, 0)];
        if (entry is { } found)
        {
            Replace(found, text);
        }
        else
        {
            lines.InsertRange(0, text);
        }
    }

    /// <summary>Sets a configuration value. A new one comes last.</summary>
    public void SetConfig(ConfigKey key, JsonNode value)
    {
        var entries = ConfigEntries();
        if (entries.FirstOrDefault(entry => ConfigKey.TryParse(entry.Name, project) == key) is { } found)
        {
            Replace(found, YamlText.Entry(key.ToString(), value, found.Indent));
            return;
        }

        if (FindTopLevel(Config) is not { } config)
        {
            lines.AddRange(YamlText.Entry(Config, new JsonObject { [key.ToString()] = value.DeepClone() }, 0));
            return;
        }

        var indent = entries.Count > 0 ? entries[0].Indent : 2;
        if (entries.Count == 0)
        {
            lines[config.First] = $"{Config}:";
        }

        lines.InsertRange((entries.Count > 0 ? entries.Max(entry => entry.Last) : config.First) + 1, YamlText.Entry(key.ToString(), value, indent));
    }

    /// <summary>Removes a configuration value; with the last one goes the mapping.</summary>
    public void RemoveConfig(ConfigKey key)
    {
        var entries = ConfigEntries();
        if (entries.FirstOrDefault(entry => ConfigKey.TryParse(entry.Name, project) == key) is { } found)
        {
            Replace(found, []);
            if (entries.Count == 1)
            {
                Replace(FindTopLevel(Config)!, []);
            }
        }
    }

    private void Replace(Entry entry, IEnumerable<string> text)
    {
        lines.RemoveRange(entry.First, entry.Last - entry.First + 1);
        lines.InsertRange(entry.First, text);
    }

    private Entry? FindTopLevel(string name) =>
        Root() is { } root ? Entries(root).FirstOrDefault(entry => entry.Name == name) : null;

    private List<Entry> ConfigEntries() =>
        Root()?.Children.FirstOrDefault(entry => (entry.Key as YamlScalarNode)?.Value == Config).Value is YamlMappingNode config
            ? [.. Entries(config)]
            : [];

    private YamlMappingNode? Root()
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(string.Join('\n', lines).TrimStart('\uFEFF')));
        return stream.Documents.Count == 0 ? null : stream.Documents[0].RootNode as YamlMappingNode;
    }

    private static IEnumerable<Entry> Entries(YamlMappingNode mapping) => mapping.Children.Select(entry => new Entry(
        (entry.Key as YamlScalarNode)?.Value ?? "",
        (int)entry.Key.Start.Line - 1,
        Math.Max((int)entry.Key.Start.Line, LastLine(entry.Value)) - 1,
        (int)entry.Key.Start.Column - 1));

    // A block's own end lies where the next one begins, so the last line is that of the last scalar inside it.
    private static int LastLine(YamlNode node) => node switch
    {
        YamlMappingNode { Style: not MappingStyle.Flow, Children.Count: > 0 } mapping => mapping.Children.Max(entry =>
            Math.Max(LastLine(entry.Key), LastLine(entry.Value))),
        YamlSequenceNode { Style: not SequenceStyle.Flow, Children.Count: > 0 } sequence => sequence.Children.Max(LastLine),
        _ => (int)(node.End.Column == 1 && node.End.Line > node.Start.Line ? node.End.Line - 1 : node.End.Line),
    };

    private sealed record Entry(string Name, int First, int Last, int Indent);
}
