using System.Collections.Immutable;
using System.Text;
using FogInfra.Model;
using FogInfra.Rollout.Show;

namespace FogInfra.Rollout.Preview;

/// <summary>
/// A preview as one markdown comment for a pull request. A pure function: the same preview gives the same text, and the text is
/// always shorter than <see cref="MostCharacters"/>.
/// </summary>
internal static class PreviewMarkdown
{
    /// <summary>Every comment is shorter than this. GitHub takes 65,536 characters; people take fewer.</summary>
    public const int MostCharacters = 20_000;

    /// <summary>The hidden line by which a comment on a fleet is found again, to be edited in place.</summary>
    public static string Marker(string fleet) => $"<!-- fog-preview {Hidden(fleet)} -->";

    /// <summary>Writes the comment, in as much detail as fits.</summary>
    public static string Write(FleetPreview preview)
    {
        var blocks = PreviewFold.Fold(preview.Stacks);
        return MarkdownDetail.Levels.Select(detail => Write(preview, blocks, detail)).First(text => text.Length < MostCharacters);
    }

    private static string Write(FleetPreview preview, ImmutableArray<PreviewBlock> blocks, MarkdownDetail detail)
    {
        var verdict = PreviewVerdict.Of(preview, blocks);
        var page = new MarkdownPage(detail);
        page.Line(Marker(preview.Fleet));
        page.Line($"## Fog preview: {page.Escape(verdict.Headline)}");
        page.Paragraph(page.Escape(verdict.Counts));
        WriteTable(page, PreviewTable.Of(preview, blocks));
        WriteDestroyed(page, preview);
        WriteBlocks(page, blocks);
        WriteGates(page, preview);
        WriteCommands(page, preview, verdict.Conclusion);
        return page.ToString();
    }

    private static void WriteTable(MarkdownPage page, ImmutableArray<PreviewRow> rows)
    {
        page.Line("| ring | layer | clusters | change | create | update | replace | delete | risks |");
        page.Line("|---|---|--:|--:|--:|--:|--:|--:|---|");
        foreach (var row in page.Left.Rows(rows, page.Detail.Rows))
        {
            page.Line($"| {page.Cell(row.Ring)} | {row.Layer.Name()} | {row.Clusters} | {row.Changed} | {row.Create} | {row.Update} "
                + $"| {Loud(row.Replace, row, PreviewRisk.Replaces)} | {Loud(row.Delete, row, PreviewRisk.Deletes)} | {row.RiskText} |");
        }

        page.Line();
    }

    private static void WriteDestroyed(MarkdownPage page, FleetPreview preview)
    {
        var destroyed = (
            from stack in preview.Stacks
            let template = new ClusterTemplate(stack.Stack.Cluster, stack.Parent)
            from change in stack.Changes
            where PreviewRisks.Destroys(change)
            group stack.Stack.Cluster by (change.Operation, change.Kind, Name: template.Apply(change.Name), LosesData: PreviewRisks.LosesData(change)) into same
            orderby same.Key.LosesData descending, same.Key.Operation, same.Key.Kind, same.Key.Name
            select $"- {same.Key.Operation.Verb()} {same.Key.Kind} {same.Key.Name}{(same.Key.LosesData ? ", with the data in it" : "")}: "
                + page.Names([.. same.Distinct()], page.Detail.Names)).ToList();
        if (destroyed.Count > 0)
        {
            page.Line("### Replaced and deleted");
            page.Fence(page.Left.Lines(destroyed, page.Detail.Lines));
        }
    }

