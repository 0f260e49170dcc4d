namespace FogInfra.Embedded.Engine.Commands;

/// <summary>A table of texts for people: columns as wide as their widest cell, two blanks apart.</summary>
internal sealed class TextTable(params string[] headers)
{
    /// <summary>Writes the headers and rows.</summary>
    public async Task WriteAsync(TextWriter writer, IEnumerable<string[]> rows)
    {
        var all = rows.Prepend(headers).ToArray();
        var widths = Enumerable.Range(0, headers.Length).Select(column => all.Max(row => row[column].Length)).ToArray();
        foreach (var row in all)
        {
            var cells = row.Select((cell, column) => column == row.Length - 1 ? cell : cell.PadRight(widths[column] + 2));
            await writer.WriteLineAsync(string.Concat(cells).TrimEnd()).ConfigureAwait(false);
        }
    }
}
