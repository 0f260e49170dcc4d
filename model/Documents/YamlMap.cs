using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace FogInfra.Model.Documents;

/// <summary>
/// A mapping that is being read field by field. It remembers which fields were asked for, so that <see cref="Close"/> can
/// name the others; every fault becomes a problem of the source, and reading goes on.
/// </summary>
internal class YamlMap
{
    private readonly YamlSource _source;
    private readonly YamlMappingNode _node;
    private readonly Dictionary<string, (YamlScalarNode Key, YamlNode Value)> _fields = new(StringComparer.Ordinal);
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public YamlMap(YamlSource source, YamlMappingNode node, string path)
    {
        _source = source;
        _node = node;
        Path = path;
        foreach (var (key, value) in node.Children)
        {
            if (key is YamlScalarNode { Value: { } name } scalar)
            {
                _fields[name] = (scalar, value);
            }
            else
            {
                source.Add(key, path, "A field's name must be a plain text.");
            }
        }
    }

    /// <summary>The path of this mapping in the document; empty for the document itself.</summary>
    public string Path { get; }

    /// <summary>The names of all fields, in the order of the document.</summary>
    public IEnumerable<string> Names => _fields.Keys;

    /// <summary>The fields that were asked for.</summary>
    protected IEnumerable<string> Known => _known;

    /// <summary>Whether there is such a field. To ask makes it a known one.</summary>
    public virtual bool Has(string name)
    {
        _known.Add(name);
        return _fields.ContainsKey(name);
    }

    /// <summary>The text of a field; null when it is missing, or, with a problem noted, when it is no text.</summary>
    public virtual string? Text(string name) => Find(name) is { } node ? ScalarText(node, name, "a text") : null;

    /// <summary>The text of a field that must be there and not be empty.</summary>
    public virtual string RequiredText(string name)
    {
        if (!RequireField(name))
        {
            return "";
        }

        var text = Text(name);
        if (text is { Length: 0 })
        {
            Fault(name, "It is empty; expected a text.");
        }

        return text ?? "";
    }

    /// <summary>A whole number inside bounds; null when the field is missing or wrong.</summary>
    public virtual int? WholeNumber(string name, int least, int most = int.MaxValue)
    {
        if (Find(name) is not { } node)
        {
            return null;
        }

        if (node is YamlScalarNode { Style: ScalarStyle.Plain, Value: { } text }
            && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most)
        {
            return number;
        }

        var bounds = most == int.MaxValue ? $"of at least {least}" : $"from {least} to {most}";
        Fault(name, $"{Describe(node)} is no whole number {bounds}.");
        return null;
    }

    /// <summary>A whole number inside bounds that must be there.</summary>
    public virtual int RequiredWholeNumber(string name, int least, int most) => RequireField(name) ? WholeNumber(name, least, most) ?? least : least;

    /// <summary>A truth value; null when the field is missing or wrong.</summary>
    public virtual bool? Truth(string name)
    {
        if (Find(name) is not { } node)
        {
            return null;
        }

        switch (node)
        {
            case YamlScalarNode { Style: ScalarStyle.Plain, Value: "true" }:
                return true;
            case YamlScalarNode { Style: ScalarStyle.Plain, Value: "false" }:
                return false;
            default:
                Fault(name, $"{Describe(node)} is neither true nor false.");
                return null;
        }
    }

    /// <summary>The text of a field that takes one of some values; null when the field is missing or wrong.</summary>
    public virtual string? Choice(string name, IReadOnlyList<string> values)
    {
        var text = Text(name);
        if (text is null || values.Contains(text))
        {
            return text;
        }

        Fault(name, $"'{text}' is not known{Suggestion.For(text, values)}");
        return null;
    }

    /// <summary>The mapping of a field; null when the field is missing or wrong.</summary>
    public virtual YamlMap? Map(string name) => Find(name) is { } node ? AsMap(node, Join(name)) : null;

    /// <summary>The mapping of a field that must be there.</summary>
    public virtual YamlMap? RequiredMap(string name) => RequireField(name) ? Map(name) : null;

    /// <summary>The items of a list of mappings; empty when the field is missing.</summary>
    public virtual IEnumerable<YamlMap> Maps(string name) => Items(name).Select(item => AsMap(item.Node, item.Path)).OfType<YamlMap>();

    /// <summary>The items of a list of texts; empty when the field is missing.</summary>
    public virtual IReadOnlyList<string> Texts(string name) =>
        [.. Items(name).Select(item => ScalarText(item.Node, item.Path, "a text", isPath: true)).OfType<string>()];

    /// <summary>The items of a list of whole numbers inside bounds; empty when the field is missing.</summary>
    public virtual IReadOnlyList<int> WholeNumbers(string name, int least, int most)
    {
        var numbers = new List<int>();
        foreach (var (node, path) in Items(name))
        {
            if (node is YamlScalarNode { Style: ScalarStyle.Plain, Value: { } text }
                && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                && number >= least && number <= most)
            {
                numbers.Add(number);
            }
            else
            {
                _source.Add(node, path, $"{Describe(node)} is no whole number from {least} to {most}.");
            }
        }

        return numbers;
    }

