using Spectre.Console;

namespace FogInfra.Rollout.Show;

/// <summary>Rows in aligned columns under a heading in capitals, as kubectl prints them: stable, and easy to cut with other tools.</summary>
internal sealed class TextColumns(params string[] headings)
{
    private const int Gap = 3;

    private readonly List<string[]> _rows = [];

    /// <summary>Adds a row with a text for each heading.</summary>
    public void Add(params string[] cells) => _rows.Add(cells);

    /// <summary>Writes the rows.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="style">The style of a row by its number; null for the terminal's own.</param>
    public void Write(IAnsiConsole console, Func<int, Style?>? style = null)
    {
        var widths = headings.Select((heading, column) => _rows.Select(row => row[column].Length).Append(heading.Length).Max()).ToArray();
        console.WriteLine(Line(headings, widths));
        for (var number = 0; number < _rows.Count; number++)
        {
            console.WriteLine(Line(_rows[number], widths), style?.Invoke(number) ?? Style.Plain);
        }
    }

    private static string Line(string[] cells, int[] widths) =>
        string.Concat(cells.Select((cell, column) => cell.PadRight(widths[column] + Gap))).TrimEnd();
}
