using System.Collections.Immutable;
using FogInfra.Rollout.Show;

namespace FogInfra.Rollout.Preview;

/// <summary>How a preview is to be taken.</summary>
internal enum PreviewConclusion
{
    /// <summary>Nothing would change.</summary>
    Nothing,

    /// <summary>It changes in place or adds, and everywhere alike.</summary>
    Fine,

    /// <summary>It destroys, or does not do the same everywhere.</summary>
    Look,

    /// <summary>A preview failed.</summary>
    Failed,
}

/// <summary>A preview in two sentences: how to take it, and how much it is about.</summary>
/// <param name="Conclusion">How to take it.</param>
/// <param name="Headline">The sentence that comes first.</param>
/// <param name="Counts">How many stacks and resources.</param>
internal sealed record PreviewVerdict(PreviewConclusion Conclusion, string Headline, string Counts)
{
    /// <summary>Judges a preview. A pure function.</summary>
    public static PreviewVerdict Of(FleetPreview preview, ImmutableArray<PreviewBlock> blocks)
    {
        var reasons = Reasons(preview, blocks);
        var failed = preview.Failed.Count();
        var conclusion = failed > 0 ? PreviewConclusion.Failed
            : !preview.Changed.Any() ? PreviewConclusion.Nothing
            : reasons.IsEmpty ? PreviewConclusion.Fine
            : PreviewConclusion.Look;
        return new PreviewVerdict(conclusion, HeadlineOf(conclusion, failed, reasons), CountsOf(preview));
    }

    private static string HeadlineOf(PreviewConclusion conclusion, int failed, ImmutableArray<string> reasons) => conclusion switch
    {
        PreviewConclusion.Nothing => "No changes: every stack is as wanted.",
        PreviewConclusion.Fine => "Nothing is replaced or deleted, and all clusters of a layer change alike.",
        PreviewConclusion.Look => $"Look before you roll this out: {string.Join(", ", reasons)}.",
        _ => $"This cannot be rolled out as it is: {string.Join(", ", reasons.Prepend($"{Wording.Count(failed, "preview")} failed"))}.",
    };

    private static ImmutableArray<string> Reasons(FleetPreview preview, ImmutableArray<PreviewBlock> blocks)
    {
        var destroyed = preview.Stacks.SelectMany(stack => stack.Changes).Where(PreviewRisks.Destroys).ToList();
        var outliers = blocks.Where(block => block is { IsOutlier: true, Failures.IsEmpty: true }).Sum(block => block.Stacks.Length);
        return
        [
            .. Reason(outliers, "stack", "unlike its peers", "unlike their peers"),
            .. Reason(destroyed.Count(PreviewRisks.LosesData), "resource that holds data", "goes", "go", "resources that hold data"),
            .. Reason(destroyed.Count(change => change.Operation == ResourceOperation.Replace), "resource", "is replaced", "are replaced"),
            .. Reason(destroyed.Count(change => change.Operation == ResourceOperation.Delete), "resource", "is deleted", "are deleted"),
        ];
    }

    private static IEnumerable<string> Reason(int count, string noun, string singular, string plural, string? nouns = null) => count switch
    {
        0 => [],
        1 => [$"1 {noun} {singular}"],
        _ => [$"{count} {nouns ?? noun + "s"} {plural}"],
    };

    private static string CountsOf(FleetPreview preview)
    {
        var changed = preview.Changed.Count();
        var failed = preview.Failed.Count();
        var same = preview.Stacks.Length - preview.Stacks.Count(stack => !stack.Changes.IsEmpty || !stack.Failures.IsEmpty);
        return $"{Wording.Count(preview.Stacks.Length, "stack")} of fleet {preview.Fleet}: {changed} would change, {same} would stay"
            + (failed > 0 ? $", {failed} failed." : ".");
    }
}