    /// <summary>The entries of a mapping from names to mappings. An entry without a value is an empty mapping.</summary>
    public virtual IReadOnlyList<(string Name, YamlMap Map)> Entries(string name)
    {
        if (Map(name) is not { } map)
        {
            return [];
        }

        var entries = new List<(string, YamlMap)>();
        foreach (var entry in map.Names.ToList())
        {
            var value = map.Find(entry)!;
            var read = value is YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "~" or "null" }
                ? new YamlMap(_source, new YamlMappingNode(), map.Join(entry))
                : map.AsMap(value, map.Join(entry));
            if (read is not null)
            {
                entries.Add((entry, read));
            }
        }

        return entries;
    }

    /// <summary>The texts of a mapping from names to texts; numbers and truth values count as their text.</summary>
    public virtual IReadOnlyList<KeyValuePair<string, string>> TextEntries(string name)
    {
        if (Map(name) is not { } map)
        {
            return [];
        }

        return
        [
            .. from entry in map.Names.ToList()
               let text = map.Text(entry)
               where text is not null
               select KeyValuePair.Create(entry, text),
        ];
    }

    /// <summary>Whether the field holds a list.</summary>
    public virtual bool IsList(string name) => _fields.TryGetValue(name, out var field) && field.Value is YamlSequenceNode;

    /// <summary>Whether the field holds a plain number.</summary>
    public virtual bool IsNumber(string name) =>
        _fields.TryGetValue(name, out var field) && field.Value is YamlScalarNode { Style: ScalarStyle.Plain } scalar
        && double.TryParse(scalar.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    /// <summary>Notes a problem with a field that this mapping has, or with the mapping where it has not.</summary>
    public virtual void Fault(string name, string message) =>
        _source.Add(_fields.TryGetValue(name, out var field) ? field.Value.Start : _node.Start, Join(name), message);

    /// <summary>Notes a problem with the name of a field.</summary>
    public virtual void FaultName(string name, string message) => _source.Add(_fields[name].Key.Start, Join(name), message);

    /// <summary>Notes a problem with an item of a list field.</summary>
    public virtual void FaultItem(string name, int index, string message)
    {
        if (_fields.TryGetValue(name, out var field) && field.Value is YamlSequenceNode list && index < list.Children.Count)
        {
            _source.Add(list.Children[index], $"{Join(name)}[{index}]", message);
        }
        else
        {
            Fault(name, message);
        }
    }

    /// <summary>Notes a problem with a field at a path below this mapping, such as <c>ports[0].host</c>, or with the nearest one above it that is there.</summary>
    public void FaultAt(string path, string message)
    {
        YamlNode node = _node;
        foreach (var part in path.Split('.').SelectMany(name => name.Split('[')))
        {
            var below = node switch
            {
                YamlMappingNode mapping => mapping.Children.FirstOrDefault(child => child.Key is YamlScalarNode key && key.Value == part).Value,
                YamlSequenceNode list when int.TryParse(part.TrimEnd(']'), CultureInfo.InvariantCulture, out var index) && index < list.Children.Count => list.Children[index],
                _ => null,
            };
            if (below is null)
            {
                break;
            }

            node = below;
        }

        _source.Add(node.Start, Join(path), message);
    }

    /// <summary>Notes a problem with this mapping as a whole.</summary>
    public virtual void FaultHere(string message) => _source.Add(_node, Path, message);

    /// <summary>Notes a problem for each field that nobody asked for. To be called when all known fields were read.</summary>
    public virtual void Close()
    {
        foreach (var name in _fields.Keys.Where(name => !_known.Contains(name)))
        {
            var free = _known.Where(known => !_fields.ContainsKey(known)).ToList();
            FaultName(name, $"There is no field '{name}' here{Suggestion.For(name, free)}");
        }
    }

    private YamlNode? Find(string name)
    {
        _known.Add(name);
        return _fields.TryGetValue(name, out var field) ? field.Value : null;
    }

    private bool RequireField(string name)
    {
        _known.Add(name);
        if (_fields.ContainsKey(name))
        {
            return true;
        }

        _source.Add(_node, Path, $"The field '{name}' is missing.");
        return false;
    }

    private IEnumerable<(YamlNode Node, string Path)> Items(string name)
    {
        switch (Find(name))
        {
            case null:
                return [];
            case YamlSequenceNode list:
                return list.Children.Select((node, index) => (node, $"{Join(name)}[{index}]"));
            case var other:
                Fault(name, $"{Describe(other)} is no list.");
                return [];
        }
    }

    private YamlMap? AsMap(YamlNode node, string path)
    {
        if (node is YamlMappingNode mapping)
        {
            return new YamlMap(_source, mapping, path);
        }

        _source.Add(node, path, $"{Describe(node)} is no mapping; expected 'key: value' lines.");
        return null;
    }

    private string? ScalarText(YamlNode node, string name, string expected, bool isPath = false)
    {
        if (node is YamlScalarNode { Value: { } text } scalar && !(scalar.Style == ScalarStyle.Plain && text is "" or "~" or "null"))
        {
            return text;
        }

        _source.Add(node, isPath ? name : Join(name), $"{Describe(node)} is not {expected}.");
        return null;
    }

    private string Join(string name) => Path.Length == 0 ? name : $"{Path}.{name}";

    private static string Describe(YamlNode node) => node switch
    {
        YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "~" or "null" } => "Nothing",
        YamlScalarNode scalar => $"'{scalar.Value}'",
        YamlSequenceNode => "A list",
        _ => "A mapping",
    };
}
