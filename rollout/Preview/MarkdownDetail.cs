using System.Collections.Immutable;

namespace FogInfra.Rollout.Preview;

/// <summary>How much of a preview a comment shows. What does not fit is counted in the comment, never dropped in silence.</summary>
/// <param name="Blocks">How many blocks.</param>
/// <param name="Lines">How many lines of a block.</param>
/// <param name="Width">How many characters of a line, a name or a message.</param>
/// <param name="Names">How many clusters are named of a block; of outliers and failures four times as many.</param>
/// <param name="Rows">How many rows of the table, and how many gates.</param>
internal sealed record MarkdownDetail(int Blocks, int Lines, int Width, int Names, int Rows)
{
    /// <summary>From all to little. With the last one a comment has about 10,000 characters at most, whatever it is about.</summary>
    public static ImmutableArray<MarkdownDetail> Levels { get; } =
    [
        new(40, 60, 300, 8, 60),
        new(24, 32, 200, 8, 40),
        new(16, 20, 160, 6, 30),
        new(12, 12, 120, 5, 24),
        new(8, 8, 100, 4, 20),
        new(5, 6, 80, 2, 12),
    ];
}

/// <summary>Counts what a comment leaves out.</summary>
internal sealed class Omissions
{
    private int _blocks;
    private int _stacks;
    private int _lines;
    private int _rows;
    private int _clipped;

    /// <summary>What was left out, in words; null when nothing was.</summary>
    public string? Text
    {
        get
        {
            (int Count, string Noun)[] parts =
                [(_blocks, $"block{S(_blocks)} of {_stacks} stack{S(_stacks)}"), (_lines, $"line{S(_lines)}"), (_rows, $"row{S(_rows)}"), (_clipped, $"long text{S(_clipped)} cut short")];
            var told = parts.Where(part => part.Count > 0).Select(part => $"{part.Count} {part.Noun}").ToList();
            return told.Count == 0 ? null : string.Join(", ", told);
        }
    }

    /// <summary>Whole blocks are left out.</summary>
    public void Blocks(IReadOnlyCollection<PreviewBlock> blocks)
    {
        _blocks += blocks.Count;
        _stacks += blocks.Sum(block => block.Stacks.Length);
    }

    /// <summary>Takes the first items; the others are counted as lines.</summary>
    public IEnumerable<T> Lines<T>(IReadOnlyCollection<T> items, int most)
    {
        _lines += Math.Max(0, items.Count - most);
        return items.Take(most);
    }

    /// <summary>Takes the first items; the others are counted as rows.</summary>
    public IEnumerable<T> Rows<T>(IReadOnlyCollection<T> items, int most)
    {
        _rows += Math.Max(0, items.Count - most);
        return items.Take(most);
    }

    /// <summary>Cuts a text short.</summary>
    public string Clip(string text, int width)
    {
        if (text.Length <= width)
        {
            return text;
        }

        _clipped++;
        var end = char.IsHighSurrogate(text[width - 2]) ? width - 2 : width - 1;
        return text[..end] + "…";
    }

    private static string S(int count) => count == 1 ? "" : "s";
}
