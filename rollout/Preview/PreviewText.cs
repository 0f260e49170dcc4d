using System.Collections.Immutable;
using System.Globalization;
using FogInfra.Model;
using FogInfra.Rollout.Show;
using Spectre.Console;

namespace FogInfra.Rollout.Preview;

/// <summary>A preview for a terminal: equal changes folded, nothing else left out.</summary>
internal static class PreviewText
{
    /// <summary>Writes a preview.</summary>
    public static void Write(IAnsiConsole console, FleetPreview preview)
    {
        var blocks = PreviewFold.Fold(preview.Stacks);
        var verdict = PreviewVerdict.Of(preview, blocks);
        console.WriteLine(verdict.Headline, StyleOf(verdict.Conclusion));
        console.WriteLine(verdict.Counts);
        console.WriteLine();
        WriteTable(console, PreviewTable.Of(preview, blocks));
        foreach (var block in blocks.Where(block => !block.IsUnchanged || block.IsOutlier))
        {
            console.WriteLine();
            WriteBlock(console, block);
        }

        console.WriteLine();
        foreach (var ring in preview.Rings)
        {
            console.WriteLine($"ring {ring.Name}: {(ring.Gates.IsEmpty ? "no gate" : string.Join(", ", ring.Gates))}");
        }

        if (preview.ExpectedDuration is { } duration)
        {
            console.WriteLine($"Expected to take {duration}.");
        }
    }

    private static void WriteTable(IAnsiConsole console, ImmutableArray<PreviewRow> rows)
    {
        var columns = new TextColumns("RING", "LAYER", "CLUSTERS", "CHANGE", "CREATE", "UPDATE", "REPLACE", "DELETE", "RISKS");
        foreach (var row in rows)
        {
            columns.Add(
                row.Ring, row.Layer.Name(), Text(row.Clusters), Text(row.Changed), Text(row.Create), Text(row.Update), Text(row.Replace), Text(row.Delete), row.RiskText);
        }

        columns.Write(console, row => rows[row].Replace + rows[row].Delete > 0 ? new Style(Color.Red) : Style.Plain);
    }

    private static void WriteBlock(IAnsiConsole console, PreviewBlock block)
    {
        var mark = block is { IsOutlier: true, Failures.IsEmpty: true } ? ", unlike the rest" : "";
        var names = string.Join(", ", block.Stacks.Select(stack => stack.Stack.Cluster));
        console.WriteLine(
            $"{block.Application}, {block.Stacks.Length} of {Wording.Count(block.Peers, $"{block.Layer.Name()} cluster")}{mark}: {names}",
            new Style(decoration: Decoration.Bold));
        foreach (var failure in block.Failures)
        {
            console.WriteLine($"  failed: {failure}", new Style(Color.Red));
        }

        foreach (var line in block.Lines)
        {
            console.WriteLine($"  {line}", new Style(line.Sign switch { '-' => Color.Red, '+' => Color.Green, _ => Color.Yellow }));
        }

        if (block.IsUnchanged)
        {
            console.WriteLine("  nothing changes here");
        }
    }

    private static Style StyleOf(PreviewConclusion conclusion) => new(conclusion switch
    {
        PreviewConclusion.Failed => Color.Red,
        PreviewConclusion.Look => Color.Yellow,
        _ => Color.Green,
    });

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