    private static void WriteBlocks(MarkdownPage page, ImmutableArray<PreviewBlock> blocks)
    {
        // What stays as it is needs no block, unless its peers change.
        var told = blocks.Where(block => !block.IsUnchanged || block.IsOutlier).ToList();
        var shown = told.Take(page.Detail.Blocks).ToList();
        page.Left.Blocks(told.Skip(page.Detail.Blocks).ToList());
        WriteSection(page, "Failed", [.. shown.Where(block => !block.Failures.IsEmpty)], isOpen: true);
        WriteSection(page, "Unlike the rest", [.. shown.Where(block => block is { Failures.IsEmpty: true, IsOutlier: true })], isOpen: true);
        WriteSection(page, "Changes", [.. shown.Where(block => block is { Failures.IsEmpty: true, IsOutlier: false })], isOpen: false);
    }

    private static void WriteSection(MarkdownPage page, string heading, IReadOnlyList<PreviewBlock> blocks, bool isOpen)
    {
        if (blocks.Count == 0)
        {
            return;
        }

        page.Line($"### {heading}");
        foreach (var block in blocks)
        {
            // A single block has nothing to be hidden behind.
            page.Line(isOpen || blocks.Count == 1 ? "<details open>" : "<details>");
            page.Line($"<summary>{Title(page, block, isOpen)}</summary>");
            page.Line();
            if (block.IsUnchanged)
            {
                page.Paragraph("Nothing changes here.");
            }
            else
            {
                IReadOnlyCollection<string> failures = [.. block.Failures.Select(failure => $"- failed: {failure}")];
                page.Fence(page.Left.Lines([.. failures, .. block.Lines.Select(line => $"{line}")], page.Detail.Lines));
            }

            page.Line("</details>");
            page.Line();
        }
    }

    private static string Title(MarkdownPage page, PreviewBlock block, bool isOpen)
    {
        var names = page.Names([.. block.Stacks.Select(stack => stack.Stack.Cluster)], page.Detail.Names * (isOpen ? 4 : 1));
        return $"<b>{block.Stacks.Length} of {Wording.Count(block.Peers, $"{block.Layer.Name()} cluster")}</b>: {page.Escape(names)} "
            + $"({page.Escape(page.Clip(block.Application))}; {page.Escape(Rings(page, block))})";
    }

    private static string Rings(MarkdownPage page, PreviewBlock block)
    {
        var rings = block.Stacks.GroupBy(stack => stack.Ring).Select(ring => $"ring {page.Clip(ring.Key)} {ring.Count()}").ToList();
        return string.Join(", ", page.Left.Lines(rings, page.Detail.Names));
    }

    private static void WriteGates(MarkdownPage page, FleetPreview preview)
    {
        page.Line("### Gates and time");
        page.Paragraph(preview.ExpectedDuration is { } duration ? $"Expected to take {page.Escape(page.Clip(duration))}." : "Nothing is known yet of how long it takes.");
        foreach (var ring in page.Left.Rows(preview.Rings, page.Detail.Rows))
        {
            var gates = page.Left.Lines(ring.Gates, page.Detail.Names).Select(gate => $"`{MarkdownPage.InCode(page.Clip(gate))}`").ToList();
            page.Line($"- ring {page.Escape(page.Clip(ring.Name))}: {(gates.Count == 0 ? "no gate" : string.Join(", ", gates))}");
        }

        page.Line();
    }

    private static void WriteCommands(MarkdownPage page, FleetPreview preview, PreviewConclusion conclusion)
    {
        var arguments = page.Clip(string.Concat(preview.Arguments.Select(argument => $" {ShellText.Quote(argument)}")));
        if (page.Left.Text is { } omitted)
        {
            page.Paragraph($"Left out, to keep this short: {omitted}. `fog preview --json` prints all of it.");
        }

        page.Line("### Go on");
        page.Fence(
            conclusion is PreviewConclusion.Fine or PreviewConclusion.Look
                ? [$"fog plan{arguments}", $"fog up{arguments}"]
                : [$"fog preview{arguments}"],
            "sh");
    }

    private static string Loud(int count, PreviewRow row, PreviewRisk risk) => row.Risks.Any(found => found.Risk == risk) ? $"**{count}**" : $"{count}";

    private static string Hidden(string text) => text.Length <= 63 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' or '_')
        ? text
        : Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
}
