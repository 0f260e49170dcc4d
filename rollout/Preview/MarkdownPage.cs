using System.Text;
using System.Text.RegularExpressions;

namespace FogInfra.Rollout.Preview;

/// <summary>A markdown text that is being written. What comes from outside is escaped, so that it can neither end a block nor call a user.</summary>
/// <param name="detail">How much is shown.</param>
internal sealed partial class MarkdownPage(MarkdownDetail detail)
{
    private readonly StringBuilder _text = new();

    /// <summary>How much is shown.</summary>
    public MarkdownDetail Detail => detail;

    /// <summary>What is left out so far.</summary>
    public Omissions Left { get; } = new();

    /// <summary>Adds a line.</summary>
    public void Line(string text = "") => _text.Append(text).Append('\n');

    /// <summary>Adds a line and an empty one.</summary>
    public void Paragraph(string text)
    {
        Line(text);
        Line();
    }

    /// <summary>Adds a fenced block.</summary>
    public void Fence(IEnumerable<string> lines, string language = "diff")
    {
        var clipped = lines.Select(line => Clip(line.ReplaceLineEndings(" "))).ToList();
        var longest = clipped.SelectMany(line => Backticks().Matches(line)).Select(match => match.Length).DefaultIfEmpty(0).Max();
        var fence = new string('`', Math.Max(3, longest + 1));
        Line(fence + language);
        clipped.ForEach(Line);
        Line(fence);
        Line();
    }

    /// <summary>A text, cut short to the width of a line.</summary>
    public string Clip(string text) => Left.Clip(text, detail.Width);

    /// <summary>Names, and how many others there are.</summary>
    public string Names(IReadOnlyList<string> names, int most)
    {
        var shown = string.Join(", ", names.Take(most).Select(name => Left.Clip(name, 63)));
        return names.Count > most ? $"{shown} and {names.Count - most} more" : shown;
    }

    /// <summary>A text in a cell of a table.</summary>
    public string Cell(string text) => Escape(Clip(text));

    /// <summary>A text outside of code, in which nothing is markdown, HTML or a mention.</summary>
    public string Escape(string text) => Special().Replace(text.ReplaceLineEndings(" "), match => $"&#{(int)match.Value[0]};");

    /// <summary>A text inside of single backticks.</summary>
    public static string InCode(string text) => text.ReplaceLineEndings(" ").Replace('`', '\'');

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    [GeneratedRegex(@"[\\`*_{}\[\]<>#|@&~]", RegexOptions.CultureInvariant)]
    private static partial Regex Special();

    [GeneratedRegex("`+", RegexOptions.CultureInvariant)]
    private static partial Regex Backticks();
}
