using YamlDotNet.RepresentationModel;

namespace FogInfra.Model.Documents.Schema;

/// <summary>
/// A mapping that is not there: it notes what a reader asks it for, and answers as an empty document would, but for mappings and lists,
/// of which there is always one, so that the reader goes everywhere.
/// </summary>
/// <param name="node">Where it notes what it is asked for.</param>
/// <param name="choice">Which of its values a choice takes; beyond the last, none.</param>
/// <param name="has">What it answers when it is asked whether it has a field of a name.</param>
internal sealed class SchemaMap(SchemaNode node, int choice, Func<string, bool> has) : YamlMap(new YamlSource(""), new YamlMappingNode(), "")
{
    private readonly HashSet<string> _required = new(StringComparer.Ordinal);
    private readonly HashSet<string> _guarded = new(StringComparer.Ordinal);

    public override bool Has(string name)
    {
        node.Field(name);
        _guarded.Add(name);
        return has(name);
    }

    public override string? Text(string name)
    {
        node.Field(name).Note(SchemaKind.Text);
        return null;
    }

    public override string RequiredText(string name)
    {
        Require(name);
        node.Field(name).Note(SchemaKind.Text);
        return "";
    }

    public override int? WholeNumber(string name, int least, int most = int.MaxValue)
    {
        node.Field(name).NoteBounds(least, most);
        return null;
    }

    public override int RequiredWholeNumber(string name, int least, int most)
    {
        Require(name);
        node.Field(name).NoteBounds(least, most);
        return least;
    }

    public override bool? Truth(string name)
    {
        node.Field(name).Note(SchemaKind.Truth);
        return null;
    }

    public override string? Choice(string name, IReadOnlyList<string> values)
    {
        node.Field(name).NoteChoice(values);
        return choice < values.Count ? values[choice] : null;
    }

    public override YamlMap? Map(string name) => Child(node.Field(name));

    public override YamlMap? RequiredMap(string name)
    {
        Require(name);
        return Map(name);
    }

    public override IEnumerable<YamlMap> Maps(string name) => [Child(node.Field(name).NoteItems(SchemaKind.Maps))];

    public override IReadOnlyList<string> Texts(string name)
    {
        node.Field(name).Note(SchemaKind.Texts);
        return [];
    }

    public override IReadOnlyList<int> WholeNumbers(string name, int least, int most)
    {
        node.Field(name).Note(SchemaKind.Texts);
        return [];
    }

    public override IReadOnlyList<(string Name, YamlMap Map)> Entries(string name) => [("any", Child(node.Field(name).NoteItems(SchemaKind.Entries)))];

    public override IReadOnlyList<KeyValuePair<string, string>> TextEntries(string name)
    {
        node.Field(name).Note(SchemaKind.TextEntries);
        return [];
    }

    // A number or the name of one.
    public override bool IsNumber(string name)
    {
        node.Field(name).Note(SchemaKind.Text);
        return false;
    }

    public override bool IsList(string name) => false;

    public override void Fault(string name, string message)
    {
    }

    public override void FaultName(string name, string message)
    {
    }

    public override void FaultItem(string name, int index, string message)
    {
    }

    public override void FaultHere(string message)
    {
    }

    public override void Close()
    {
        // Whatever is asked for in a way that is not told apart here is a field all the same.
        foreach (var name in Known)
        {
            node.Field(name);
        }

        node.NoteVisit(_required);
    }

    private void Require(string name)
    {
        if (!_guarded.Contains(name))
        {
            _required.Add(name);
        }
    }

    private SchemaMap Child(SchemaNode child) => new(child.Note(SchemaKind.Fields), choice, has);
}
