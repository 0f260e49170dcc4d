using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace FogInfra.Model.Documents.Editing;

/// <summary>A value that is written into a document.</summary>
public abstract partial record YamlValue
{
    private YamlValue()
    {
    }

    /// <summary>A text. It is quoted where YAML would read something else.</summary>
    public sealed record Scalar(string Text) : YamlValue
    {
        /// <inheritdoc/>
        public override string ToFlow() => PlainText().IsMatch(Text) && !LooksTyped().IsMatch(Text)
            ? Text
            : $"\"{Escaped().Replace(Text, match => Escape(match.Value[0]))}\"";
    }

    /// <summary>A whole number.</summary>
    public sealed record Number(int Value) : YamlValue
    {
        /// <inheritdoc/>
        public override string ToFlow() => $"{Value}";
    }

    /// <summary>A list.</summary>
    public sealed record List(ImmutableArray<YamlValue> Items) : YamlValue
    {
        /// <inheritdoc/>
        public override string ToFlow() => $"[{string.Join(", ", Items.Select(item => item.ToFlow()))}]";
    }

    /// <summary>A mapping.</summary>
    /// <param name="Entries">Its entries in order.</param>
    /// <param name="IsBlock">Whether each entry has a line of its own, where the place allows it.</param>
    public sealed record Map(ImmutableArray<(string Key, YamlValue Value)> Entries, bool IsBlock = false) : YamlValue
    {
        /// <inheritdoc/>
        public override string ToFlow() => $"{{{string.Join(", ", Entries.Select(entry => $"{new Scalar(entry.Key).ToFlow()}: {entry.Value.ToFlow()}"))}}}";
    }

    /// <summary>A list of texts.</summary>
    public static List Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (YamlValue)new Scalar(text))]);

    /// <summary>The value in one line.</summary>
    public abstract string ToFlow();

    /// <summary>An entry as lines, without their indentation's beginning; mappings that ask for it take a line for each entry.</summary>
    /// <param name="key">The entry's key.</param>
    public IEnumerable<string> ToLines(string key)
    {
        var name = new Scalar(key).ToFlow();
        return this switch
        {
            Map { IsBlock: true, Entries.IsEmpty: false } map => map.Entries.SelectMany(entry => entry.Value.ToLines(entry.Key)).Select(line => $"  {line}").Prepend($"{name}:"),
            List { Items: [Map { IsBlock: true }, ..] } list => list.Items.Cast<Map>().SelectMany(ItemLines).Select(line => $"  {line}").Prepend($"{name}:"),
            _ => [$"{name}: {ToFlow()}"],
        };
    }

    private static IEnumerable<string> ItemLines(Map item) =>
        item.Entries.SelectMany(entry => entry.Value.ToLines(entry.Key)).Select((line, index) => index == 0 ? $"- {line}" : $"  {line}");

    private static string Escape(char letter) => letter switch
    {
        '"' or '\\' => $"\\{letter}",
        '\n' => "\\n",
        '\t' => "\\t",
        _ => $"\\u{(int)letter:x4}",
    };

    // Characters that mean nothing to YAML, wherever they stand in a plain text.
    [GeneratedRegex(@"\A[A-Za-z0-9_./][A-Za-z0-9_./@+-]*(:[A-Za-z0-9_./@+-]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex PlainText();

    // What YAML 1.1 or 1.2 takes for a number, a truth value, nothing, a date, or a time.
    [GeneratedRegex(@"\A(?:[+-]?(?:[0-9][0-9_]*(?:\.[0-9_]*)?|\.[0-9_]+)(?:[eE][+-]?[0-9]+)?|0[xob][0-9a-fA-F_]+|\.(?:inf|nan)|true|false|yes|no|on|off|y|n|null|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*|[0-9]+(:[0-9]+)+)\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex LooksTyped();

    [GeneratedRegex("[\"\\\\\\p{C}\u2028\u2029]", RegexOptions.CultureInvariant)]
    private static partial Regex Escaped();
}
