using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace FogInfra.Model.Documents.Editing;

/// <summary>
/// The text of a YAML document, and where in it what stands. Each change is one splice, so that comments, order, quotes and blank
/// lines elsewhere stay as they are.
/// </summary>
public sealed partial class YamlDocumentText
{
    private const int IndentStep = 2;

    private readonly string _text;
    private readonly YamlMappingNode _root;

    /// <summary>Parses a text.</summary>
    /// <param name="text">The text, without a byte order mark.</param>
    /// <exception cref="YamlEditException">It is not one document with a mapping, or it uses anchors or line breaks of other times.</exception>
    public YamlDocumentText(string text)
    {
        _text = text;
        if (UnusualBreak().Match(text) is { Success: true } found)
        {
            throw new YamlEditException(1 + text.AsSpan(0, found.Index).Count('\n'), "The file has a line break that is neither LF nor CR LF.");
        }

        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            _root = stream.Documents is [{ RootNode: YamlMappingNode root }] ? root : throw new YamlEditException(1, "The file is not one document with 'key: value' lines.");
            if (stream.Documents[0].AllNodes.FirstOrDefault(node => !node.Anchor.IsEmpty) is { } anchored)
            {
                throw new YamlEditException((int)anchored.Start.Line, "The file uses an anchor, so that a change here would change other places, too.");
            }
        }
        catch (YamlException exception)
        {
            throw new YamlEditException((int)exception.Start.Line, $"This is not valid YAML: {exception.Message}");
        }
    }

    /// <summary>Whether there is a value at a path.</summary>
    public bool Has(params string[] path) => Find(path) is not null;

    /// <summary>The line of the value at a path, counted from 1; 0 when there is none.</summary>
    public int LineOf(params string[] path) => (int)(Find(path)?.Start.Line ?? 0);

    /// <summary>Sets the value of an entry, in the quotes that it has now; an entry that is not there yet comes last in its mapping.</summary>
    public TextSplice Set(YamlValue value, params string[] path)
    {
        if (Find(path) is not { } node)
        {
            return Add(value, path);
        }

        var (start, end) = (Offset(node.Start), EndOf(node));
        if (node is YamlMappingNode { Style: not MappingStyle.Flow, Children.Count: > 0 } or YamlSequenceNode { Style: not SequenceStyle.Flow, Children.Count: > 0 })
        {
            // A block becomes one line behind its key; the key's own comment stays, those inside the block go with it.
            var key = KeyOf(path);
            return new TextSplice(AfterColon(key), EndOf(node) - AfterColon(key), $" {value.ToFlow()}");
        }

        var text = (node, value) switch
        {
            (YamlScalarNode { Style: ScalarStyle.SingleQuoted }, YamlValue.Scalar scalar) => $"'{scalar.Text.Replace("'", "''", StringComparison.Ordinal)}'",
            (YamlScalarNode { Style: ScalarStyle.DoubleQuoted }, YamlValue.Scalar scalar) when scalar.ToFlow()[0] != '"' => $"\"{scalar.Text}\"",
            (YamlScalarNode { Style: ScalarStyle.Literal or ScalarStyle.Folded }, _) =>
                throw new YamlEditException((int)node.Start.Line, "The value is a block of text, which cannot be changed in place."),
            _ => value.ToFlow(),
        };
        return start == end ? new TextSplice(AfterColon(KeyOf(path)), 0, $" {text}") : new TextSplice(start, end - start, text);
    }

    /// <summary>
    /// Sets a list of texts, of which each stands once. Of a list with a line for each item the lines of those that stay are kept with
    /// their comments, and new ones come last.
    /// </summary>
    public TextSplice SetItems(IReadOnlyList<string> texts, params string[] path)
    {
        if (texts.Count == 0 || Find(path) is not YamlSequenceNode { Style: not SequenceStyle.Flow, Children.Count: > 0 } list
            || !list.Children.Any(item => item is YamlScalarNode { Value: { } kept } && texts.Contains(kept)))
        {
            return Set(YamlValue.Texts(texts), path);
        }

        var start = LineStartOf(Offset(list.Children[0].Start));
        var (at, lines) = (start, new System.Text.StringBuilder());
        foreach (var item in list.Children)
        {
            var (first, next) = (LineStartOf(Offset(item.Start)), NextLine(EndOf(item)));
            lines.Append(_text, at, first - at); // Comments between items.
            if (item is YamlScalarNode { Value: { } text } && texts.Contains(text))
            {
                lines.Append(_text, first, next - first);
            }

            at = next;
        }

        var known = list.Children.OfType<YamlScalarNode>().Select(item => item.Value).ToHashSet();
        var dash = _text[start..Offset(list.Children[0].Start)];
        foreach (var added in texts.Where(text => !known.Contains(text)))
        {
            lines.Append(lines.Length == 0 || lines[^1] == '\n' ? "" : NewLine).Append(dash).Append(new YamlValue.Scalar(added).ToFlow()).Append(NewLine);
        }

        return new TextSplice(start, at - start, lines.ToString());
    }

    /// <summary>Removes an entry with its lines. Comments above it stay.</summary>
    public TextSplice Remove(params string[] path)
    {
        var owner = Owner(path);
        var entries = owner.Children.ToList();
        var index = entries.FindIndex(entry => KeyText(entry.Key) == path[^1]);
        var (key, value) = index >= 0 ? entries[index] : throw new ArgumentException($"There is no entry {string.Join('.', path)}.", nameof(path));
        if (owner.Style == MappingStyle.Flow)
        {
            // With the comma behind it, or else with the one before it.
            return index + 1 < entries.Count ? Cut(Offset(key.Start), Offset(entries[index + 1].Key.Start))
                : index > 0 ? Cut(EndOf(entries[index - 1]), EndOf(entries[index]))
                : Cut(Offset(key.Start), EndOf(entries[index]));
        }

        if (entries.Count == 1)
        {
            // Nothing would be left, which is another thing than an empty mapping.
            var holder = path.Length > 1 ? AfterColon(KeyOf(path[..^1])) : throw new YamlEditException((int)key.Start.Line, "The document would be empty.");
            return new TextSplice(holder, LineEnd(EndOf(entries[index])) - holder, " {}");
        }

        return Cut(LineStart(key), NextLine(EndOf(entries[index])));

        static TextSplice Cut(int start, int end) => new(start, end - start, "");
    }

    private TextSplice Add(YamlValue value, string[] path)
    {
        if (path.Length > 1 && Find(path[..^1]) is not YamlMappingNode)
        {
            // An entry without a value yet, such as 'applications:', becomes a mapping.
            var key = KeyOf(path[..^1]);
            return Insert(NextLine(Math.Max(AfterColon(key), Offset(key.Start))), value.ToLines(path[^1]), (int)key.Start.Column - 1 + IndentStep);
        }

        var owner = Owner(path);
        if (owner.Style == MappingStyle.Flow || owner.Children.Count == 0)
        {
            var entry = $"{new YamlValue.Scalar(path[^1]).ToFlow()}: {value.ToFlow()}";
            return owner.Children.Count == 0
                ? new TextSplice(EndOf(owner) - 1, 0, entry)
                : new TextSplice(EndOf(owner.Children[^1]), 0, $", {entry}");
        }

        var first = owner.Children[0].Key;
        CheckOwnLine(first);
        return Insert(NextLine(EndOf(owner.Children[^1])), value.ToLines(path[^1]), (int)first.Start.Column - 1);
    }

    private TextSplice Insert(int at, IEnumerable<string> lines, int indent)
    {
        var text = string.Concat(lines.Select(line => $"{new string(' ', indent)}{line}{NewLine}"));
        return at > 0 && _text[at - 1] != '\n' ? new TextSplice(at, 0, NewLine + text[..^NewLine.Length]) : new TextSplice(at, 0, text);
    }

    private string NewLine => _text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";

    private YamlNode? Find(IEnumerable<string> path)
    {
        YamlNode? node = _root;
        foreach (var name in path)
        {
            node = (node as YamlMappingNode)?.Children.FirstOrDefault(entry => KeyText(entry.Key) == name).Value;
        }

        return node;
    }

    private YamlMappingNode Owner(string[] path) =>
        Find(path[..^1]) as YamlMappingNode ?? throw new ArgumentException($"There is no mapping {string.Join('.', path[..^1])}.", nameof(path));

    private YamlNode KeyOf(string[] path) => Owner(path).Children.First(entry => KeyText(entry.Key) == path[^1]).Key;

    private static string? KeyText(YamlNode key) => (key as YamlScalarNode)?.Value;

    private int Offset(Mark mark) => Math.Min((int)mark.Index, _text.Length);

    private int EndOf(KeyValuePair<YamlNode, YamlNode> entry) => Math.Max(AfterColon(entry.Key), EndOf(entry.Value));

    // A block's own end lies where the next one begins, so the end is that of the last thing inside it.
    private int EndOf(YamlNode node) => node switch
    {
        YamlMappingNode { Style: not MappingStyle.Flow, Children.Count: > 0 } mapping => EndOf(mapping.Children[^1]),
        YamlSequenceNode { Style: not SequenceStyle.Flow, Children.Count: > 0 } sequence => EndOf(sequence.Children[^1]),
        YamlMappingNode mapping => EndOfFlow(mapping.Children.Count == 0 ? Offset(node.Start) + 1 : EndOf(mapping.Children[^1])),
        YamlSequenceNode sequence => EndOfFlow(sequence.Children.Count == 0 ? Offset(node.Start) + 1 : EndOf(sequence.Children[^1])),
        YamlScalarNode { Style: ScalarStyle.Literal or ScalarStyle.Folded } => EndOfBlockScalar(node),
        _ => Offset(node.End),
    };

    // The node's own end is that of its opening bracket. Between the last thing inside and the closing one are at most a comma,
    // blanks and comments.
    private int EndOfFlow(int offset)
    {
        while (offset < _text.Length && _text[offset] is not ('}' or ']'))
        {
            offset = _text[offset] == '#' ? NextLine(offset) : offset + 1;
        }

        return Math.Min(offset + 1, _text.Length);
    }

    private int EndOfBlockScalar(YamlNode node)
    {
        var end = Offset(node.End);
        while (end > 0 && char.IsWhiteSpace(_text[end - 1]))
        {
            end--;
        }

        return Math.Max(end, LineEnd(Offset(node.Start)));
    }

    private int AfterColon(YamlNode key)
    {
        // In a flow mapping a key may stand without one.
        var end = Offset(key.End);
        var colon = end;
        while (colon < _text.Length && char.IsWhiteSpace(_text[colon]))
        {
            colon++;
        }

        return colon < _text.Length && _text[colon] == ':' ? colon + 1 : end;
    }

    private int LineStart(YamlNode key)
    {
        CheckOwnLine(key);
        return Offset(key.Start) - ((int)key.Start.Column - 1);
    }

    private void CheckOwnLine(YamlNode key)
    {
        var start = Offset(key.Start);
        if (_text.AsSpan(start - ((int)key.Start.Column - 1), (int)key.Start.Column - 1).Trim().Length > 0)
        {
            throw new YamlEditException((int)key.Start.Line, "The entry does not begin its line.");
        }
    }

    private int LineEnd(int offset)
    {
        var end = _text.IndexOf('\n', Math.Min(offset, _text.Length));
        return end < 0 ? _text.Length : end > 0 && _text[end - 1] == '\r' ? Math.Max(offset, end - 1) : end;
    }

    private int LineStartOf(int offset) => offset == 0 ? 0 : _text.LastIndexOf('\n', offset - 1) + 1;

    private int NextLine(int offset)
    {
        var end = _text.IndexOf('\n', Math.Min(offset, _text.Length));
        return end < 0 ? _text.Length : end + 1;
    }

    [GeneratedRegex("\r(?!\n)|[\u0085\u2028\u2029]", RegexOptions.CultureInvariant)]
    private static partial Regex UnusualBreak();
}
